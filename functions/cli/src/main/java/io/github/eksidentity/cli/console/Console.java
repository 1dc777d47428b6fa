package io.github.eksidentity.cli.console;

import io.github.eksidentity.report.page.Plain;
import io.github.eksidentity.report.page.TextOptions;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/// The world of one command: results go out, everything else to err, both in UTF-8.
///
/// @param outIsTerminal whether a person reads the results as they come
/// @param errIsTerminal whether a person watches the progress
/// @param environment environment variables
/// @param folder where relative paths begin
public record Console(
    InputStream in,
    OutputStream out,
    PrintStream err,
    boolean outIsTerminal,
    boolean errIsTerminal,
    Map<String, String> environment,
    Path folder) {
  /// The launcher says here which of `out` and `err` are terminals, because Java cannot tell them
  /// apart.
  private static final String TERMINALS = "eks-identity.terminals";

  /// The console of this process.
  public static Console ofProcess() {
    String terminals = System.getProperty(TERMINALS, "");
    return new Console(
        new FileInputStream(FileDescriptor.in),
        new FileOutputStream(FileDescriptor.out),
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8),
        terminals.contains("out"),
        terminals.contains("err"),
        System.getenv(),
        Path.of(""));
  }

  /// Writes results. A reader that has seen enough, as `head`, is no error.
  ///
  /// @throws Failure if they cannot be written
  public void print(String text) {
    try {
      out.write(text.getBytes(StandardCharsets.UTF_8));
      out.flush();
    } catch (IOException e) {
      if (!brokenPipe(e)) {
        throw new Failure("The results cannot be written to standard output: " + reason(e), e);
      }
    }
  }

  private static boolean brokenPipe(IOException e) {
    return reason(e).toLowerCase(Locale.ROOT).contains("broken pipe");
  }

  private static String reason(IOException e) {
    return String.valueOf(e.getMessage());
  }

  /// Says something to the person that is not a result.
  public void say(String text) {
    err.println(text);
  }

  /// Says what went wrong; names in it are escaped.
  public void complain(String sentence) {
    err.println("eks-identity: " + Plain.of(sentence));
  }

  /// Whether results are coloured: only for a terminal that shows colours to a person who wants
  /// them.
  public boolean colour() {
    return outIsTerminal
        && environment.getOrDefault("NO_COLOR", "").isEmpty()
        && !environment.getOrDefault("TERM", "").equals("dumb");
  }

  /// Columns of the terminal.
  public int width() {
    String columns = environment.getOrDefault("COLUMNS", "");
    return columns.matches("[1-9]\\d{0,3}") ? Integer.parseInt(columns) : TextOptions.DEFAULT_WIDTH;
  }

  /// Columns of a table: those of the terminal, or of whoever says how many there are; what reads a
  /// pipe or a file wants names whole.
  public int tableWidth() {
    return outIsTerminal || environment.containsKey("COLUMNS") ? width() : TextOptions.WHOLE;
  }

  /// A path as the user meant it.
  public Path path(String text) {
    return folder.resolve(text);
  }
}
