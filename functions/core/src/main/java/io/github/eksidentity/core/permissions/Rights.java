package io.github.eksidentity.core.permissions;

import io.github.eksidentity.core.policy.tree.Effect;
import java.util.List;
import java.util.Locale;

/// What a role can do at a glance, from its Allow statements: at most this. What Deny statements, a
/// permissions boundary or conditions take away is not counted.
public enum Rights {
  /// No policy allows anything.
  NONE,
  /// Only actions that read.
  READ,
  /// Actions that change something, or that hand out access.
  WRITE,
  /// Every action on every resource, or a way to that.
  ADMIN,
  /// A policy was not read.
  UNKNOWN;

  private static final String ANY_ACTION = "eks-identity-any-name:AnyAction";

  /// The first words of the names of actions that read, in lower case.
  private static final List<String> READING =
      List.of(
          "batchget",
          "check",
          "describe",
          "estimate",
          "filter",
          "get",
          "head",
          "list",
          "lookup",
          "preview",
          "query",
          "read",
          "scan",
          "search",
          "select",
          "simulate",
          "view");

  /// The rights of a role.
  public static Rights of(RolePermissions permissions) {
    if (permissions.on(ANY_ACTION, "*").isAllowed()) {
      return ADMIN;
    }
    if (!permissions.unread().isEmpty()) {
      return UNKNOWN;
    }
    Rights most = NONE;
    for (PermissionsPolicy policy : permissions.policies()) {
      for (PermissionStatement statement : policy.statements()) {
        if (statement.effect() == Effect.ALLOW) {
          Rights rights = of(statement);
          most = rights.compareTo(most) > 0 ? rights : most;
        }
      }
    }
    return most;
  }

  private static Rights of(PermissionStatement statement) {
    return !statement.notAction() && statement.actions().stream().allMatch(Rights::reads)
        ? READ
        : WRITE;
  }

  private static boolean reads(String action) {
    String name = action.substring(action.indexOf(':') + 1).toLowerCase(Locale.ROOT);
    return READING.stream().anyMatch(name::startsWith);
  }

  /// The rights as output writes them: lower case.
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
