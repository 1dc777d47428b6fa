package io.github.eksidentity.core.rules.loose;

import io.github.eksidentity.core.audit.AuditContext;
import io.github.eksidentity.core.audit.Evidence;
import io.github.eksidentity.core.audit.Verdict;
import io.github.eksidentity.core.facts.Role;
import io.github.eksidentity.core.index.AdmittingStatement;
import io.github.eksidentity.core.index.SubjectPattern;
import io.github.eksidentity.core.policy.admit.SubjectSet;
import io.github.eksidentity.core.policy.tree.Condition;
import io.github.eksidentity.core.policy.tree.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/// What the rules about loose trusts share: each looks at the same statements and speaks of its own
/// grade.
final class LooseStatements {
  private LooseStatements() {}

  /// Collects what a rule has to say of each statement that lets pods in.
  ///
  /// @param observe what the rule sees in a statement, nothing where it is not its concern
  /// @param violated the verdict on at least one observation
  static Verdict judge(
      Role role,
      AuditContext context,
      Function<AdmittingStatement, List<Evidence>> observe,
      Function<List<Evidence>, Verdict> violated) {
    List<Evidence> evidence = new ArrayList<>();
    Optional<String> hangsOn = Optional.empty();
    for (AdmittingStatement admitted : context.index().admitted(role)) {
      List<Evidence> observed = observe.apply(admitted);
      if (admitted.hangsOn().isEmpty()) {
        evidence.addAll(observed);
      } else if (!observed.isEmpty()) {
        hangsOn = admitted.hangsOn();
      }
    }
    return evidence.isEmpty()
        ? hangsOn.map(Verdict::undecided).orElseGet(Verdict::satisfied)
        : violated.apply(List.copyOf(evidence));
  }

  /// Like [#judge] for a rule about the patterns by which service accounts get in.
  static Verdict judgePatterns(
      Role role,
      AuditContext context,
      BiFunction<AdmittingStatement, SubjectPattern, Optional<Evidence>> observe,
      Function<List<Evidence>, Verdict> violated) {
    return judge(
        role,
        context,
        admitted ->
            admitted.subjects() instanceof SubjectSet.Undetermined(String reason)
                ? List.of(Evidence.in(admitted.statement(), reason))
                : patterns(admitted, observe),
        violated);
  }

  private static List<Evidence> patterns(
      AdmittingStatement admitted,
      BiFunction<AdmittingStatement, SubjectPattern, Optional<Evidence>> observe) {
    return admitted.patterns().stream()
        .flatMap(pattern -> observe.apply(admitted, pattern).stream())
        .toList();
  }

  /// An observation at the value that says so; a pattern that is the meeting of several values
  /// stands at the statement.
  static Evidence at(AdmittingStatement admitted, SubjectPattern pattern, String summary) {
    for (Condition condition : admitted.subjectConditions()) {
      for (Text value : condition.values()) {
        if (value.value().equals(pattern.text())) {
          return Evidence.in(admitted.statement(), condition, value, summary);
        }
      }
    }
    return Evidence.in(admitted.statement(), summary)
        .withKey(admitted.subjectKey())
        .withValue(pattern.text());
  }
}
