package io.github.eksidentity.core.permissions;

import io.github.eksidentity.core.policy.tree.Effect;
import io.github.eksidentity.core.policy.tree.Glob;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// One statement of a permissions policy.
///
/// Documented at
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html>.
///
/// @param index place among the statements, from 0
/// @param notAction whether the statement covers every action but those named
/// @param actions action patterns as written; compared without regard to letter case
/// @param notResource whether the statement covers every resource but those named
/// @param resources resource patterns as written
/// @param conditionKeys condition keys in lower case; whether they hold is not known from a policy
public record PermissionStatement(
    int index,
    Optional<String> sid,
    Effect effect,
    boolean notAction,
    List<String> actions,
    boolean notResource,
    List<String> resources,
    Set<String> conditionKeys) {
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{[^}]*}");

  public PermissionStatement {
    actions = List.copyOf(actions);
    resources = List.copyOf(resources);
    conditionKeys = Set.copyOf(conditionKeys);
  }

  /// Whether a condition must hold besides.
  public boolean conditional() {
    return !conditionKeys.isEmpty();
  }

  /// Whether the action is among those that the statement is about.
  public boolean coversAction(String action) {
    String folded = action.toLowerCase(Locale.ROOT);
    boolean named =
        actions.stream()
            .anyMatch(pattern -> Glob.matches(pattern.toLowerCase(Locale.ROOT), folded));
    return named != notAction;
  }

  Cover covers(String action, String resource) {
    Cover cover = Cover.of(coversAction(action)).and(coversResource(resource));
    return conditional() ? cover.and(Cover.PERHAPS) : cover;
  }

  private Cover coversResource(String resource) {
    Cover named = Cover.NO;
    for (String pattern : resources) {
      Cover one = matches(pattern, resource);
      named = one.compareTo(named) > 0 ? one : named;
    }
    return notResource ? named.not() : named;
  }

  /// A variable may stand for anything.
  private static Cover matches(String pattern, String resource) {
    String widest = VARIABLE.matcher(pattern).replaceAll("*");
    boolean matches = Glob.matches(widest, resource);
    return matches && !widest.equals(pattern) ? Cover.PERHAPS : Cover.of(matches);
  }
}
