package io.github.eksidentity.testbed;

import io.github.eksidentity.core.facts.Inventory;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/// Serves an account until its standard input ends.
///
/// `Main [--port N] [--latency-ms N] [--page-size N] --large`
public final class Main {
  private static final long SEED = 20_26;

  private Main() {}

  public static void main(String... args) throws IOException {
    Behaviour behaviour = Behaviour.PROMPT;
    Deque<String> rest = new ArrayDeque<>(List.of(args));
    Inventory inventory = Accounts.generate(Accounts.Size.LARGE, SEED);
    while (!rest.isEmpty()) {
      String option = rest.pop();
      switch (option) {
        case "--port" -> behaviour = behaviour.withPort(Integer.parseInt(rest.pop()));
        case "--latency-ms" ->
            behaviour = behaviour.withLatency(Duration.ofMillis(Long.parseLong(rest.pop())));
        case "--page-size" -> behaviour = behaviour.withPageSize(Integer.parseInt(rest.pop()));
        case "--large" -> inventory = Accounts.generate(Accounts.Size.LARGE, SEED);
        default -> throw new IllegalArgumentException("unknown option " + option);
      }
    }
    try (TestBed bed = TestBed.serve(inventory, behaviour)) {
      System.out.println("listening on " + bed.endpoint());
      while (System.in.read() >= 0) {
        System.out.println(bed.callCounts());
      }
    }
  }
}
