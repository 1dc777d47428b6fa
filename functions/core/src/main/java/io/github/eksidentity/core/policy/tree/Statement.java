package io.github.eksidentity.core.policy.tree;

import io.github.eksidentity.core.json.Position;
import java.util.List;
import java.util.Optional;

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
}
