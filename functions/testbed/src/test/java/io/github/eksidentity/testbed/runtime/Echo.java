package io.github.eksidentity.testbed.runtime;

import java.util.Map;

/// A function for the runtime's own test.
public final class Echo {
  /// Does what the event says.
  public String handleRequest(Map<String, String> event) {
    System.out.println("got " + event.get("say"));
    return switch (event.getOrDefault("do", "answer")) {
      case "throw" -> throw new IllegalStateException("asked to fail: " + event.get("say"));
      case "exit" -> {
        Runtime.getRuntime().halt(7);
        yield "";
      }
      case "hang" -> {
        new java.util.concurrent.Semaphore(0).acquireUninterruptibly();
        yield "";
      }
      default -> event.get("say") + " " + System.getenv("GREETING");
    };
  }
}
