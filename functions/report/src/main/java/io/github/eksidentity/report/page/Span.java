package io.github.eksidentity.report.page;

import java.util.BitSet;

/// A text of which some characters are marked, because there it differs from another one.
///
/// @param text escaped
/// @param marks indexes of the marked characters
public record Span(String text, BitSet marks) {
  private static final String CARET = "^";

  public static Span unmarked(String text) {
    return new Span(Plain.of(text), new BitSet());
  }

  /// A text with the characters marked by which it differs from the other one. What is common at
  /// the beginning and the end is not marked; of equally long rests only the characters that
  /// differ.
  public static Span against(String text, String other) {
    String mine = Plain.of(text);
    String theirs = Plain.of(other);
    int shorter = Math.min(mine.length(), theirs.length());
    int head = 0;
    while (head < shorter && mine.charAt(head) == theirs.charAt(head)) {
      head++;
    }
    int tail = 0;
    while (tail < shorter - head
        && mine.charAt(mine.length() - 1 - tail) == theirs.charAt(theirs.length() - 1 - tail)) {
      tail++;
    }
    BitSet marks = new BitSet();
    if (2 * (head + tail) < Math.max(mine.length(), theirs.length())) {
      return new Span(mine, marks);
    }
    for (int i = head; i < mine.length() - tail; i++) {
      marks.set(i, mine.length() != theirs.length() || mine.charAt(i) != theirs.charAt(i));
    }
    return new Span(mine, marks);
  }

  /// The line of carets below a piece of the text that begins at an index.
  String carets(int from, String piece) {
    StringBuilder carets = new StringBuilder();
    for (int i = 0; i < piece.length(); i += Character.charCount(piece.codePointAt(i))) {
      int columns = Columns.of(piece.codePointAt(i));
      carets.repeat(marks.get(from + i) ? CARET : " ", columns);
    }
    return carets.toString();
  }
}
