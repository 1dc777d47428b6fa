package io.github.eksidentity.core.permissions;

/// Whether a role may do one thing.
public sealed interface Permission {
  /// A statement allows it and nothing that was read stands against it.
  ///
  /// @param by the first statement that allows it
  record Allowed(Grant by) implements Permission {}

  /// No statement allows it, or one denies it, or the permissions boundary leaves it out.
  ///
  /// @param reason in one sentence without a full stop
  record NotAllowed(String reason) implements Permission {}

  /// It hangs on a condition, a policy variable or a policy that was not read.
  ///
  /// @param reason in one sentence without a full stop
  record Undetermined(String reason) implements Permission {}

  /// A statement of a policy of the role.
  ///
  /// @param policy name of the inline policy or ARN of the managed one
  record Grant(String policy, PermissionStatement statement) {}

  /// Whether it is allowed for certain.
  default boolean isAllowed() {
    return this instanceof Allowed;
  }
}
