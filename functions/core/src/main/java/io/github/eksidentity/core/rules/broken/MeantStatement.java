package io.github.eksidentity.core.rules.broken;

import io.github.eksidentity.core.index.PodRequests;
import io.github.eksidentity.core.policy.tree.Condition;
import io.github.eksidentity.core.policy.tree.ConditionOperator.Comparison;
import io.github.eksidentity.core.policy.tree.Statement;
import io.github.eksidentity.core.policy.tree.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// What a faulty statement was meant to say, as far as it shows whom somebody may be missing. Not a
/// proposal: a wildcard that is taken literally is read as one here.
final class MeantStatement {
  private MeantStatement() {}

  /// The statement with its faults read as they were meant.
  static Statement of(PodStatement way, List<? extends StatementFault> faults) {
    Statement meant = way.statement();
    for (StatementFault fault : faults) {
      meant = read(way, meant, fault);
    }
    return meant;
  }

  private static Statement read(PodStatement way, Statement old, StatementFault fault) {
    return switch (fault) {
      case StatementFault.OtherAction _ -> old.withAction(PodRequests.WEB_IDENTITY);
      case StatementFault.ForeignKey(Condition wrong, String right) ->
          change(old, wrong, condition -> Stream.of(condition.on(right)));
      case StatementFault.UnsupportedKey(Condition wrong) -> change(old, wrong, _ -> Stream.of());
      case StatementFault.UnknownKey(Condition wrong) -> change(old, wrong, _ -> Stream.of());
      case StatementFault.SwappedClaim(Condition wrong, Text value) ->
          swapped(way, old, wrong, value);
      case StatementFault.LiteralWildcard(Condition wrong, _) ->
          change(old, wrong, condition -> readWildcards(way, condition));
      case StatementFault.MalformedSubject malformed ->
          change(
              old, malformed.condition(), condition -> Stream.of(corrected(condition, malformed)));
      case StatementFault.OtherAudience(Condition wrong) -> change(old, wrong, _ -> Stream.of());
      case StatementFault.Contradiction(List<Condition> wrong) -> anyOf(way, old, wrong);
    };
  }

  /// Conditions are found by where their key stands, because an earlier fault of the same condition
  /// may have changed the rest.
  private static Statement change(
      Statement old,
      Condition wrong,
      java.util.function.Function<Condition, Stream<Condition>> to) {
    return old.with(
        old.conditions().stream()
            .flatMap(
                condition ->
                    condition.keyAt().equals(wrong.keyAt())
                        ? to.apply(condition)
                        : Stream.of(condition))
            .toList());
  }

  private static Statement swapped(PodStatement way, Statement old, Condition wrong, Text value) {
    UnaryOperator<Statement> without =
        statement -> change(statement, wrong, _ -> Stream.<Condition>of());
    return IntendedSubject.isMeant(value.value())
        ? without.apply(old).plus(wrong.on(way.subjectKey()).like(List.of(value)))
        : without.apply(old);
  }

  private static Stream<Condition> readWildcards(PodStatement way, Condition condition) {
    return condition.key().equalsIgnoreCase(way.subjectKey())
        ? Stream.of(condition.like(condition.values()))
        : Stream.of();
  }

  private static Condition corrected(
      Condition condition, StatementFault.MalformedSubject malformed) {
    return condition.with(
        condition.values().stream()
            .map(
                value ->
                    value.at().equals(malformed.value().at())
                        ? new Text(malformed.meant().orElse(value.value()), value.at())
                        : value)
            .toList());
  }

  /// Whoever is named by one of the conditions that exclude one another.
  private static Statement anyOf(PodStatement way, Statement old, List<Condition> wrong) {
    List<Condition> kept = new ArrayList<>(old.conditions());
    kept.removeAll(wrong);
    List<Text> named =
        wrong.stream()
            .filter(condition -> condition.key().equalsIgnoreCase(way.subjectKey()))
            .filter(condition -> condition.operator().comparison() != Comparison.NULL)
            .filter(condition -> !condition.operator().comparison().negated())
            .flatMap(condition -> condition.values().stream())
            .toList();
    Statement rest = old.with(kept);
    return named.isEmpty() || wrong.isEmpty()
        ? rest
        : rest.plus(wrong.getFirst().on(way.subjectKey()).like(named));
  }
}
