package io.github.eksidentity.report.fix;

import io.github.eksidentity.report.page.Columns;
import io.github.eksidentity.report.page.Plain;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// Words of a command line for a POSIX shell.
public final class Shell {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9@%+=:,./_-]+");
  /// A word as [#quote] or a person writes it.
  private static final Pattern WORD =
      Pattern.compile(
          "(?:\\$'(?:\\\\.|[^'\\\\])*'|'[^']*'|\"(?:\\\\.|[^\"\\\\])*\"|\\\\.|[^\\s'\"\\\\])+");

  private static final int LONG_LINE = 100;
  private static final int LONGEST_FOLDED = 2000;
  private static final int INDENT = 4;
  private static final String CONTINUED = " \\\n    ";

  private Shell() {}

  /// The word in quotes where it needs them. A character that a terminal would obey or hide is
  /// written as an escape.
  static String quote(String word) {
    if (PLAIN.matcher(word).matches()) {
      return word;
    }
    return word.codePoints().anyMatch(Plain::hidden)
        ? escaped(word)
        : "'" + word.replace("'", "'\\''") + "'";
  }

  private static String escaped(String word) {
    StringBuilder quoted = new StringBuilder("$'");
    word.codePoints()
        .forEach(
            point -> {
              if (point == '\'' || point == '\\') {
                quoted.append('\\').appendCodePoint(point);
              } else if (point < 0x80 && Plain.hidden(point)) {
                quoted.append("\\x%02x".formatted(point));
              } else if (Plain.hidden(point)) {
                quoted.append("\\U%08x".formatted(point));
              } else {
                quoted.appendCodePoint(point);
              }
            });
    return quoted.append('\'').toString();
  }

  /// A command of these words, continued on further lines before an option where it is long.
  public static String command(String... words) {
    List<String> quoted = new ArrayList<>();
    for (String word : words) {
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

  /// The command with a document on its standard input.
  static String withInput(String command, String document) {
    String end = "EOF";
    while (document.lines().toList().contains(end)) {
      end += "_";
    }
    return command + " <<'" + end + "'\n" + document + (document.endsWith("\n") ? "" : "\n") + end;
  }
}
