package io.github.eksidentity.core.policy.admit;

import io.github.eksidentity.core.policy.evaluate.OperatorEvaluation;
import io.github.eksidentity.core.policy.evaluate.Request;
import io.github.eksidentity.core.policy.tree.Condition;
import io.github.eksidentity.core.policy.tree.ConditionOperator.Comparison;
import io.github.eksidentity.core.policy.tree.ConditionOperator.Quantifier;
import io.github.eksidentity.core.policy.tree.Text;
import io.github.eksidentity.core.policy.tree.Truth;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// A condition on a key that only the moment of a call tells. Two that are equal hold together.
///
/// @param key in lower case
/// @param variables whether variables in the values are resolved
record MomentTest(
    Comparison comparison,
    Quantifier quantifier,
    boolean ifExists,
    String key,
    Set<String> values,
    boolean variables) {
  static MomentTest of(Condition condition, boolean variables) {
    Set<String> values = new TreeSet<>();
    condition.values().forEach(value -> values.add(value.value()));
    return new MomentTest(
        condition.operator().comparison(),
        condition.operator().quantifier(),
        condition.operator().ifExists(),
        condition.key().toLowerCase(Locale.ROOT),
        values,
        variables);
  }

  /// Whether the condition holds at a moment.
  ///
  /// @param anybody the call, of which everything else is known
  /// @param context what comes with it at that moment; an empty list where a key is absent
  Truth at(Condition condition, Request anybody, Map<String, List<String>> context) {
    Request request =
        new Request(
            anybody.kind(),
            anybody.principal(),
            anybody.roleAccount(),
            anybody.action(),
            context,
            anybody.undetermined());
    return OperatorEvaluation.evaluate(condition, request, variables).truth();
  }

  /// The condition as a person reads it.
  static String shown(Condition condition) {
    return condition.operator().text()
        + " "
        + condition.key()
        + " "
        + condition.values().stream().map(Text::value).toList();
  }
}
