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
import io.github.eksidentity.core.audit.Verdict;
import io.github.eksidentity.core.facts.Role;
import io.github.eksidentity.core.index.PodRequests;
import io.github.eksidentity.core.policy.tree.Condition;
import io.github.eksidentity.core.policy.tree.Text;
import io.github.eksidentity.core.remedy.Remediation;
import io.github.eksidentity.core.remedy.TrustEdit;
import io.github.eksidentity.core.rules.shared.ProviderAudiences;
import java.util.List;
import java.util.Optional;

/// Flags a condition on the audience that no token of the provider's cluster satisfies.
public final class TrustAudienceMismatch implements Rule.OnRole {
  /// The id under which other rooms look up this rule's findings.
  public static final String ID = "trust-audience-mismatch";

  private static final RuleMetadata METADATA =
      rule(
              ID,
              Severity.CRITICAL,
              Impact.OUTAGE,
              Category.BROKEN_TRUST,
              "Condition on the audience that no token satisfies")
          .why(
              "Tokens carry the audience sts.amazonaws.com in every partition, unless the service"
                  + " account is annotated with another one, which the provider must have"
                  + " registered. The condition asks for one that is neither: the name of a"
                  + " regional endpoint, the suffix .cn, the issuer, a typing error.")
          .risk(
              "No pod gets in by the statement. High where the role admits others through the same"
                  + " provider.")
          .remediation(
              "Write sts.amazonaws.com. Where the service account is annotated with another"
                  + " audience, register that one with the provider.")
          .references(
              "https://docs.aws.amazon.com/eks/latest/userguide/associate-service-account-role.html",
              "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-wif",
              "https://github.com/eksctl-io/eksctl/issues/1910")
          .needs(Need.IAM, Need.OIDC)
          .refinedBy(Need.EKS)
          .yieldsTo("trust-provider-missing")
          .build();

  @Override
  public RuleMetadata metadata() {
    return METADATA;
  }

  @Override
  public Verdict evaluate(Role role, AuditContext context) {
    return BrokenStatement.judge(
        role,
        context,
        StatementFault.OtherAudience.class,
        broken -> violated(role, broken, context));
  }

  private static Verdict violated(
      Role role, List<BrokenStatement<StatementFault.OtherAudience>> broken, AuditContext context) {
    return BrokenStatement.violated(
        broken,
        METADATA.severity(),
        "Role " + role.name() + " demands an audience that no token carries",
        TrustAudienceMismatch::evidence,
        ProvenFix.fix(
                role,
                broken,
                TrustAudienceMismatch::corrected,
                "Write the audience that tokens carry.",
                context)
            .orElseGet(() -> decide(broken.getFirst())));
  }

  private static List<Evidence> evidence(BrokenStatement<StatementFault.OtherAudience> one) {
    PodStatement way = one.way();
    return one.faults().stream()
        .map(StatementFault.OtherAudience::condition)
        .flatMap(
            condition ->
                condition.values().stream()
                    .map(
                        value ->
                            Evidence.in(
                                    way.statement(), condition, value, summary(condition, value))
                                .withClaim(String.join(", ", way.audiences()))))
        .toList();
  }

  private static String summary(Condition condition, Text value) {
    if (condition.operator().comparison().negated()) {
      return "this shuts out what tokens carry";
    }
    return ProviderAudiences.missesDefault(value.value())
        ? "this audience was meant to be " + PodRequests.DEFAULT_AUDIENCE + " and is not"
        : "the provider accepts no token of this audience";
  }

  private static Optional<TrustEdit> corrected(
      TrustEdit edit, BrokenStatement<StatementFault.OtherAudience> one) {
    PodStatement way = one.way();
    int statement = way.statement().index();
    TrustEdit result = edit;
    for (StatementFault.OtherAudience fault : one.faults()) {
      if (!isMistake(fault.condition(), way)) {
        return Optional.empty();
      }
      result = result.removeCondition(statement, fault.condition().keyAt());
    }
    return Optional.of(
        result.setCondition(
            statement, "StringEquals", way.audienceKey(), List.of(PodRequests.DEFAULT_AUDIENCE)));
  }

  /// Whether nothing but the default audience can be meant: nobody annotates a service account with
  /// an attempt at it, or with the issuer.
  private static boolean isMistake(Condition condition, PodStatement way) {
    return !condition.operator().comparison().negated()
        && condition.values().stream()
            .map(Text::value)
            .allMatch(
                value ->
                    ProviderAudiences.missesDefault(value)
                        || value.replaceFirst("^https://", "").equals(way.issuer()));
  }

  private static Remediation decide(BrokenStatement<StatementFault.OtherAudience> one) {
    PodStatement way = one.way();
    String wanted = Text.join(one.faults().getFirst().condition().values());
    return Remediation.decide(
        "Decide which audience the tokens of the service account are to carry.",
        "For the default one: \"StringEquals\": {\""
            + way.audienceKey()
            + "\": \"sts.amazonaws.com\"}",
        "For another one, register it: aws iam add-client-id-to-open-id-connect-provider"
            + " --open-id-connect-provider-arn "
            + way.door().principal().value()
            + " --client-id "
            + wanted
            + ", and annotate the service account with eks.amazonaws.com/audience");
  }
}
