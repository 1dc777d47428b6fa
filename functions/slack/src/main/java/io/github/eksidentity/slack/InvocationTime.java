package io.github.eksidentity.slack;

import java.time.Duration;

/// The time of one invocation.
interface InvocationTime {
  /// How much of it is left.
  Duration left();

  /// Lets time pass.
  void pause(Duration time) throws InterruptedException;
}
