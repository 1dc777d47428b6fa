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
import io.github.eksidentity.core.facts.OidcProvider;
import io.github.eksidentity.core.facts.Role;
import io.github.eksidentity.core.remedy.Remediation;
import io.github.eksidentity.core.rules.shared.NamedProvider;
import io.github.eksidentity.core.rules.shared.ProviderUrl;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Flags a Federated principal that was meant to be an EKS provider and cannot be one.
public final class TrustFederatedArnMalformed implements Rule.OnRole {
  private static final RuleMetadata METADATA =
      rule(
              "trust-federated-arn-malformed",
              Severity.CRITICAL,
              Impact.OUTAGE,
              Category.BROKEN_TRUST,
              "The Federated ARN is none that a provider of EKS can have")
          .why(
              "IAM stores any ARN that looks like one of a provider and does not check that the"
                  + " provider exists. A scheme inside the ARN, the host's parts in another order,"
                  + " a missing /id/ or another type of resource name a provider that tokens of"
                  + " EKS cannot come from. The sample of the webhook's README has such a host.")
          .risk("The statement admits no pod.")
          .remediation(
              "Name the provider as ListOpenIDConnectProviders gives it:"
                  + " arn:aws:iam::<account>:oidc-provider/oidc.eks.<region>.amazonaws.com/id/<id>.")
          .references(
              "https://docs.aws.amazon.com/eks/latest/userguide/associate-service-account-role.html",
              "https://repost.aws/knowledge-center/eks-troubleshoot-oidc-and-irsa",
              "https://github.com/aws/amazon-eks-pod-identity-webhook/issues/30")
          .needs(Need.IAM)
          .refinedBy(Need.OIDC)
          .build();

  @Override
  public RuleMetadata metadata() {
    return METADATA;
  }

  /// Where somebody registered the misspelt URL, the rule about that provider names the cause.
  @Override
  public Verdict evaluate(Role role, AuditContext context) {
    List<NamedProvider> malformed =
        NamedProvider.of(role, context).stream()
            .filter(
                named -> named.fault(context).equals(Optional.of(NamedProvider.Fault.MALFORMED)))
            .filter(named -> context.index().provider(named.name()).isEmpty())
            .toList();
    return malformed.isEmpty() ? Verdict.satisfied() : violated(role, malformed, context);
  }

  private static Verdict violated(Role role, List<NamedProvider> malformed, AuditContext context) {
    Verdict.Violated verdict =
        Verdict.violated(
                METADATA.severity(),
                "Role " + role.name() + " names a provider that EKS cannot have",
                malformed.stream().map(named -> evidence(named, context)).toList(),
                remediation(malformed, context))
            .withCluster(OwnProvider.cluster(malformed, named -> named.issuer(context), context));
    return malformed.stream()
        .flatMap(named -> named.issuer(context).stream())
        .filter(issuer -> context.index().providerFor(issuer).isEmpty())
        .findFirst()
        .map(verdict::withNoProviderFor)
        .orElseGet(() -> verdict.withStsError(StsError.NOT_AUTHORIZED));
  }

  private static Evidence evidence(NamedProvider named, AuditContext context) {
    List<String> faults = new ArrayList<>();
    if (!named.isOidc()) {
      faults.add("is not of the type oidc-provider");
    }
    if (ProviderUrl.malformed(named.url(), named.meant(), context)) {
      ProviderUrl.faults(named.url(), named.meant()).forEach(faults::add);
    }
    Evidence evidence = named.evidence("the provider's name " + String.join(" and ", faults));
    return named
        .issuer(context)
        .map(
            issuer ->
                evidence
                    .withClaim("https://" + issuer)
                    .withNearest(OidcProvider.arn(context.inventory().account(), issuer)))
        .orElse(evidence);
  }

  private static Remediation remediation(List<NamedProvider> malformed, AuditContext context) {
    return OwnProvider.fix(
            malformed,
            named -> named.issuer(context),
            "Name the provider of the cluster in the trust policy, letter by letter.",
            context)
        .orElseGet(
            () ->
                Remediation.decide(
                    "Decide which cluster's pods are to get in; name its provider and the service"
                        + " accounts.",
                    OwnProvider.LIST,
                    OwnProvider.STATEMENT));
  }
}
