package io.github.eksidentity.report.page;

import java.util.BitSet;

/// Text from outside made fit for a terminal. Names in an account are written by whoever may create
/// a role there.
public final class Plain {
  private Plain() {}

  /// Blank although Unicode takes them for letters, symbols or marks: fillers of Hangul, the
  /// Braille pattern without dots, vowels of Khmer and selectors that nobody sees.
  private static final String BLANK =
      "\u034F\u115F\u1160\u17B4\u17B5\u180B\u180C\u180D\u180F\u2800\u3164\uFFA0";

  private static final int FIRST_SELECTOR = 0xFE00;
  private static final int LAST_SELECTOR = 0xFE0F;
  private static final int FIRST_FURTHER_SELECTOR = 0xE0100;
  private static final int LAST_FURTHER_SELECTOR = 0xE01EF;

  /// The text with everything that a terminal obeys, reorders or hides written as an escape:
  /// control and format characters, line breaks, blank letters, lone surrogates, private and
  /// unassigned code points; and what is taken for another character by sight.
  public static String of(String text) {
    if (text.chars().allMatch(c -> c >= ' ' && c < 0x7F)) {
      return text;
    }
    int[] points = text.codePoints().toArray();
    BitSet alike = LookAlikes.in(points);
    StringBuilder plain = new StringBuilder(text.length() + 8);
    for (int i = 0; i < points.length; i++) {
      switch (points[i]) {
        case '\n' -> plain.append("\\n");
        case '\r' -> plain.append("\\r");
        case '\t' -> plain.append("\\t");
        default -> {
          if (alike.get(i) || hidden(points[i])) {
            plain.append(escape(points[i]));
          } else {
            plain.appendCodePoint(points[i]);
          }
        }
      }
    }
    return plain.toString();
  }

  /// Whether a character would be shown as an escape wherever it stands.
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
      default -> point != ' ' && (Character.isSpaceChar(point) || isBlank(point));
    };
  }

  private static boolean isBlank(int point) {
    return BLANK.indexOf(point) >= 0
        || (point >= FIRST_SELECTOR && point <= LAST_SELECTOR)
        || (point >= FIRST_FURTHER_SELECTOR && point <= LAST_FURTHER_SELECTOR);
  }

  /// The escape of a character in the form that JSON understands.
  public static String escape(int point) {
    StringBuilder escape = new StringBuilder();
    for (char unit : Character.toChars(point)) {
      escape.append("\\u%04X".formatted((int) unit));
    }
    return escape.toString();
  }
}
