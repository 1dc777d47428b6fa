package io.github.eksidentity.testbed;

import java.time.Duration;
import java.util.List;

/// How the test bed answers.
///
/// @param port where it listens on the loopback interface; 0 for any free port
/// @param pageSize the most items of a page, whatever a call asks for
/// @param latency from a call's arrival to its answer
/// @param faults the first that a call meets is what it gets
public record Behaviour(int port, int pageSize, Duration latency, List<FaultRule> faults) {
  /// At once, in pages as large as AWS's largest, without faults.
  public static final Behaviour PROMPT = new Behaviour(0, 1000, Duration.ZERO, List.of());

  public Behaviour {
    faults = List.copyOf(faults);
    if (pageSize < 1) {
      throw new IllegalArgumentException("a page holds at least one item");
    }
  }

  public Behaviour withPort(int number) {
    return new Behaviour(number, pageSize, latency, faults);
  }

  public Behaviour withPageSize(int items) {
    return new Behaviour(port, items, latency, faults);
  }

  public Behaviour withLatency(Duration time) {
    return new Behaviour(port, pageSize, time, faults);
  }

  public Behaviour withFaults(FaultRule... rules) {
    return new Behaviour(port, pageSize, latency, List.of(rules));
  }
}
