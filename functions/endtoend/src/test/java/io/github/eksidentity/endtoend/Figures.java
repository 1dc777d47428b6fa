package io.github.eksidentity.endtoend;

import io.github.eksidentity.testbed.runtime.LambdaFunction;
import io.github.eksidentity.testbed.runtime.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// What was measured of each function that was started, for `.ci/figures.py`.
final class Figures {
  private static final Path FILE = Path.of("target", "figures.jsonl");

  private Figures() {}

  /// Adds a line about a function that has answered its first event.
  ///
  /// @param name of the zip
  static void record(String name, LambdaFunction function, Outcome first) {
    String line =
        """
        {"function": "%s", "initMillis": %d, "firstEventMillis": %d, "cpuMillis": %d, "peakKiB": %d}
        """
            .formatted(
                name,
                function.init().toMillis(),
                first.duration().toMillis(),
                function.cpu().toMillis(),
                function.peakKiB().orElse(0));
    try {
      Files.createDirectories(FILE.getParent());
      Files.writeString(FILE, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
