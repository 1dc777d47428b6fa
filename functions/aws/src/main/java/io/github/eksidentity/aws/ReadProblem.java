package io.github.eksidentity.aws;

import io.github.eksidentity.core.facts.Coverage;
import java.util.Optional;

/// Why something could not be read.
///
/// @param reason in plain words, without a full stop
/// @param permission the IAM action that is missing, where that is the reason
record ReadProblem(Kind kind, String reason, Optional<String> permission) {
  /// What a collector may react to.
  enum Kind {
    /// IAM, an SCP or a boundary does not allow the call.
    DENIED,
    /// The credentials are no longer valid, for no call.
    EXPIRED,
    /// The region does not know the credentials, as one that is not enabled does.
    NOT_ENABLED,
    /// Anything else.
    OTHER
  }

  static ReadProblem other(String reason) {
    return new ReadProblem(Kind.OTHER, reason, Optional.empty());
  }

  /// The same with words before the reason.
  ReadProblem within(String context) {
    return new ReadProblem(kind, context + ": " + reason, permission);
  }

  Coverage failed() {
    return new Coverage.Failed(reason, permission);
  }

  Coverage partial() {
    return new Coverage.Partial(reason, permission);
  }

  /// The coverage of a scope of which something or nothing was read, and perhaps a problem met.
  static Coverage coverage(boolean anythingRead, Optional<ReadProblem> problem) {
    return problem
        .map(met -> anythingRead ? met.partial() : met.failed())
        .orElseGet(Coverage.Complete::new);
  }
}
