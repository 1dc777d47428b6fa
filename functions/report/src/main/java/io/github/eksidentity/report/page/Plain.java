package io.github.eksidentity.report.page;

/// Text from outside made fit for a terminal. Names in an account are written by whoever may create
/// a role there.
public final class Plain {
  private Plain() {}

  /// The text with everything that a terminal obeys, reorders or hides written as an escape:
  /// control and format characters, line breaks, lone surrogates, private and unassigned code
  /// points.
  public static String of(String text) {
    if (text.chars().allMatch(c -> c >= ' ' && c < 0x7F)) {
      return text;
    }
    StringBuilder plain = new StringBuilder(text.length() + 8);
    text.codePoints().forEach(point -> append(plain, point));
    return plain.toString();
  }

  /// Whether a character would be shown as an escape.
  public static boolean hidden(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> point != ' ' && Character.isSpaceChar(point);
    };
  }

  /// The escape of a character in the form that JSON understands.
  public static String escape(int point) {
    StringBuilder escape = new StringBuilder();
    for (char unit : Character.toChars(point)) {
      escape.append("\\u%04X".formatted((int) unit));
    }
    return escape.toString();
  }

  private static void append(StringBuilder plain, int point) {
    switch (point) {
      case '\n' -> plain.append("\\n");
      case '\r' -> plain.append("\\r");
      case '\t' -> plain.append("\\t");
      default -> {
        if (hidden(point)) {
          plain.append(escape(point));
        } else {
          plain.appendCodePoint(point);
        }
      }
    }
  }
}
