package io.github.eksidentity.core.rules.loose;

import io.github.eksidentity.core.audit.AuditContext;
import io.github.eksidentity.core.facts.Role;
import io.github.eksidentity.core.index.AdmittingStatement;
import io.github.eksidentity.core.index.PodRequests;
import io.github.eksidentity.core.policy.tree.Condition;
import io.github.eksidentity.core.policy.tree.ConditionOperator.Comparison;
import io.github.eksidentity.core.policy.tree.PrincipalKind;
import io.github.eksidentity.core.policy.tree.Text;
import io.github.eksidentity.core.remedy.Change;
import io.github.eksidentity.core.remedy.Remediation;
import io.github.eksidentity.core.remedy.TrustEdit;
import io.github.eksidentity.core.rules.shared.VacuousConditions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Puts the keys of vacuous conditions right, where what they were meant to say is beyond doubt:
/// one provider, positive operators, exact subjects, the audience of EKS.
final class VacuousFix {
  private static final Pattern EXACT =
      Pattern.compile("system:serviceaccount:[a-z0-9-]+:[a-z0-9.-]+");
  private static final Set<Comparison> PLAIN =
      Set.of(Comparison.STRING_EQUALS, Comparison.STRING_LIKE);

  private VacuousFix() {}

  static Optional<Remediation> of(
      Role role, List<AdmittingStatement> concerned, AuditContext context) {
    if (concerned.size() != 1) {
      return Optional.empty();
    }
    AdmittingStatement admitted = concerned.getFirst();
    List<Condition> vacuous = VacuousConditions.in(admitted);
    List<Condition> subjects = vacuous.stream().filter(VacuousConditions::isSubject).toList();
    if (!vacuous.stream().allMatch(VacuousFix::clear)
        || admitted.statement().principals().of(PrincipalKind.FEDERATED).size() != 1
        || subjects.size() != (admitted.open() ? 1 : 0)
        || !admitted.audienceConditions().isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        Remediation.fix(
            "Write the keys with the issuer of the statement's provider, under StringEquals.",
            new Change.ReplaceTrustPolicy(
                role.arn(), role.trustDocument(), mend(role, admitted, vacuous, context))));
  }

  private static boolean clear(Condition condition) {
    List<String> values = condition.values().stream().map(Text::value).toList();
    boolean meant =
        VacuousConditions.isSubject(condition)
            ? values.stream().allMatch(value -> EXACT.matcher(value).matches())
            : VacuousConditions.isAudience(condition)
                && values.equals(List.of(PodRequests.DEFAULT_AUDIENCE));
    return meant && PLAIN.contains(condition.operator().comparison());
  }

  private static String mend(
      Role role, AdmittingStatement admitted, List<Condition> vacuous, AuditContext context) {
    int statement = admitted.statement().index();
    TrustEdit edit = TrustEdit.of(role.trustDocument());
    for (Condition condition : vacuous) {
      edit = edit.removeCondition(statement, condition.keyAt());
    }
    for (Condition condition : vacuous) {
      if (VacuousConditions.isSubject(condition)) {
        edit =
            edit.setCondition(
                statement,
                "StringEquals",
                admitted.subjectKey(),
                condition.values().stream().map(Text::value).toList());
      }
    }
    boolean audience = vacuous.stream().anyMatch(VacuousConditions::isAudience);
    return (audience || RegisteredAudiences.onlyDefault(admitted, context)
            ? edit.setCondition(
                statement,
                "StringEquals",
                admitted.audienceKey(),
                List.of(PodRequests.DEFAULT_AUDIENCE))
            : edit)
        .document();
  }
}
