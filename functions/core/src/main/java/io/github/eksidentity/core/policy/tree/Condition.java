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
  public Condition {
    values = List.copyOf(values);
  }

  /// Whether both test the same key by the same operator.
  public boolean sameTest(Condition other) {
    return operator.comparison() == other.operator.comparison()
        && operator.quantifier() == other.operator.quantifier()
        && operator.ifExists() == other.operator.ifExists()
        && key.equalsIgnoreCase(other.key);
  }
}
