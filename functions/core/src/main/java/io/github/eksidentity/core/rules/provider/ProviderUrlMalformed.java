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
import io.github.eksidentity.core.index.RoleTrust;
import io.github.eksidentity.core.remedy.Change;
import io.github.eksidentity.core.remedy.Remediation;
import io.github.eksidentity.core.rules.shared.ProviderUrl;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Flags a provider whose URL was meant to be an issuer of EKS and cannot be one.
public final class ProviderUrlMalformed implements Rule.OnProvider {
  private static final RuleMetadata METADATA =
      rule(
              "provider-url-malformed",
              Severity.HIGH,
              Impact.OUTAGE,
              Category.PROVIDER,
              "The provider's URL is no issuer that EKS could have")
          .why(
              "IAM stores the URL as it is given and STS compares it letter by letter with the"
                  + " issuer in the token. A trailing slash, a port, other letter case or a missing"
                  + " /id/ makes it another provider.")
          .risk("Tokens of the cluster are refused as if there were no provider.")
          .remediation(
              "Delete the provider and register the issuer exactly as DescribeCluster gives it; a"
                  + " provider's URL cannot be changed.")
          .references(
              "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_oidc.html",
              "https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateOpenIDConnectProvider.html")
          .breaks(ExplainStep.PROVIDER)
          .needs(Need.OIDC)
          .refinedBy(Need.EKS_EVERYWHERE, Need.IAM)
          .build();

  @Override
  public RuleMetadata metadata() {
    return METADATA;
  }

  @Override
  public Verdict evaluate(OidcProvider provider, AuditContext context) {
    Optional<Cluster> meant = ProviderUrl.meant(provider.url(), context);
    if (!ProviderUrl.malformed(provider.url(), meant, context)) {
      return Verdict.satisfied();
    }
    Optional<String> issuer = meant.flatMap(Cluster::issuer);
    Verdict.Violated verdict =
        Verdict.violated(
                METADATA.severity(),
                "The provider " + provider.url() + " is no issuer that EKS could have",
                evidence(provider, meant),
                meant
                    .map(cluster -> ProviderReplacement.of(provider, cluster, context))
                    .orElseGet(() -> remove(provider, context)))
            .withCluster(meant);
    return issuer
        .filter(exact -> context.index().providerFor(exact).isEmpty())
        .map(verdict::withNoProviderFor)
        .orElse(verdict);
  }

  private static List<Evidence> evidence(OidcProvider provider, Optional<Cluster> meant) {
    List<Evidence> evidence = new ArrayList<>();
    for (String fault : ProviderUrl.faults(provider.url(), meant)) {
      Evidence one = Evidence.of("the URL " + fault).withKey("Url").withValue(provider.url());
      evidence.add(meant.flatMap(Cluster::issuer).map(one::withNearest).orElse(one));
    }
    return evidence;
  }

  private static Remediation remove(OidcProvider provider, AuditContext context) {
    List<RoleTrust> trusting = ProviderUrl.trusting(provider, context);
    if (trusting.isEmpty() && !context.inventory().roles().isEmpty()) {
      return Remediation.fix(
          "Delete the provider; no role names it and no token matches it.",
          new Change.DeleteProvider(provider.arn()));
    }
    return Remediation.decide(
        "Decide which cluster the provider is for; none of the account resembles it.",
        "Register that cluster's issuer as DescribeCluster gives it: aws iam"
            + " create-open-id-connect-provider --url <issuer> --client-id-list sts.amazonaws.com",
        "Delete this one once no role names it: aws iam delete-open-id-connect-provider"
            + " --open-id-connect-provider-arn "
            + provider.arn());
  }
}
