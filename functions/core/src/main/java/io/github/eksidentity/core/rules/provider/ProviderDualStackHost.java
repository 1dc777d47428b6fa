package io.github.eksidentity.core.rules.provider;

import static io.github.eksidentity.core.audit.RuleMetadata.rule;

import io.github.eksidentity.core.audit.AuditContext;
import io.github.eksidentity.core.audit.Category;
import io.github.eksidentity.core.audit.Evidence;
import io.github.eksidentity.core.audit.ExplainStep;
import io.github.eksidentity.core.audit.Impact;
import io.github.eksidentity.core.audit.Need;
import io.github.eksidentity.core.audit.Rule;
import io.github.eksidentity.core.audit.RuleMetadata;
import io.github.eksidentity.core.audit.Severity;
import io.github.eksidentity.core.audit.Verdict;
import io.github.eksidentity.core.facts.Cluster;
import io.github.eksidentity.core.facts.OidcProvider;
import io.github.eksidentity.core.index.IssuerStanding;
import io.github.eksidentity.core.index.RoleTrust;
import io.github.eksidentity.core.rules.shared.ProviderUrl;
import java.util.ArrayList;
import java.util.List;

/// Flags a provider for the dual-stack host of a cluster whose tokens carry the other host.
public final class ProviderDualStackHost implements Rule.OnProvider {
  private static final RuleMetadata METADATA =
      rule(
              "provider-dual-stack-host",
              Severity.CRITICAL,
              Impact.OUTAGE,
              Category.PROVIDER,
              "The provider is registered for the dual-stack host, which no token carries")
          .why(
              "The URL https://oidc-eks.<region>.api.aws answers for the cluster over IPv6 too, but"
                  + " the issuer in its tokens stays https://oidc.eks.<region>.amazonaws.com, and"
                  + " STS compares letter by letter. Some modules derive the URL instead of taking"
                  + " it from DescribeCluster.")
          .risk(
              "No pod of the cluster gets credentials by IRSA. Low where the exact provider exists"
                  + " too and no role names this one.")
          .remediation(
              "Register the issuer exactly as DescribeCluster gives it, name it in the trust"
                  + " policies, and delete the other provider.")
          .references(
              "https://docs.aws.amazon.com/eks/latest/userguide/enable-iam-roles-for-service-accounts.html",
              "https://github.com/rancher/eks-operator/pull/2284",
              "https://github.com/terraform-aws-modules/terraform-aws-eks/issues/3428")
          .breaks(ExplainStep.PROVIDER)
          .needs(Need.OIDC, Need.EKS)
          .refinedBy(Need.IAM)
          .build();

  @Override
  public RuleMetadata metadata() {
    return METADATA;
  }

  @Override
  public Verdict evaluate(OidcProvider provider, AuditContext context) {
    if (!(context.index().standing(provider.url())
        instanceof IssuerStanding.DualStack(Cluster cluster))) {
      return Verdict.satisfied();
    }
    String issuer = cluster.issuer().orElseThrow();
    boolean exact = context.index().providerFor(issuer).isPresent();
    List<RoleTrust> trusting = ProviderUrl.trusting(provider, context);
    boolean idle = exact && trusting.isEmpty() && !context.inventory().roles().isEmpty();
    Verdict.Violated verdict =
        Verdict.violated(
                idle ? Severity.LOW : METADATA.severity(),
                "The provider for cluster "
                    + cluster.name()
                    + " has the dual-stack host, which its tokens do not carry",
                evidence(provider, issuer, trusting),
                ProviderReplacement.of(provider, cluster, context))
            .withCluster(cluster);
    return exact ? verdict : verdict.withNoProviderFor(issuer);
  }

  private static List<Evidence> evidence(
      OidcProvider provider, String issuer, List<RoleTrust> trusting) {
    List<Evidence> evidence = new ArrayList<>();
    evidence.add(
        Evidence.of("the registered URL is not the issuer of the cluster's tokens")
            .withKey("Url")
            .withValue(provider.url())
            .withClaim(issuer));
    trusting.forEach(
        trust ->
            evidence.add(
                Evidence.of("role " + trust.role().arn() + " trusts this provider")
                    .withKey("Principal.Federated")
                    .withValue(provider.arn())));
    return evidence;
  }
}
