package io.github.eksidentity.aws;

import java.util.function.Function;

/// What came of one call.
sealed interface Answer<T> {
  /// It answered.
  record Ok<T>(T value) implements Answer<T> {}

  /// What was asked for does not exist (any more).
  ///
  /// @param problem how to put it where it should have existed
  record Gone<T>(Problem problem) implements Answer<T> {}

  /// It failed, after all retries.
  record Failed<T>(Problem problem) implements Answer<T> {}

  default <R> Answer<R> map(Function<T, R> function) {
    return switch (this) {
      case Ok<T>(T value) -> new Ok<>(function.apply(value));
      case Gone<T>(Problem problem) -> new Gone<>(problem);
      case Failed<T>(Problem problem) -> new Failed<>(problem);
    };
  }
}
