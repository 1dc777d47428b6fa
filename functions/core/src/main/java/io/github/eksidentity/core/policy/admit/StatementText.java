package io.github.eksidentity.core.policy.admit;

import io.github.eksidentity.core.policy.tree.Condition;
import io.github.eksidentity.core.policy.tree.Effect;
import io.github.eksidentity.core.policy.tree.LetterCase;
import io.github.eksidentity.core.policy.tree.Statement;
import io.github.eksidentity.core.policy.tree.Text;
import io.github.eksidentity.core.policy.tree.TrustPolicy;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/// What a statement says, without its place, its name and the order of what has none.
///
/// @param principals kind and value of each, `*` for everyone
/// @param conditions operator and key, with its values
record StatementText(
    Effect effect,
    boolean notPrincipal,
    Set<String> principals,
    boolean notAction,
    Set<String> actions,
    Map<String, Set<String>> conditions) {

  static StatementText of(Statement statement) {
    Set<String> principals =
        statement.principals().everyone()
            ? Set.of("*")
            : sorted(
                statement.principals().entries(),
                entry -> entry.kind().element() + " " + entry.value());
    return new StatementText(
        statement.effect(),
        statement.principals().negated(),
        principals,
        statement.actions().negated(),
        sorted(statement.actions().patterns(), text -> LetterCase.foldAscii(text.value())),
        conditions(statement));
  }

  /// Whether two policies have the same statements, in whatever order.
  static boolean same(TrustPolicy one, TrustPolicy other) {
    return all(one).equals(all(other));
  }

  private static Map<StatementText, Long> all(TrustPolicy policy) {
    return policy.statements().stream()
        .collect(Collectors.groupingBy(StatementText::of, Collectors.counting()));
  }

  /// A key that stands twice under one operator makes one entry for each, because that is not the
  /// same as both in one.
  private static Map<String, Set<String>> conditions(Statement statement) {
    List<Condition> conditions = new ArrayList<>(statement.conditions());
    Map<String, Set<String>> texts = new java.util.TreeMap<>();
    for (Condition condition : conditions) {
      String name = LetterCase.foldAscii(condition.operator().text() + " " + condition.key());
      String unique = name;
      for (int i = 2; texts.containsKey(unique); i++) {
        unique = name + " " + i;
      }
      texts.put(unique, sorted(condition.values(), Text::value));
    }
    return texts;
  }

  private static <T> Set<String> sorted(Collection<T> items, Function<T, String> text) {
    return items.stream().map(text).collect(Collectors.toCollection(TreeSet::new));
  }
}
