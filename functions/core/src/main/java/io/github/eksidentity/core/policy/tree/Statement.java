package io.github.eksidentity.core.policy.tree;

import io.github.eksidentity.core.json.Position;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// One statement of a trust policy.
///
/// @param index place among the statements, from 0
/// @param conditions every key of every operator; all must hold
/// @param at where the statement begins
public record Statement(
    int index,
    Optional<String> sid,
    Effect effect,
    Principals principals,
    Actions actions,
    List<Condition> conditions,
    Position at) {
  public Statement {
    conditions = List.copyOf(conditions);
  }

  /// The statement under other conditions, for asking what would be.
  public Statement with(List<Condition> others) {
    return new Statement(index, sid, effect, principals, actions, others, at);
  }

  /// The statement with one more condition.
  public Statement plus(Condition condition) {
    return with(Stream.concat(conditions.stream(), Stream.of(condition)).toList());
  }

  /// The statement with one action in place of its own.
  public Statement withAction(String action) {
    Position place = actions.at();
    Actions alone = new Actions(false, List.of(new Text(action, place)), place);
    return new Statement(index, sid, effect, principals, alone, conditions, at);
  }

  /// The statement as one that allows, for asking whether it matches.
  public Statement allowing() {
    return new Statement(index, sid, Effect.ALLOW, principals, actions, conditions, at);
  }
}
