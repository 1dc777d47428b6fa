package io.github.eksidentity.testbed;

import io.github.eksidentity.core.facts.Inventory;
import io.github.eksidentity.snapshot.SnapshotException;
import io.github.eksidentity.snapshot.SnapshotReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/// Serves a snapshot, or a large made-up account, until its standard input ends. Each line on
/// standard input is answered with the calls so far.
///
/// `Main [--port N] [--latency-ms N] [--page-size N] (SNAPSHOT | --large)`
public final class Main {

  private Main() {}

  public static void main(String... args) throws IOException, SnapshotException {
    Behaviour behaviour = Behaviour.PROMPT;
    Optional<Path> snapshot = Optional.empty();
    Deque<String> rest = new ArrayDeque<>(List.of(args));
    while (!rest.isEmpty()) {
      String option = rest.pop();
      switch (option) {
        case "--port" -> behaviour = behaviour.withPort(Integer.parseInt(rest.pop()));
        case "--latency-ms" ->
            behaviour = behaviour.withLatency(Duration.ofMillis(Long.parseLong(rest.pop())));
        case "--page-size" -> behaviour = behaviour.withPageSize(Integer.parseInt(rest.pop()));
        case "--large" -> {}
        default -> snapshot = Optional.of(Path.of(option));
      }
    }
    Inventory inventory =
        snapshot.isPresent()
            ? SnapshotReader.read(snapshot.get(), true).inventory()
            : LargeAccount.inventory();
    try (TestBed bed = TestBed.serve(inventory, behaviour)) {
      System.out.println("listening on " + bed.endpoint());
      int input = System.in.read();
      while (input >= 0) {
        System.out.println(bed.callCounts());
        input = System.in.read();
      }
    }
  }
}
