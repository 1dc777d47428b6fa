package io.github.eksidentity.core.rules.shared;

import io.github.eksidentity.core.policy.tree.Actions;
import io.github.eksidentity.core.policy.tree.Glob;
import java.util.Locale;

/// Whether a statement is about an action.
public final class ActionCover {
  private ActionCover() {}

  /// Whether an Action element names the action, or a NotAction element does not; actions compare
  /// without regard to letter case.
  public static boolean of(Actions actions, String action) {
    String folded = action.toLowerCase(Locale.ROOT);
    boolean named =
        actions.patterns().stream()
            .anyMatch(pattern -> Glob.matches(pattern.value().toLowerCase(Locale.ROOT), folded));
    return named != actions.negated();
  }
}
