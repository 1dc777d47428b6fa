package io.github.eksidentity.aws;

import java.util.function.Function;

/// What came of one call.
sealed interface CallOutcome<T> {
  /// It answered.
  record Ok<T>(T value) implements CallOutcome<T> {}

  /// What was asked for does not exist (any more).
  ///
  /// @param problem how to put it where it should have existed
  record Gone<T>(ReadProblem problem) implements CallOutcome<T> {}

  /// It failed, after all retries.
  record Failed<T>(ReadProblem problem) implements CallOutcome<T> {}

  default <R> CallOutcome<R> map(Function<T, R> function) {
    return switch (this) {
      case Ok<T>(T value) -> new Ok<>(function.apply(value));
      case Gone<T>(ReadProblem problem) -> new Gone<>(problem);
      case Failed<T>(ReadProblem problem) -> new Failed<>(problem);
    };
  }
}
