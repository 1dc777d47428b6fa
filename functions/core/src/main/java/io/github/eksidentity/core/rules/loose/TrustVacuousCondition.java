package io.github.eksidentity.core.rules.loose;

import static io.github.eksidentity.core.audit.RuleMetadata.rule;

import io.github.eksidentity.core.audit.AuditContext;
import io.github.eksidentity.core.audit.Category;
import io.github.eksidentity.core.audit.EdgeMark;
import io.github.eksidentity.core.audit.Evidence;
import io.github.eksidentity.core.audit.Impact;
import io.github.eksidentity.core.audit.Need;
import io.github.eksidentity.core.audit.Rule;
import io.github.eksidentity.core.audit.RuleMetadata;
import io.github.eksidentity.core.audit.Severity;
import io.github.eksidentity.core.audit.Verdict;
import io.github.eksidentity.core.facts.Role;
import io.github.eksidentity.core.index.AdmittingStatement;
import io.github.eksidentity.core.policy.tree.Condition;
import io.github.eksidentity.core.policy.tree.Text;
import io.github.eksidentity.core.remedy.Remediation;
import io.github.eksidentity.core.rules.shared.TrustedCluster;
import io.github.eksidentity.core.rules.shared.VacuousConditions;
import java.util.List;

/// Flags a condition that was meant to restrict and is true because its key never comes.
public final class TrustVacuousCondition implements Rule.OnRole {
  private static final RuleMetadata METADATA =
      rule(
              "trust-vacuous-condition",
              Severity.CRITICAL,
              Impact.EXPOSURE,
              Category.LOOSE_TRUST,
              "Condition holds for everybody because its key never comes")
          .why(
              "ForAllValues, the suffix IfExists and the negated operators are true where the key"
                  + " is not in the request. The key of the condition belongs to another issuer"
                  + " than the statement's provider, is misspelt, or does not come with"
                  + " AssumeRoleWithWebIdentity.")
          .risk(
              "The statement reads as if it named a service account and admits every one of the"
                  + " cluster. Where another condition still names the subject, only the audience"
                  + " is left open, and the severity is low.")
          .remediation(
              "Write the key with the issuer of the statement's own provider, and a plain operator,"
                  + " StringEquals or StringLike.")
          .references(
              "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html",
              "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html",
              "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html")
          .marks(EdgeMark.LOOSE)
          .needs(Need.IAM)
          .build();

  @Override
  public RuleMetadata metadata() {
    return METADATA;
  }

  @Override
  public Verdict evaluate(Role role, AuditContext context) {
    return LooseStatements.judge(
        role,
        context,
        TrustVacuousCondition::observe,
        evidence -> violated(role, evidence, context));
  }

  private static List<Evidence> observe(AdmittingStatement admitted) {
    return VacuousConditions.in(admitted).stream()
        .map(
            condition ->
                Evidence.in(admitted.statement(), condition, summary(condition))
                    .withValue(Text.join(condition.values()))
                    .withNearest(nearest(condition, admitted)))
        .toList();
  }

  private static String summary(Condition condition) {
    return condition.operator().text() + " is true because the key is never in the request";
  }

  private static String nearest(Condition condition, AdmittingStatement admitted) {
    return VacuousConditions.isAudience(condition) ? admitted.audienceKey() : admitted.subjectKey();
  }

  private static Verdict violated(Role role, List<Evidence> evidence, AuditContext context) {
    List<AdmittingStatement> concerned =
        context.index().admitted(role).stream()
            .filter(admitted -> !VacuousConditions.in(admitted).isEmpty())
            .toList();
    boolean open =
        concerned.stream().anyMatch(admitted -> admitted.open() && admitted.hangsOn().isEmpty());
    return Verdict.violated(
            open ? METADATA.severity() : Severity.LOW,
            open
                ? "A condition without effect admits every service account to role " + role.name()
                : "The audience condition has no effect on who can assume role " + role.name(),
            evidence,
            VacuousFix.of(role, concerned, context)
                .orElseGet(
                    () ->
                        Remediation.decide(
                            "Decide which service accounts need the role; what the condition was"
                                + " meant to say cannot be told from it.",
                            "Name them: \"StringEquals\": {\"<issuer>:sub\":"
                                + " \"system:serviceaccount:<namespace>:<name>\", \"<issuer>:aud\":"
                                + " \"sts.amazonaws.com\"}")))
        .withCluster(TrustedCluster.cluster(context.index().trust(role)));
  }
}
