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
import io.github.eksidentity.core.index.PodRequests;
import io.github.eksidentity.core.index.RoleTrust;
import io.github.eksidentity.core.policy.admit.SubjectSet;
import io.github.eksidentity.core.remedy.Remediation;
import io.github.eksidentity.core.rules.shared.ProviderAudiences;
import io.github.eksidentity.core.rules.shared.ProviderUrl;
import java.util.ArrayList;
import java.util.List;

/// Flags a provider that accepts further audiences while a role admits tokens of any audience. The
/// role's own rule, trust-no-audience, speaks of the role; this one of what makes it matter.
public final class ProviderExtraAudience implements Rule.OnProvider {
  /// An audience that nobody registers: who admits it admits any.
  private static final String ANY = "urn:an-audience-that-nobody-registers";

  private static final RuleMetadata METADATA =
      rule(
              "provider-extra-audience",
              Severity.LOW,
              Impact.EXPOSURE,
              Category.PROVIDER,
              "The provider accepts further audiences while a role demands none")
          .why(
              "A token is made for one audience, which may pass it on. The provider accepts tokens"
                  + " that were made for others than STS, and a role that trusts it has no"
                  + " condition on the audience.")
          .risk(
              "Whoever receives a token for one of the further audiences, a vault or a third party,"
                  + " can become the role with it.")
          .remediation(
              "Remove the audiences that nobody needs, or demand sts.amazonaws.com in the roles'"
                  + " trust policies.")
          .references(
              "https://docs.aws.amazon.com/IAM/latest/APIReference/API_RemoveClientIDFromOpenIDConnectProvider.html",
              "https://docs.aws.amazon.com/eks/latest/userguide/associate-service-account-role.html")
          .needs(Need.OIDC, Need.IAM)
          .refinedBy(Need.EKS_EVERYWHERE)
          .yieldsTo("provider-orphaned", "provider-url-malformed", "provider-dual-stack-host")
          .build();

  @Override
  public RuleMetadata metadata() {
    return METADATA;
  }

  @Override
  public Verdict evaluate(OidcProvider provider, AuditContext context) {
    List<String> further = ProviderAudiences.further(provider);
    if (!ProviderUrl.ofEks(provider.url())
        || further.isEmpty()
        || !provider.clientIds().contains(PodRequests.DEFAULT_AUDIENCE)) {
      return Verdict.satisfied();
    }
    List<RoleTrust> open = new ArrayList<>();
    boolean undetermined = false;
    for (RoleTrust trust : ProviderUrl.trusting(provider, context)) {
      switch (ProviderAudiences.admitted(trust, provider, ANY)) {
        case SubjectSet.None _ -> {}
        case SubjectSet.Undetermined _ -> undetermined = true;
        case SubjectSet.Finite _,
            SubjectSet.Matching _,
            SubjectSet.Everything _,
            SubjectSet.EverythingExcept _ ->
            open.add(trust);
      }
    }
    if (!open.isEmpty()) {
      return violated(provider, further, open);
    }
    return undetermined
        ? Verdict.undecided(
            "whether a role admits any audience hangs on a condition of unknown value")
        : Verdict.satisfied();
  }

  private static Verdict violated(
      OidcProvider provider, List<String> further, List<RoleTrust> open) {
    List<Evidence> evidence = new ArrayList<>();
    for (String audience : further) {
      evidence.add(
          Evidence.of("this audience is registered besides " + PodRequests.DEFAULT_AUDIENCE)
              .withKey("ClientIDList")
              .withValue(audience));
    }
    open.forEach(
        trust ->
            evidence.add(
                Evidence.of("role " + trust.role().arn() + " admits tokens of any audience")));
    return Verdict.violated(
        METADATA.severity(),
        "The provider " + provider.url() + " accepts further audiences while a role demands none",
        evidence,
        Remediation.decide(
            "Decide whether tokens of the further audiences are meant to reach AWS; who uses them"
                + " is not in the account's data.",
            "If not: aws iam remove-client-id-from-open-id-connect-provider"
                + " --open-id-connect-provider-arn "
                + provider.arn()
                + " --client-id <audience>",
            "If so, add to the roles' statements: \"StringEquals\": {\""
                + provider.url()
                + ":aud\": \""
                + PodRequests.DEFAULT_AUDIENCE
                + "\"}"));
  }
}
