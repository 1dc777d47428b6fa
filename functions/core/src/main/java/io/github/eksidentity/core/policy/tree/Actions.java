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

  /// Whether there is a wildcard before the colon of an action, which IAM refuses.
  public static boolean hasWildcardService(String action) {
    int colon = action.indexOf(':');
    return colon > 0 && Glob.hasWildcard(action.substring(0, colon));
  }
}
