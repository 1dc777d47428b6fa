package io.github.eksidentity.core.rules.broken;

import static io.github.eksidentity.core.audit.RuleMetadata.rule;

import io.github.eksidentity.core.audit.AuditContext;
import io.github.eksidentity.core.audit.Category;
import io.github.eksidentity.core.audit.ExplainStep;
import io.github.eksidentity.core.audit.Impact;
import io.github.eksidentity.core.audit.Need;
import io.github.eksidentity.core.audit.Rule;
import io.github.eksidentity.core.audit.RuleMetadata;
import io.github.eksidentity.core.audit.Severity;
import io.github.eksidentity.core.audit.StsError;
import io.github.eksidentity.core.audit.Verdict;
import io.github.eksidentity.core.facts.Role;
import io.github.eksidentity.core.index.IssuerStanding;
import io.github.eksidentity.core.index.PodRequests;
import io.github.eksidentity.core.remedy.Change;
import io.github.eksidentity.core.remedy.Remediation;
import io.github.eksidentity.core.rules.shared.NamedProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Flags a Federated principal that is no provider of the account.
public final class TrustProviderMissing implements Rule.OnRole {
  /// The id under which other rooms look up this rule's findings.
  public static final String ID = "trust-provider-missing";

  private static final RuleMetadata METADATA =
      rule(
              ID,
              Severity.CRITICAL,
              Impact.OUTAGE,
              Category.BROKEN_TRUST,
              "The Federated ARN names an EKS provider that does not exist in the account")
          .why(
              "IAM does not check that a provider exists, and deleting one does not touch the roles"
                  + " that name it. Mostly the cluster was made again and has another issuer now,"
                  + " or the id was copied from another cluster. Where a cluster of the account has"
                  + " the issuer, provider-missing speaks of the cluster instead.")
          .risk("The statement admits no pod.")
          .remediation(
              "Name the provider of the cluster whose pods are to get in, and its issuer in the"
                  + " conditions. For a cluster of another account, register its issuer here.")
          .references(
              "https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteOpenIDConnectProvider.html",
              "https://repost.aws/knowledge-center/eks-troubleshoot-oidc-and-irsa",
              "https://github.com/aws/containers-roadmap/issues/1408")
          .breaks(ExplainStep.PROVIDER)
          .needs(Need.IAM, Need.OIDC)
          .refinedBy(Need.EKS_EVERYWHERE)
          .build();

  @Override
  public RuleMetadata metadata() {
    return METADATA;
  }

  @Override
  public Verdict evaluate(Role role, AuditContext context) {
    List<MissingProvider> missing =
        NamedProvider.of(role, context).stream()
            .filter(named -> named.fault(context).isEmpty())
            .filter(named -> context.index().provider(named.name()).isEmpty())
            .filter(named -> isOwnCause(named, context))
            .map(named -> MissingProvider.of(named, context))
            .toList();
    return missing.isEmpty() ? Verdict.satisfied() : violated(role, missing, context);
  }

  /// A cluster without its provider is the cause of every role that names it: provider-missing
  /// speaks.
  private static boolean isOwnCause(NamedProvider named, AuditContext context) {
    return switch (context.index().standing(named.url())) {
      case IssuerStanding.Live _, IssuerStanding.Malformed _ -> false;
      case IssuerStanding.DualStack _,
          IssuerStanding.Gone _,
          IssuerStanding.Foreign _,
          IssuerStanding.Known _ ->
          true;
    };
  }

  private static Verdict violated(Role role, List<MissingProvider> missing, AuditContext context) {
    MissingProvider first = missing.getFirst();
    Verdict.Violated verdict =
        Verdict.violated(
                METADATA.severity(),
                "Role " + role.name() + " trusts a provider that the account does not have",
                missing.stream().map(one -> one.evidence(context)).toList(),
                remediation(missing, context))
            .withCluster(first.meant().flatMap(context.index()::clusterOf));
    String issuer = first.meant().orElseGet(() -> first.named().url());
    return context.index().providerFor(issuer).isPresent()
        ? verdict.withStsError(StsError.NOT_AUTHORIZED)
        : verdict.withNoProviderFor(issuer);
  }

  private static Remediation remediation(List<MissingProvider> missing, AuditContext context) {
    return registered(missing, context)
        .or(
            () ->
                OwnProvider.fix(
                    missing.stream().map(MissingProvider::named).toList(),
                    named -> MissingProvider.of(named, context).meant(),
                    "Name the provider of the cluster that was meant; " + because(missing) + ".",
                    context))
        .orElseGet(() -> decide(missing.getFirst(), context));
  }

  private static String because(List<MissingProvider> missing) {
    return String.join(
        "; ", missing.stream().flatMap(one -> one.because().stream()).distinct().toList());
  }

  /// Issuers that the settings call known only lack their provider.
  private static Optional<Remediation> registered(
      List<MissingProvider> missing, AuditContext context) {
    List<Change> changes = new ArrayList<>();
    for (MissingProvider one : missing) {
      String issuer = one.named().url();
      if (!(context.index().standing(issuer) instanceof IssuerStanding.Known)) {
        return Optional.empty();
      }
      Change create = new Change.CreateProvider(issuer, List.of(PodRequests.DEFAULT_AUDIENCE));
      if (!changes.contains(create)) {
        changes.add(create);
      }
    }
    return Optional.of(
        new Remediation.Fix("Register the issuer, which the settings call known.", changes));
  }

  private static Remediation decide(MissingProvider one, AuditContext context) {
    String issuer = one.named().url();
    List<String> options = new ArrayList<>();
    options.add(
        "If the cluster was made again, name its provider, and its issuer in the conditions"
            + one.nearest(context).map(nearest -> ": " + nearest).orElse("")
            + ".");
    options.add(
        "If the cluster is in another account: aws iam create-open-id-connect-provider --url"
            + " https://"
            + issuer
            + " --client-id-list "
            + PodRequests.DEFAULT_AUDIENCE
            + ", and list the issuer as known in the settings.");
    options.add(
        "If it is gone for good, remove statement "
            + (one.named().door().statement().index() + 1)
            + " from the trust policy.");
    return new Remediation.Decide(
        "Decide which cluster's pods are to get in; no cluster of the account has the issuer that"
            + " the role names.",
        options);
  }
}
