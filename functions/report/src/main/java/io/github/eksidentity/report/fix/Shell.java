package io.github.eksidentity.report.fix;

import io.github.eksidentity.report.page.Columns;
import io.github.eksidentity.report.page.Plain;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// Words of a command line for a POSIX shell.
public final class Shell {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9@%+=:,./_-]+");
  /// A word as [#quote] or a person writes it.
  private static final Pattern WORD =
      Pattern.compile("(?:'[^']*'|\"(?:\\\\.|[^\"\\\\])*\"|\\\\.|[^\\s'\"\\\\])+");

  private static final int LONG_LINE = 100;
  private static final int LONGEST_FOLDED = 2000;
  private static final int INDENT = 4;
  private static final String CONTINUED = " \\\n    ";

  private Shell() {}

  /// Whether a command can hand a word on, and a person can paste it. No argument can hold U+0000,
  /// a lone surrogate is no character, and a shell drops line breaks at the end of what it
  /// substitutes.
  static boolean canPass(String word) {
    return word.indexOf(0) < 0
        && !word.endsWith("\n")
        && word.codePoints().noneMatch(point -> Character.getType(point) == Character.SURROGATE);
  }

  /// What stands in the place of a command that cannot pass a word on.
  static String refused(String word) {
    return "# Not printed as a command: no shell can pass on \"" + Plain.of(word) + "\".";
  }

  /// The word in quotes where it needs them, in a form that every POSIX shell understands. What a
  /// terminal would obey or hide, or a person take for something else, is written as octal numbers.
  ///
  /// @throws IllegalArgumentException where no command can hand it on, see [#canPass]
  static String quote(String word) {
    if (!canPass(word)) {
      throw new IllegalArgumentException("no shell can pass this on");
    }
    if (PLAIN.matcher(word).matches()) {
      return word;
    }
    return Plain.of(word).equals(word) ? "'" + word.replace("'", "'\\''") + "'" : printed(word);
  }

  private static String printed(String word) {
    StringBuilder quoted = new StringBuilder("\"$(printf '");
    byte[] bytes = word.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < bytes.length; i++) {
      char unit = (char) (bytes[i] & 0xff);
      // a hyphen that comes first would be an option of printf
      boolean literal = unit < 0x80 && PLAIN.matcher(String.valueOf(unit)).matches() && unit != '%';
      if (literal && !(i == 0 && unit == '-')) {
        quoted.append(unit);
      } else {
        quoted.append("\\%03o".formatted((int) unit));
      }
    }
    return quoted.append("')\"").toString();
  }

  /// A command of these words, continued on further lines before an option where it is long; a
  /// comment that says why where a word cannot be passed on.
  public static String command(String... words) {
    List<String> quoted = new ArrayList<>();
    for (String word : words) {
      if (!canPass(word)) {
        return refused(word);
      }
      quoted.add(quote(word));
    }
    String line = String.join(" ", quoted);
    return line.length() <= LONG_LINE ? line : folded(quoted);
  }

  private static String folded(List<String> words) {
    StringBuilder command = new StringBuilder();
    for (String word : words) {
      command.append(command.isEmpty() ? "" : word.startsWith("--") ? CONTINUED : " ").append(word);
    }
    return command.toString();
  }

  /// One command, continued on further lines before options where it is wider. What holds several
  /// commands or a document, or is very long, stays as it is.
  public static String fold(String command, int width) {
    String oneLine = command.replace(CONTINUED, " ");
    if (oneLine.indexOf('\n') >= 0
        || oneLine.length() > LONGEST_FOLDED
        || Columns.of(oneLine) <= width) {
      return command;
    }
    StringBuilder folded = new StringBuilder();
    StringBuilder line = new StringBuilder();
    for (String part : options(oneLine)) {
      if (!line.isEmpty() && INDENT + Columns.of(line + " " + part + " \\") > width) {
        folded.append(line).append(CONTINUED);
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(part);
    }
    return folded.append(line).toString();
  }

  /// The command itself and each option with its values.
  private static List<String> options(String command) {
    List<String> parts = new ArrayList<>();
    for (String word : WORD.matcher(command).results().map(MatchResult::group).toList()) {
      if (parts.isEmpty() || word.startsWith("--")) {
        parts.add(word);
      } else {
        parts.set(parts.size() - 1, parts.getLast() + " " + word);
      }
    }
    return parts;
  }

  /// The command with a JSON document as its last word. It stands between quotes and not after the
  /// command, so that it can be indented and pasted as it is printed.
  static String withDocument(String command, String document) {
    if (command.startsWith("#")) {
      return command;
    }
    return command + " '" + document.replace("'", "\\u0027") + "'";
  }
}
