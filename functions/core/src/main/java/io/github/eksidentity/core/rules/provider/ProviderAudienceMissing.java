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
import io.github.eksidentity.core.audit.StsError;
import io.github.eksidentity.core.audit.Verdict;
import io.github.eksidentity.core.facts.Cluster;
import io.github.eksidentity.core.facts.OidcProvider;
import io.github.eksidentity.core.index.IssuerStanding;
import io.github.eksidentity.core.index.PodRequests;
import io.github.eksidentity.core.index.RoleTrust;
import io.github.eksidentity.core.policy.admit.SubjectSet;
import io.github.eksidentity.core.remedy.Change;
import io.github.eksidentity.core.remedy.Remediation;
import io.github.eksidentity.core.rules.shared.Annotated;
import io.github.eksidentity.core.rules.shared.ProviderAudiences;
import io.github.eksidentity.core.rules.shared.ProviderUrl;
import java.util.ArrayList;
import java.util.List;

/// Flags the provider of a live cluster that does not accept the audience of EKS's tokens.
public final class ProviderAudienceMissing implements Rule.OnProvider {
  /// The id under which other rooms look up this rule's findings.
  public static final String ID = "provider-audience-missing";

  private static final RuleMetadata METADATA =
      rule(
              ID,
              Severity.CRITICAL,
              Impact.OUTAGE,
              Category.PROVIDER,
              "The provider does not accept the audience that pods' tokens carry")
          .why(
              "Tokens carry the audience sts.amazonaws.com in every partition, unless the service"
                  + " account is annotated otherwise. STS refuses a token whose audience is not"
                  + " among the provider's client ids before it reads a trust policy. Common are"
                  + " the suffix .cn, the name of a regional endpoint, and sts.amazon.com.")
          .risk(
              "No pod of the cluster with a default token gets credentials by IRSA. Medium where no"
                  + " role trusts the provider yet, and no service account that was read is"
                  + " annotated with one.")
          .remediation("Add sts.amazonaws.com to the client ids of the provider.")
          .references(
              "https://docs.aws.amazon.com/eks/latest/userguide/enable-iam-roles-for-service-accounts.html",
              "https://docs.aws.amazon.com/IAM/latest/APIReference/API_AddClientIDToOpenIDConnectProvider.html")
          .breaks(ExplainStep.AUDIENCE)
          .needs(Need.OIDC, Need.EKS)
          .refinedBy(Need.IAM)
          .build();

  @Override
  public RuleMetadata metadata() {
    return METADATA;
  }

  @Override
  public Verdict evaluate(OidcProvider provider, AuditContext context) {
    if (!(context.index().standing(provider.url()) instanceof IssuerStanding.Live(Cluster cluster))
        || provider.clientIds().contains(PodRequests.DEFAULT_AUDIENCE)) {
      return Verdict.satisfied();
    }
    List<RoleTrust> trusting = ProviderUrl.trusting(provider, context);
    if (onPurpose(provider, trusting)) {
      return Verdict.satisfied();
    }
    boolean unused =
        trusting.isEmpty()
            && !context.inventory().roles().isEmpty()
            && !hasDefaultTokens(cluster, context);
    return Verdict.violated(
            unused ? Severity.MEDIUM : METADATA.severity(),
            "The provider of cluster " + cluster.name() + " refuses the audience of EKS's tokens",
            evidence(provider),
            Remediation.fix(
                "Add the audience " + PodRequests.DEFAULT_AUDIENCE + " to the provider.",
                new Change.AddClientId(provider.arn(), PodRequests.DEFAULT_AUDIENCE)))
        .withStsError(StsError.INCORRECT_AUDIENCE)
        .withCluster(cluster);
  }

  private static boolean hasDefaultTokens(Cluster cluster, AuditContext context) {
    return context.index().in(cluster).serviceAccounts().stream()
        .flatMap(found -> Annotated.of(found, context).stream())
        .anyMatch(
            one ->
                one.audience().equals(PodRequests.DEFAULT_AUDIENCE) && one.ofThisAccount(context));
  }

  /// Whether every role that trusts the provider demands another audience that is registered, so
  /// that default tokens are of no use here.
  private static boolean onPurpose(OidcProvider provider, List<RoleTrust> trusting) {
    List<String> further = ProviderAudiences.further(provider);
    return !trusting.isEmpty()
        && trusting.stream()
            .allMatch(
                trust ->
                    isNobody(trust, provider, PodRequests.DEFAULT_AUDIENCE)
                        && further.stream()
                            .anyMatch(audience -> !isNobody(trust, provider, audience)));
  }

  private static boolean isNobody(RoleTrust trust, OidcProvider provider, String audience) {
    return ProviderAudiences.admitted(trust, provider, audience) instanceof SubjectSet.None;
  }

  private static List<Evidence> evidence(OidcProvider provider) {
    List<Evidence> evidence = new ArrayList<>();
    for (String id : provider.clientIds().stream().sorted().toList()) {
      String summary =
          ProviderAudiences.missesDefault(id)
              ? "this audience was meant to be " + PodRequests.DEFAULT_AUDIENCE + " and is not"
              : "this audience is registered, tokens carry another";
      evidence.add(
          Evidence.of(summary)
              .withKey("ClientIDList")
              .withValue(id)
              .withClaim(PodRequests.DEFAULT_AUDIENCE));
    }
    return evidence.isEmpty()
        ? List.of(
            Evidence.of("no audience is registered")
                .withKey("ClientIDList")
                .withClaim(PodRequests.DEFAULT_AUDIENCE))
        : evidence;
  }
}
