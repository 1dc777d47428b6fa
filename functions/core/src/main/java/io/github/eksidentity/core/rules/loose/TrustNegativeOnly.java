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
import io.github.eksidentity.core.policy.tree.Text;
import io.github.eksidentity.core.remedy.Remediation;
import io.github.eksidentity.core.rules.shared.TrustedCluster;
import java.util.List;
import java.util.Optional;

/// Flags a statement that only says which subjects are kept out.
public final class TrustNegativeOnly implements Rule.OnRole {
  private static final RuleMetadata METADATA =
      rule(
              "trust-negative-only",
              Severity.CRITICAL,
              Impact.EXPOSURE,
              Category.LOOSE_TRUST,
              "Only negative operators restrict the subject")
          .why(
              "StringNotEquals and StringNotLike on <issuer>:sub keep some service"
                  + " accounts out and let every other one in, those that will be made"
                  + " tomorrow included.")
          .risk("Every service account that the condition does not name can become the" + " role.")
          .remediation(
              "Name with StringEquals whom to admit; exceptions belong into a Deny"
                  + " statement beside it.")
          .references(
              "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html",
              "https://docs.aws.amazon.com/eks/latest/best-practices/identity-and-access-management.html")
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
        role, context, TrustNegativeOnly::observe, evidence -> violated(role, evidence, context));
  }

  private static List<Evidence> observe(AdmittingStatement admitted) {
    if (!Openness.of(admitted).equals(Optional.of(Openness.NEGATIVE_ONLY))) {
      return List.of();
    }
    return admitted.subjectConditions().stream()
        .filter(condition -> condition.operator().comparison().negated())
        .map(
            condition ->
                Evidence.in(
                        admitted.statement(),
                        condition,
                        condition.operator().text()
                            + " admits every subject but those that it names")
                    .withValue(Text.join(condition.values())))
        .toList();
  }

  private static Verdict violated(Role role, List<Evidence> evidence, AuditContext context) {
    return Verdict.violated(
            METADATA.severity(),
            "Every service account but some can assume role " + role.name(),
            evidence,
            Remediation.decide(
                "Decide which service accounts need the role; the condition only says"
                    + " which ones do not.",
                "Name them: \"StringEquals\": {\"<issuer>:sub\":"
                    + " [\"system:serviceaccount:<namespace>:<name>\", …], \"<issuer>:aud\":"
                    + " \"sts.amazonaws.com\"}"))
        .withCluster(TrustedCluster.cluster(context.index().trust(role)));
  }
}
