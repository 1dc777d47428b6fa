package io.github.eksidentity.core.probe;

/// What came of asking STS for a role with a token of a service account.
public sealed interface ProbeOutcome {
  /// STS gave credentials, which nobody looked at.
  record Proved() implements ProbeOutcome {}

  /// STS answered, and refused.
  ///
  /// @param code as `AccessDenied`
  /// @param message STS's own words, without the token
  record Refused(String code, String message) implements ProbeOutcome {}

  /// It did not come to an answer about the token.
  ///
  /// @param reason in one sentence without a full stop
  record NotTried(String reason) implements ProbeOutcome {}

  /// One word: proved, refused or unknown.
  default String id() {
    return switch (this) {
      case Proved _ -> "proved";
      case Refused _ -> "refused";
      case NotTried _ -> "unknown";
    };
  }
}
