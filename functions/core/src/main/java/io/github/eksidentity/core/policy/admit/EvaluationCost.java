package io.github.eksidentity.core.policy.admit;

import io.github.eksidentity.core.policy.tree.Condition;
import io.github.eksidentity.core.policy.tree.Statement;
import io.github.eksidentity.core.policy.tree.TrustPolicy;

/// What it costs to decide one request by a policy, in units of [Work].
final class EvaluationCost {
  private static final int OF_STATEMENT = 400;
  private static final int OF_CONDITION = 300;
  private static final int OF_VALUE = 100;

  private EvaluationCost() {}

  static long of(TrustPolicy policy) {
    long cost = 0;
    for (Statement statement : policy.statements()) {
      cost += OF_STATEMENT;
      for (Condition condition : statement.conditions()) {
        cost += OF_CONDITION + (long) OF_VALUE * condition.values().size();
      }
    }
    return cost;
  }
}
