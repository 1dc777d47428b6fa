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
import io.github.eksidentity.core.facts.Subject;
import io.github.eksidentity.core.index.AdmittingStatement;
import io.github.eksidentity.core.index.RoleTrust;
import io.github.eksidentity.core.index.SubjectPattern;
import io.github.eksidentity.core.policy.admit.Admission;
import io.github.eksidentity.core.policy.tree.Condition;
import io.github.eksidentity.core.policy.tree.Text;
import io.github.eksidentity.core.remedy.Change;
import io.github.eksidentity.core.remedy.Remediation;
import io.github.eksidentity.core.remedy.TrustEdit;
import io.github.eksidentity.core.rules.shared.TrustedCluster;
import java.util.List;
import java.util.Optional;

/// Flags a wildcard inside a name that covers more service accounts than its reader sees.
public final class TrustPartialWildcard implements Rule.OnRole {
  /// The pattern of the EFS CSI driver's documentation, and the service accounts that it means.
  public static final String EFS = Subject.PREFIX + "kube-system:efs-csi-*";

  public static final List<String> EFS_ACCOUNTS =
      List.of(
          Subject.PREFIX + "kube-system:efs-csi-controller-sa",
          Subject.PREFIX + "kube-system:efs-csi-node-sa");

  private static final RuleMetadata METADATA =
      rule(
              "trust-partial-wildcard",
              Severity.MEDIUM,
              Impact.EXPOSURE,
              Category.LOOSE_TRUST,
              "Wildcard inside a name covers other service accounts too")
          .why(
              "A wildcard stands for any text, the colon between namespace and name included, and"
                  + " not for a word: team-a* is also team-ab and team-a-sandbox. The documentation"
                  + " of the EFS CSI driver writes efs-csi-* for its two service accounts.")
          .risk(
              "Who may create a namespace or a service account whose name fits has the role's"
                  + " permissions.")
          .remediation("List the service accounts by their full names.")
          .references(
              "https://docs.aws.amazon.com/eks/latest/userguide/associate-service-account-role.html",
              "https://docs.aws.amazon.com/eks/latest/userguide/efs-csi.html",
              "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html")
          .marks(EdgeMark.LOOSE)
          .needs(Need.IAM)
          .build();

  @Override
  public RuleMetadata metadata() {
    return METADATA;
  }

  @Override
  public Verdict evaluate(Role role, AuditContext context) {
    return LooseStatements.judgePatterns(
        role,
        context,
        TrustPartialWildcard::observe,
        evidence -> violated(role, evidence, context));
  }

  private static Optional<Evidence> observe(AdmittingStatement admitted, SubjectPattern pattern) {
    if (!pattern.hasWildcard()
        || pattern.nameInAnyNamespace().isPresent()
        || pattern.namespaceOfAnyName().isPresent()) {
      return Optional.empty();
    }
    Optional<String> surprise =
        pattern.surprise().filter(subject -> Admission.contains(admitted.subjects(), subject));
    Evidence evidence = LooseStatements.at(admitted, pattern, summary(pattern, surprise));
    return Optional.of(surprise.map(evidence::withClaim).orElse(evidence));
  }

  private static String summary(SubjectPattern pattern, Optional<String> surprise) {
    String example = surprise.map(subject -> "; " + subject + " gets in too").orElse("");
    if (pattern.text().equals(EFS)) {
      return "the EFS CSI driver's documentation writes this pattern for "
          + "efs-csi-controller-sa and efs-csi-node-sa"
          + example;
    }
    if (pattern.swallowsColon()) {
      return "the wildcard reaches across the colon into the other name" + example;
    }
    return pattern.namespace().isEmpty()
        ? "the wildcard covers other namespaces" + example
        : "the wildcard covers other names of the namespace" + example;
  }

  private static Verdict violated(Role role, List<Evidence> evidence, AuditContext context) {
    boolean anyNamespace =
        evidence.stream()
            .flatMap(found -> found.value().stream())
            .anyMatch(value -> new SubjectPattern(value).reachesAnyNamespace());
    RoleTrust trust = context.index().trust(role);
    return Verdict.violated(
            anyNamespace ? Severity.HIGH : METADATA.severity(),
            "A wildcard admits more service accounts than it seems to role " + role.name(),
            evidence,
            efsFix(role, evidence, context)
                .orElseGet(
                    () ->
                        Remediation.decide(
                            "Decide which service accounts the pattern is meant for.",
                            "List them: \"StringEquals\": {\"<issuer>:sub\":"
                                + " [\"system:serviceaccount:<namespace>:<name>\", …]}")))
        .withCluster(TrustedCluster.cluster(trust));
  }

  private static Optional<Remediation> efsFix(
      Role role, List<Evidence> evidence, AuditContext context) {
    List<AdmittingStatement> doors =
        context.index().admitted(role).stream()
            .filter(admitted -> !admitted.patterns().isEmpty())
            .toList();
    if (evidence.size() != 1 || doors.size() != 1) {
      return Optional.empty();
    }
    AdmittingStatement only = doors.getFirst();
    List<Condition> conditions = only.subjectConditions();
    if (conditions.size() != 1 || !Text.join(conditions.getFirst().values()).equals(EFS)) {
      return Optional.empty();
    }
    int statement = only.statement().index();
    String after =
        TrustEdit.of(role.trustDocument())
            .removeCondition(statement, conditions.getFirst().keyAt())
            .setCondition(statement, "StringEquals", only.subjectKey(), EFS_ACCOUNTS)
            .document();
    return Optional.of(
        Remediation.fix(
            "Name the two service accounts of the EFS CSI driver.",
            new Change.ReplaceTrustPolicy(role.arn(), role.trustDocument(), after)));
  }
}
