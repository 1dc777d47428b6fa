package io.github.eksidentity.core.facts;

import java.util.Optional;

/// How well a scope was read. A scope that could not be read is never an empty list.
public sealed interface Coverage {
  /// Everything in the scope was read.
  record Complete() implements Coverage {}

  /// Some of it was read.
  ///
  /// @param permission the IAM action that is missing, where that is the reason
  record Partial(String reason, Optional<String> permission) implements Coverage {}

  /// None of it could be read.
  ///
  /// @param permission the IAM action that is missing, where that is the reason
  record Failed(String reason, Optional<String> permission) implements Coverage {}

  /// It was not meant to be read, or the source does not hold it.
  record Skipped(String reason) implements Coverage {
    /// Left out because somebody asked for something else.
    public static final Skipped ON_PURPOSE = new Skipped("not asked for");
  }

  /// Whether everything in the scope was read.
  default boolean isComplete() {
    return this instanceof Complete;
  }

  /// Whether reading it was tried and did not fully succeed.
  default boolean failed() {
    return !isComplete() && !(this instanceof Skipped);
  }

  /// One word: complete, partial, failed or skipped.
  default String status() {
    return switch (this) {
      case Complete() -> "complete";
      case Partial _ -> "partial";
      case Failed _ -> "failed";
      case Skipped _ -> "skipped";
    };
  }

  /// Why the scope is not complete; empty for a complete one.
  default String reason() {
    return switch (this) {
      case Complete() -> "";
      case Partial(String reason, _) -> reason;
      case Failed(String reason, _) -> reason;
      case Skipped(String reason) -> reason;
    };
  }
}
