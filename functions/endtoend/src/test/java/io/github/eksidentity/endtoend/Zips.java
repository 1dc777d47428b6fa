package io.github.eksidentity.endtoend;

import java.nio.file.Files;
import java.nio.file.Path;

/// The zips as they would be deployed.
final class Zips {
  private static final int MIB = 1024 * 1024;

  private Zips() {}

  /// The zip of a function's module.
  static Path of(String module) {
    Path zip = Path.of("..", module, "target", module + ".zip");
    if (!Files.exists(zip)) {
      throw new IllegalStateException(
          "There is no " + module + ".zip; these tests need mvn verify, not mvn test.");
    }
    return zip;
  }

  /// The most bytes that a zip is meant to have.
  static long limit(String module) {
    return module.equals("audit") ? 20L * MIB : 12L * MIB;
  }
}
