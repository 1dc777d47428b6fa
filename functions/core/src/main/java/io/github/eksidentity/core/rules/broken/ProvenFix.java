package io.github.eksidentity.core.rules.broken;

import io.github.eksidentity.core.audit.AuditContext;
import io.github.eksidentity.core.audit.Rule;
import io.github.eksidentity.core.audit.Verdict;
import io.github.eksidentity.core.facts.Role;
import io.github.eksidentity.core.policy.tree.Statement;
import io.github.eksidentity.core.remedy.Change;
import io.github.eksidentity.core.remedy.Remediation;
import io.github.eksidentity.core.remedy.TrustEdit;
import io.github.eksidentity.core.rules.loose.LooseTrustRules;
import io.github.eksidentity.core.rules.shared.TrustSize;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Proves a corrected trust policy before it is proposed.
final class ProvenFix {
  private ProvenFix() {}

  /// The corrections of every broken statement together, if each has one and the result is proved;
  /// otherwise empty.
  ///
  /// @param correct the edit of one broken statement, empty where whom to admit is not evident
  static <F extends StatementFault> Optional<Remediation> fix(
      Role role,
      List<BrokenStatement<F>> broken,
      Correction<F> correct,
      String advice,
      AuditContext context) {
    Optional<TrustEdit> edit = Optional.of(TrustEdit.of(role.trustDocument()));
    for (BrokenStatement<F> one : broken) {
      edit = edit.flatMap(before -> correct.apply(before, one));
    }
    return edit.map(TrustEdit::document).flatMap(after -> replace(role, after, advice, context));
  }

  /// An edit of one broken statement.
  interface Correction<F extends StatementFault> {
    Optional<TrustEdit> apply(TrustEdit edit, BrokenStatement<F> broken);
  }

  /// A fix that puts another document in place of the role's, if that makes it less faulty and by
  /// no measure looser than it is, and does not come near the limit of its size.
  static Optional<Remediation> replace(
      Role role, String after, String advice, AuditContext context) {
    Role mended = role.withTrust(after);
    AuditContext then = context.alone(mended);
    boolean proved =
        then.index().trust(mended).parsed().accepted()
            && (!TrustSize.isNear(after, context)
                || TrustSize.isNear(role.trustDocument(), context))
            && isBetter(role, context, mended, then)
            && !isLooser(role, context, mended, then);
    return proved
        ? Optional.of(
            Remediation.fix(
                advice, new Change.ReplaceTrustPolicy(role.arn(), role.trustDocument(), after)))
        : Optional.empty();
  }

  /// The statements about one provider that were faulty have fewer kinds of faults now, those
  /// without faults let somebody in, and no fault is new.
  private static boolean isBetter(Role role, AuditContext context, Role mended, AuditContext then) {
    Map<Class<?>, Long> before = faults(TrustDiagnosis.of(role, context));
    TrustDiagnosis diagnosis = TrustDiagnosis.of(mended, then);
    Map<Class<?>, Long> after = faults(diagnosis);
    return after.entrySet().stream()
            .allMatch(entry -> before.getOrDefault(entry.getKey(), 0L) >= entry.getValue())
        && (after.isEmpty() || after.keySet().size() < before.keySet().size())
        && diagnosis.ways().stream()
            .filter(each -> each.faults().isEmpty())
            .noneMatch(each -> each.way().throughEveryDeny().nobody());
  }

  private static Map<Class<?>, Long> faults(TrustDiagnosis diagnosis) {
    return diagnosis.ways().stream()
        .flatMap(each -> each.faults().stream())
        .collect(Collectors.groupingBy(Object::getClass, Collectors.counting()));
  }

  private static boolean isLooser(Role role, AuditContext context, Role mended, AuditContext then) {
    AuditContext now = context.alone(role);
    return LooseTrustRules.ALL.stream()
        .filter(Rule.OnRole.class::isInstance)
        .map(Rule.OnRole.class::cast)
        .anyMatch(
            rule ->
                observations(rule.evaluate(mended, then)) > observations(rule.evaluate(role, now)));
  }

  private static int observations(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Violated violated -> violated.evidence().size();
      case Verdict.Satisfied _, Verdict.Undecided _ -> 0;
    };
  }

  /// Adds a condition on the audience to statements that have none and whose provider accepts no
  /// other than that of EKS, so that a statement that begins to work is not looser than it must be.
  static TrustEdit withAudience(TrustEdit edit, PodStatement way, Statement read) {
    boolean named =
        read.conditions().stream()
            .anyMatch(condition -> condition.key().equalsIgnoreCase(way.audienceKey()));
    return named || way.audiences().size() != 1
        ? edit
        : edit.setCondition(
            read.index(), "StringEquals", way.audienceKey(), List.copyOf(way.audiences()));
  }
}
