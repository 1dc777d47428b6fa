package io.github.eksidentity.core.rules.broken;

import io.github.eksidentity.core.policy.tree.Condition;
import io.github.eksidentity.core.policy.tree.ConditionOperator;
import io.github.eksidentity.core.policy.tree.Text;
import java.util.List;

/// Conditions with one part changed, for asking what would be.
final class Conditions {
  private static final ConditionOperator LIKE = ConditionOperator.of("StringLike").orElseThrow();
  private static final ConditionOperator EQUALS =
      ConditionOperator.of("StringEquals").orElseThrow();

  private Conditions() {}

  /// The condition with other values.
  static Condition with(Condition old, List<Text> values) {
    return new Condition(old.operator(), old.operatorAt(), old.key(), old.keyAt(), values);
  }

  /// The condition on another key.
  static Condition on(Condition old, String key) {
    return new Condition(old.operator(), old.operatorAt(), key, old.keyAt(), old.values());
  }

  /// The condition with values in which wildcards count.
  static Condition like(Condition old, List<Text> values) {
    return new Condition(LIKE, old.operatorAt(), old.key(), old.keyAt(), values);
  }

  /// StringEquals in the place of a condition.
  static Condition equal(Condition old, String key, List<String> values) {
    return new Condition(
        EQUALS,
        old.operatorAt(),
        key,
        old.keyAt(),
        values.stream().map(value -> new Text(value, old.keyAt())).toList());
  }
}
