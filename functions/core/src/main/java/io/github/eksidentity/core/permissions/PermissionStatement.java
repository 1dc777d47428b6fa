package io.github.eksidentity.core.permissions;

import io.github.eksidentity.core.policy.tree.Actions;
import io.github.eksidentity.core.policy.tree.Effect;
import io.github.eksidentity.core.policy.tree.Glob;
import io.github.eksidentity.core.policy.tree.Truth;
import java.util.List;
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
/// @param neededKeys keys in lower case that must be in the request for the statement to match at
/// all: one that a condition or every resource hangs on
public record PermissionStatement(
    int index,
    Optional<String> sid,
    Effect effect,
    boolean notAction,
    List<String> actions,
    boolean notResource,
    List<String> resources,
    Set<String> conditionKeys,
    Set<String> neededKeys) {
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{[^}]*}");

  public PermissionStatement {
    actions = List.copyOf(actions);
    resources = List.copyOf(resources);
    conditionKeys = Set.copyOf(conditionKeys);
    neededKeys = Set.copyOf(neededKeys);
  }

  /// Whether a condition must hold besides.
  public boolean conditional() {
    return !conditionKeys.isEmpty();
  }

  /// Whether the action is among those that the statement is about.
  public boolean coversAction(String action) {
    return actions.stream().anyMatch(pattern -> Actions.names(pattern, action)) != notAction;
  }

  Truth covers(String action, String resource) {
    Truth cover = Truth.of(coversAction(action)).and(coversResource(resource));
    return conditional() ? cover.and(Truth.UNKNOWN) : cover;
  }

  private Truth coversResource(String resource) {
    Truth named = Truth.NO;
    for (String pattern : resources) {
      named = named.or(matches(pattern, resource));
    }
    return notResource ? named.not() : named;
  }

  /// A variable may stand for anything.
  private static Truth matches(String pattern, String resource) {
    String widest = VARIABLE.matcher(pattern).replaceAll("*");
    boolean matches = Glob.matches(widest, resource);
    return matches && !widest.equals(pattern) ? Truth.UNKNOWN : Truth.of(matches);
  }
}
