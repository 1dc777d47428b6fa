package io.github.eksidentity.core.rules.broken;

import static io.github.eksidentity.core.audit.RuleMetadata.rule;

import io.github.eksidentity.core.audit.AuditContext;
import io.github.eksidentity.core.audit.Category;
import io.github.eksidentity.core.audit.Evidence;
import io.github.eksidentity.core.audit.Impact;
import io.github.eksidentity.core.audit.Need;
import io.github.eksidentity.core.audit.Rule;
import io.github.eksidentity.core.audit.RuleMetadata;
import io.github.eksidentity.core.audit.Severity;
import io.github.eksidentity.core.audit.StsError;
import io.github.eksidentity.core.audit.Verdict;
import io.github.eksidentity.core.facts.Account;
import io.github.eksidentity.core.facts.OidcProvider;
import io.github.eksidentity.core.facts.Role;
import io.github.eksidentity.core.index.PodRequests;
import io.github.eksidentity.core.remedy.Remediation;
import io.github.eksidentity.core.rules.shared.NamedProvider;
import java.util.List;
import java.util.Optional;

/// Flags a Federated principal of another account than the role's.
public final class TrustProviderForeignAccount implements Rule.OnRole {
  private static final RuleMetadata METADATA =
      rule(
              "trust-provider-foreign-account",
              Severity.CRITICAL,
              Impact.OUTAGE,
              Category.BROKEN_TRUST,
              "The Federated ARN names a provider of another account")
          .why(
              "For a pod in one account and a role in another, STS looks for the provider in the"
                  + " role's account, whatever the trust policy says. Naming the provider of the"
                  + " cluster's account is the usual mistake; IAM stores it.")
          .risk("The statement admits no pod.")
          .remediation(
              "Register the cluster's issuer as a provider in the role's account too, and name that"
                  + " one. Or let a role of the cluster's account assume this one.")
          .references(
              "https://docs.aws.amazon.com/eks/latest/userguide/cross-account-access.html",
              "https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html")
          .needs(Need.IAM)
          .refinedBy(Need.OIDC)
          .build();

  @Override
  public RuleMetadata metadata() {
    return METADATA;
  }

  @Override
  public Verdict evaluate(Role role, AuditContext context) {
    List<NamedProvider> foreign =
        NamedProvider.of(role, context).stream()
            .filter(
                named ->
                    named.fault(context).equals(Optional.of(NamedProvider.Fault.OTHER_ACCOUNT)))
            .toList();
    return foreign.isEmpty() ? Verdict.satisfied() : violated(role, foreign, context);
  }

  private static Verdict violated(Role role, List<NamedProvider> foreign, AuditContext context) {
    Verdict.Violated verdict =
        Verdict.violated(
                METADATA.severity(),
                "Role " + role.name() + " names a provider of another account",
                foreign.stream().map(named -> evidence(named, context)).toList(),
                remediation(foreign, context))
            .withCluster(OwnProvider.cluster(foreign, named -> named.issuer(context), context));
    return foreign.stream()
        .map(named -> issuer(named, context))
        .filter(issuer -> context.index().providerFor(issuer).isEmpty())
        .findFirst()
        .map(verdict::withNoProviderFor)
        .orElseGet(() -> verdict.withStsError(StsError.NOT_AUTHORIZED));
  }

  /// The issuer that the tokens carry.
  private static String issuer(NamedProvider named, AuditContext context) {
    return named.issuer(context).orElseGet(named::url);
  }

  private static Evidence evidence(NamedProvider named, AuditContext context) {
    Account account = context.inventory().account();
    String own = OidcProvider.arn(account, issuer(named, context));
    return named
        .evidence(
            "the provider is of account "
                + named.arn().account()
                + "; STS looks for it in account "
                + account.id())
        .withClaim("https://" + issuer(named, context))
        .withNearest(own);
  }

  private static Remediation remediation(List<NamedProvider> foreign, AuditContext context) {
    return OwnProvider.fix(
            foreign,
            named -> named.issuer(context),
            "Name the provider of the role's own account.",
            context)
        .orElseGet(() -> decide(foreign.getFirst(), context));
  }

  private static Remediation decide(NamedProvider named, AuditContext context) {
    String issuer = issuer(named, context);
    return Remediation.decide(
        "Decide whether pods of that cluster are to get in, and which; the issuer then needs a"
            + " provider in this account.",
        "If so: aws iam create-open-id-connect-provider --url https://"
            + issuer
            + " --client-id-list "
            + PodRequests.DEFAULT_AUDIENCE
            + ", name "
            + OidcProvider.arn(context.inventory().account(), issuer)
            + " in the trust policy, with conditions on "
            + issuer
            + ":sub and "
            + issuer
            + ":aud, and list the issuer as known in the settings.",
        "Or let a role of account "
            + named.arn().account()
            + " be the pods' role, and trust that one here for sts:AssumeRole.",
        "If not, remove statement "
            + (named.door().statement().index() + 1)
            + " from the trust policy.");
  }
}
