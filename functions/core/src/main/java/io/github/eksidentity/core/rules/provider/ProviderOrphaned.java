package io.github.eksidentity.core.rules.provider;

import static io.github.eksidentity.core.audit.RuleMetadata.rule;

import io.github.eksidentity.core.audit.AuditContext;
import io.github.eksidentity.core.audit.Category;
import io.github.eksidentity.core.audit.Evidence;
import io.github.eksidentity.core.audit.Impact;
import io.github.eksidentity.core.audit.Need;
import io.github.eksidentity.core.audit.Rule;
import io.github.eksidentity.core.audit.RuleMetadata;
import io.github.eksidentity.core.audit.Severity;
import io.github.eksidentity.core.audit.Verdict;
import io.github.eksidentity.core.facts.OidcProvider;
import io.github.eksidentity.core.index.IssuerStanding;
import io.github.eksidentity.core.index.RoleTrust;
import io.github.eksidentity.core.remedy.Change;
import io.github.eksidentity.core.remedy.Remediation;
import io.github.eksidentity.core.rules.shared.ProviderUrl;
import java.util.ArrayList;
import java.util.List;

/// Flags a provider for an issuer that no cluster of the account has.
public final class ProviderOrphaned implements Rule.OnProvider {
  private static final RuleMetadata METADATA =
      rule(
              "provider-orphaned",
              Severity.LOW,
              Impact.HYGIENE,
              Category.PROVIDER,
              "The provider's issuer belongs to no cluster of the account")
          .why(
              "EKS does not delete the provider with its cluster, and a re-created cluster has a"
                  + " new issuer. Every region that is enabled was searched. A cluster of another"
                  + " account may have the issuer: list it as known if its pods are meant to use"
                  + " this account's roles.")
          .risk(
              "The provider counts towards the account's limit and vouches for an issuer that"
                  + " nobody in the account controls.")
          .remediation("Delete the provider after the roles that still name it.")
          .references(
              "https://docs.aws.amazon.com/eks/latest/userguide/delete-cluster.html",
              "https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteOpenIDConnectProvider.html",
              "https://github.com/eksctl-io/eksctl/issues/4513")
          .needs(Need.OIDC, Need.EKS_EVERYWHERE, Need.IAM)
          .yieldsTo("provider-url-malformed", "provider-dual-stack-host")
          .build();

  @Override
  public RuleMetadata metadata() {
    return METADATA;
  }

  @Override
  public Verdict evaluate(OidcProvider provider, AuditContext context) {
    IssuerStanding standing = context.index().standing(provider.url());
    if (!ProviderUrl.wellFormed(provider.url())
        || !(standing instanceof IssuerStanding.Gone
            || standing instanceof IssuerStanding.Foreign)) {
      return Verdict.satisfied();
    }
    List<RoleTrust> trusting = ProviderUrl.trusting(provider, context);
    return Verdict.violated(
        METADATA.severity(),
        "No cluster of the account has the issuer " + provider.url(),
        evidence(provider, standing, trusting),
        remediation(provider, trusting));
  }

  private static List<Evidence> evidence(
      OidcProvider provider, IssuerStanding standing, List<RoleTrust> trusting) {
    List<Evidence> evidence = new ArrayList<>();
    evidence.add(
        Evidence.of(
                standing instanceof IssuerStanding.Foreign
                    ? "the region of the issuer is not enabled in the account, so its cluster is"
                        + " another account's"
                    : "no cluster of any enabled region has this issuer")
            .withKey("Url")
            .withValue(provider.url()));
    trusting.forEach(
        trust ->
            evidence.add(
                Evidence.of("role " + trust.role().arn() + " still trusts this provider")
                    .withKey("Principal.Federated")
                    .withValue(provider.arn())));
    return evidence;
  }

  private static Remediation remediation(OidcProvider provider, List<RoleTrust> trusting) {
    if (trusting.isEmpty()) {
      return Remediation.fix(
          "Delete the provider; no role names it.", new Change.DeleteProvider(provider.arn()));
    }
    return Remediation.decide(
        "Decide whether a cluster of another account has the issuer; the roles named here trust"
            + " it.",
        "If so, list " + provider.url() + " as a known issuer in the settings.",
        "If not, take the provider out of the roles' trust policies first, then: aws iam"
            + " delete-open-id-connect-provider --open-id-connect-provider-arn "
            + provider.arn());
  }
}
