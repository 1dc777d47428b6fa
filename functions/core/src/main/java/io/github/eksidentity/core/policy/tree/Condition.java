package io.github.eksidentity.core.policy.tree;

import io.github.eksidentity.core.json.Position;
import java.util.List;

/// One key of one operator of a Condition element, with its values.
///
/// @param operator never null; a policy with an operator that IAM does not know has no Condition
/// here but a Problem
/// @param operatorAt where the operator's name begins
/// @param key the condition key as written; keys are compared without regard to letter case
/// @param keyAt where the key begins
/// @param values as written; an account id written as a number has lost its leading zero
public record Condition(
    ConditionOperator operator,
    Position operatorAt,
    String key,
    Position keyAt,
    List<Text> values) {
  private static final ConditionOperator LIKE = ConditionOperator.of("StringLike").orElseThrow();
  private static final ConditionOperator EQUALS =
      ConditionOperator.of("StringEquals").orElseThrow();

  public Condition {
    values = List.copyOf(values);
  }

  /// The condition with other values, for asking what would be.
  public Condition with(List<Text> others) {
    return new Condition(operator, operatorAt, key, keyAt, others);
  }

  /// The condition on another key.
  public Condition on(String other) {
    return new Condition(operator, operatorAt, other, keyAt, values);
  }

  /// The condition with values in which wildcards count.
  public Condition like(List<Text> patterns) {
    return new Condition(LIKE, operatorAt, key, keyAt, patterns);
  }

  /// StringEquals in its place.
  public Condition equal(String other, List<String> exact) {
    return new Condition(
        EQUALS,
        operatorAt,
        other,
        keyAt,
        exact.stream().map(value -> new Text(value, keyAt)).toList());
  }

  /// Whether both test the same key by the same operator.
  public boolean sameTest(Condition other) {
    return operator.comparison() == other.operator.comparison()
        && operator.quantifier() == other.operator.quantifier()
        && operator.ifExists() == other.operator.ifExists()
        && key.equalsIgnoreCase(other.key);
  }
}
