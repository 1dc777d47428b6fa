package io.github.eksidentity.kubernetes;

import java.util.OptionalInt;

/// Why something of a cluster could not be read.
sealed interface Unreadable {
  /// The cluster does not know the caller: HTTP 401.
  ///
  /// @param caller who it was
  /// @param tokenBytes how long the bearer token was; empty without one
  record Unauthorized(Caller caller, OptionalInt tokenBytes) implements Unreadable {}

  /// The cluster knows the caller and does not allow it: HTTP 403, or a review that says so.
  record Forbidden() implements Unreadable {}

  /// No request can be made with the bearer token, and none was.
  ///
  /// @param detail part of a sentence, which repeats nothing of the token
  record MalformedToken(String detail) implements Unreadable {}

  /// Nobody answers at its address.
  ///
  /// @param detail as `connection refused`
  /// @param attempts how often it was tried
  record Unreachable(String detail, int attempts) implements Unreadable {}

  /// The certificate that was shown at its address is not the cluster's.
  record Untrusted(CertificateFault fault) implements Unreadable {}

  /// The TLS handshake came to no end.
  ///
  /// @param detail as `the connection was closed`
  /// @param attempts how often it was tried
  record Handshake(String detail, int attempts) implements Unreadable {}

  /// A connection that stood broke before the whole answer was there.
  ///
  /// @param attempts how often it was tried
  record Broken(int attempts) implements Unreadable {}

  /// Too many requests, HTTP 429, as long as its time lasted.
  ///
  /// @param attempts how often it was tried
  record Busy(int attempts) implements Unreadable {}

  /// Another status than those of success.
  ///
  /// @param attempts how often it was tried
  record Answered(int status, int attempts) implements Unreadable {}

  /// It took too long.
  record TimedOut() implements Unreadable {}

  /// The answer is not one of Kubernetes.
  ///
  /// @param detail part of a sentence
  record Malformed(String detail) implements Unreadable {}

  /// Whether whatever else is asked of the cluster would fail for the same reason.
  ///
  /// @param answered whether anything was answered before
  default boolean isOfAll(boolean answered) {
    return switch (this) {
      case TimedOut _, MalformedToken _ -> true;
      case Unreachable _, Untrusted _, Handshake _ -> !answered;
      case Unauthorized _, Forbidden _, Broken _, Busy _, Answered _, Malformed _ -> false;
    };
  }
}
