package io.github.eksidentity.testbed.runtime;

import java.time.Duration;

/// What came of one invocation, and how long it took from the event's delivery.
public sealed interface Outcome {
  Duration duration();

  /// The handler returned.
  ///
  /// @param payload what it returned, JSON
  record Returned(String payload, Duration duration) implements Outcome {}

  /// The handler threw, or the runtime could not start it.
  ///
  /// @param payload the error as the runtime client reports it: `errorType`, `errorMessage`,
  /// `stackTrace`
  record Failed(String payload, Duration duration) implements Outcome {}

  /// The process ended in the middle.
  record Exited(int status, Duration duration) implements Outcome {}

  /// The time limit came first, and the process was killed, as Lambda does.
  record TimedOut(Duration duration) implements Outcome {}
}
