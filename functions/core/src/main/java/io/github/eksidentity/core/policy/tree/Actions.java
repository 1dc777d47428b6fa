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

  /// Whether an Action element names the action, or a NotAction element does not.
  public boolean covers(String action) {
    return patterns.stream().anyMatch(pattern -> names(pattern.value(), action)) != negated;
  }

  /// Whether a pattern of IAM names an action. Letter case does not count; IAM's actions are ASCII,
  /// so no other character is another case of one.
  public static boolean names(String pattern, String action) {
    return Glob.matches(LetterCase.foldAscii(pattern), LetterCase.foldAscii(action));
  }

  /// Whether there is a wildcard before the colon of an action, which IAM refuses.
  public static boolean hasWildcardService(String action) {
    int colon = action.indexOf(':');
    return colon > 0 && Glob.hasWildcard(action.substring(0, colon));
  }
}
