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
import io.github.eksidentity.core.index.SubjectPattern;
import io.github.eksidentity.core.policy.tree.Condition;
import io.github.eksidentity.core.policy.tree.Text;
import io.github.eksidentity.core.remedy.Remediation;
import io.github.eksidentity.core.rules.shared.TrustedCluster;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Flags a pattern that every subject matches.
public final class TrustAnySubject implements Rule.OnRole {
  private static final RuleMetadata METADATA =
      rule(
              "trust-any-subject",
              Severity.CRITICAL,
              Impact.EXPOSURE,
              Category.LOOSE_TRUST,
              "Subject pattern matches every service account")
          .why(
              "The condition on <issuer>:sub is there, but its pattern, as * or"
                  + " system:serviceaccount:*, covers every service account of the cluster.")
          .risk(
              "Every service account of the cluster can become the role, as if there"
                  + " were no condition on the subject.")
          .remediation("Name the service account in place of the pattern.")
          .references(
              "https://docs.aws.amazon.com/eks/latest/userguide/associate-service-account-role.html",
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
        role, context, TrustAnySubject::observe, evidence -> violated(role, evidence, context));
  }

  private static List<Evidence> observe(AdmittingStatement admitted) {
    if (!Openness.of(admitted).equals(Optional.of(Openness.ANY_SUBJECT))) {
      return List.of();
    }
    List<Evidence> evidence = new ArrayList<>();
    for (Condition condition : admitted.subjectConditions()) {
      for (Text value : condition.values()) {
        if (new SubjectPattern(value.value()).coversAll()) {
          evidence.add(
              Evidence.in(
                  admitted.statement(),
                  condition,
                  value,
                  "every service account matches the pattern"));
        }
      }
    }
    return evidence.isEmpty()
        ? List.of(
            Evidence.in(admitted.statement(), "the values together match every service account")
                .withKey(admitted.subjectKey()))
        : evidence;
  }

  private static Verdict violated(Role role, List<Evidence> evidence, AuditContext context) {
    return Verdict.violated(
            METADATA.severity(),
            "The subject pattern admits every service account to role " + role.name(),
            evidence,
            Remediation.decide(
                "Decide which service accounts need the role; which ones do is not in the"
                    + " account's data.",
                "Name them: \"StringEquals\": {\"<issuer>:sub\":"
                    + " [\"system:serviceaccount:<namespace>:<name>\", …], \"<issuer>:aud\":"
                    + " \"sts.amazonaws.com\"}"))
        .withCluster(TrustedCluster.cluster(context.index().trust(role)));
  }
}
