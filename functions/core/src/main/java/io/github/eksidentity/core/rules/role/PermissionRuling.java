package io.github.eksidentity.core.rules.role;

import io.github.eksidentity.core.audit.Verdict;

/// Whether a role may do something to any resource.
sealed interface PermissionRuling {
  /// It may.
  record Allowed() implements PermissionRuling {}

  /// It may not.
  ///
  /// @param reason in one sentence without a full stop
  /// @param simulated whether IAM's simulator said so, and not only the documents
  /// @param certain whether no policy of a resource can allow it either
  record Missing(String reason, boolean simulated, boolean certain) implements PermissionRuling {}

  /// It cannot be said.
  record Open(Verdict verdict) implements PermissionRuling {}
}
