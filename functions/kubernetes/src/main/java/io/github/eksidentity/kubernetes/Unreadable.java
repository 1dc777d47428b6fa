package io.github.eksidentity.kubernetes;

/// Why something of a cluster could not be read.
sealed interface Unreadable {
  /// The cluster does not know the caller: HTTP 401.
  record Unauthorized() implements Unreadable {}

  /// The cluster knows the caller and does not allow it: HTTP 403, or a review that says so.
  record Forbidden() implements Unreadable {}

  /// Nobody answers at its address.
  ///
  /// @param detail as `connection refused`
  record Unreachable(String detail) implements Unreadable {}

  /// It took too long.
  record TimedOut() implements Unreadable {}

  /// The answer is not one of Kubernetes.
  ///
  /// @param detail part of a sentence
  record Malformed(String detail) implements Unreadable {}
}
