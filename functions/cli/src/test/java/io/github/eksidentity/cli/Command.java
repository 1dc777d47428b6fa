package io.github.eksidentity.cli;

import io.github.eksidentity.cli.console.Console;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/// A command line run in this process.
public final class Command {
  private final Map<String, String> environment = new HashMap<>();
  private final Path folder;
  private String input = "";
  private boolean terminal;

  private Command(Path folder) {
    this.folder = folder;
  }

  /// What came of it.
  public record Result(int exitCode, String out, String err) {
    /// Both streams, for the message of an assertion.
    public String all() {
      return "exit code " + exitCode + "\n--- out\n" + out + "\n--- err\n" + err;
    }
  }

  /// A command run in this folder.
  public static Command in(Path folder) {
    return new Command(folder);
  }

  public Command with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  public Command input(String text) {
    input = text;
    return this;
  }

  public Command onTerminal() {
    terminal = true;
    return this;
  }

  public Result run(String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Console console =
        new Console(
            new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
            out,
            new PrintStream(err, true, StandardCharsets.UTF_8),
            terminal,
            terminal,
            environment,
            folder);
    int exitCode = Cli.run(console, args);
    return new Result(
        exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  /// Copies the demo's account into a folder, where a test may change it.
  public static Path demo(Path target) {
    Path source = Path.of("src/main/resources/demo");
    try (var files = Files.walk(source)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path copy = target.resolve(source.relativize(file).toString());
        Files.createDirectories(copy.toAbsolutePath().getParent());
        Files.copy(file, copy);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return target;
  }
}
