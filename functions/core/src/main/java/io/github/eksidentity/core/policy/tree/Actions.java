package io.github.eksidentity.core.policy.tree;

import io.github.eksidentity.core.json.Position;
import java.util.List;

/// The Action or NotAction element of a statement.
///
/// @param negated true for NotAction
/// @param patterns action names, wildcards allowed, in order
/// @param at where the element's value begins
public record Actions(boolean negated, List<Text> patterns, Position at) {
  public Actions {
    patterns = List.copyOf(patterns);
  }
}
