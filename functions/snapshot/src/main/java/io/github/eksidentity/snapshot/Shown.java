package io.github.eksidentity.snapshot;

import io.github.eksidentity.core.json.Json;

/// Text from outside, made fit for a message.
final class Shown {
  private static final int LONGEST_VALUE = 120;

  private Shown() {}

  /// The text with control and other invisible characters written as escapes.
  static String plain(String text) {
    StringBuilder plain = new StringBuilder(text.length());
    text.codePoints().forEach(point -> append(plain, point));
    return plain.toString();
  }

  /// A value in double quotes, cut where it is long.
  static String quoted(String value) {
    String cut = value.length() <= LONGEST_VALUE ? value : value.substring(0, LONGEST_VALUE) + "…";
    return '"' + plain(cut) + '"';
  }

  /// Names the type of a value, and where the type alone says nothing, the value.
  static String value(Json value) {
    return switch (value) {
      case Json.Num(_, String text) -> "the number " + text;
      case Json.Str(_, String text) -> quoted(text);
      case Json other -> other.kind();
    };
  }

  private static void append(StringBuilder plain, int point) {
    switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          plain.append("\\u%04X".formatted(point));
      default -> plain.appendCodePoint(point);
    }
  }
}
