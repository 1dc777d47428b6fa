package io.github.eksidentity.core.webhook;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// Reads texts as the standard library of Go does, in which EKS's webhook is written. What that
/// library refuses is empty here.
final class GoText {
  private static final Set<String> TRUE = Set.of("1", "t", "T", "true", "TRUE", "True");
  private static final Set<String> FALSE = Set.of("0", "f", "F", "false", "FALSE", "False");

  private GoText() {}

  /// `strconv.ParseBool`.
  ///
  /// Documented at <https://pkg.go.dev/strconv#ParseBool>.
  static Optional<Boolean> bool(String text) {
    if (TRUE.contains(text)) {
      return Optional.of(true);
    }
    return FALSE.contains(text) ? Optional.of(false) : Optional.empty();
  }

  /// `strconv.ParseInt(text, 10, 64)`: a sign is allowed, white space and underscores are not.
  ///
  /// Documented at <https://pkg.go.dev/strconv#ParseInt>.
  static OptionalLong whole(String text) {
    String digits = text.startsWith("+") || text.startsWith("-") ? text.substring(1) : text;
    if (digits.isEmpty() || !digits.chars().allMatch(one -> one >= '0' && one <= '9')) {
      return OptionalLong.empty();
    }
    try {
      return OptionalLong.of(Long.parseLong(text));
    } catch (NumberFormatException _) {
      return OptionalLong.empty();
    }
  }

  /// The first record that `encoding/csv` reads with its default settings; none where the text is
  /// empty or breaks the rules of quotes. Lines without anything are passed over.
  ///
  /// Documented at <https://pkg.go.dev/encoding/csv#Reader>.
  static List<String> firstRecord(String text) {
    Lines lines = new Lines(text);
    Optional<String> line = lines.next();
    while (line.filter("\n"::equals).isPresent()) {
      line = lines.next();
    }
    return line.flatMap(first -> record(first, lines)).orElse(List.of());
  }

  private static Optional<List<String>> record(String first, Lines lines) {
    List<String> fields = new ArrayList<>();
    String rest = first;
    while (true) {
      if (!rest.startsWith("\"")) {
        int comma = rest.indexOf(',');
        String field = comma < 0 ? withoutEnd(rest) : rest.substring(0, comma);
        if (field.contains("\"")) {
          return Optional.empty();
        }
        fields.add(field);
        if (comma < 0) {
          return Optional.of(fields);
        }
        rest = rest.substring(comma + 1);
      } else {
        Optional<Quoted> quoted = quoted(rest.substring(1), lines);
        if (quoted.isEmpty()) {
          return Optional.empty();
        }
        fields.add(quoted.get().field());
        if (quoted.get().rest().isEmpty()) {
          return Optional.of(fields);
        }
        rest = quoted.get().rest().get();
      }
    }
  }

  /// A quoted field.
  ///
  /// @param rest what follows the comma after it; empty at the end of the record
  private record Quoted(String field, Optional<String> rest) {}

  private static Optional<Quoted> quoted(String afterQuote, Lines lines) {
    StringBuilder field = new StringBuilder();
    String rest = afterQuote;
    while (true) {
      int quote = rest.indexOf('"');
      if (quote < 0) {
        field.append(rest);
        Optional<String> line = lines.next();
        if (line.isEmpty()) {
          return Optional.empty();
        }
        rest = line.get();
        continue;
      }
      field.append(rest, 0, quote);
      rest = rest.substring(quote + 1);
      if (rest.startsWith("\"")) {
        field.append('"');
        rest = rest.substring(1);
      } else if (rest.startsWith(",")) {
        return Optional.of(new Quoted(field.toString(), Optional.of(rest.substring(1))));
      } else {
        return withoutEnd(rest).isEmpty()
            ? Optional.of(new Quoted(field.toString(), Optional.empty()))
            : Optional.empty();
      }
    }
  }

  private static String withoutEnd(String line) {
    return line.endsWith("\n") ? line.substring(0, line.length() - 1) : line;
  }

  /// Lines with their ends: `\r\n` is read as `\n`, and a `\r` at the end of the text is dropped.
  private static final class Lines {
    private String left;

    Lines(String text) {
      left = text;
    }

    Optional<String> next() {
      if (left.isEmpty()) {
        return Optional.empty();
      }
      int end = left.indexOf('\n');
      String line = end < 0 ? left : left.substring(0, end + 1);
      left = left.substring(line.length());
      if (line.endsWith("\r\n")) {
        return Optional.of(line.substring(0, line.length() - 2) + "\n");
      }
      return Optional.of(
          end < 0 && line.endsWith("\r") ? line.substring(0, line.length() - 1) : line);
    }
  }
}
