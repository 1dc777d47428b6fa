package io.github.eksidentity.core.rules.shared;

import io.github.eksidentity.core.json.Position;
import io.github.eksidentity.core.policy.tree.Actions;
import io.github.eksidentity.core.policy.tree.Condition;
import io.github.eksidentity.core.policy.tree.Statement;
import io.github.eksidentity.core.policy.tree.Text;
import java.util.ArrayList;
import java.util.List;

/// Statements with one part changed, for asking what would be.
public final class Statements {
  private Statements() {}

  /// The statement under other conditions.
  public static Statement with(Statement old, List<Condition> conditions) {
    return new Statement(
        old.index(),
        old.sid(),
        old.effect(),
        old.principals(),
        old.actions(),
        conditions,
        old.at());
  }

  /// The statement with one more condition.
  public static Statement plus(Statement old, Condition condition) {
    List<Condition> conditions = new ArrayList<>(old.conditions());
    conditions.add(condition);
    return with(old, conditions);
  }

  /// The statement with one action in place of its own.
  public static Statement withAction(Statement old, String action) {
    Position at = old.actions().at();
    return new Statement(
        old.index(),
        old.sid(),
        old.effect(),
        old.principals(),
        new Actions(false, List.of(new Text(action, at)), at),
        old.conditions(),
        old.at());
  }
}
