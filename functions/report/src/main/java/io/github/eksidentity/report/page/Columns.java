package io.github.eksidentity.report.page;

import java.util.ArrayList;
import java.util.List;

/// Text measured in columns of a terminal.
public final class Columns {
  /// First and last code points of blocks whose characters take two columns.
  private static final int[][] WIDE = {
    {0x1100, 0x115F},
    {0x2E80, 0x303E},
    {0x3041, 0xA4CF},
    {0xA960, 0xA97F},
    {0xAC00, 0xD7A3},
    {0xF900, 0xFAFF},
    {0xFE30, 0xFE6F},
    {0xFF00, 0xFF60},
    {0xFFE0, 0xFFE6},
    {0x1F300, 0x1FAFF},
    {0x20000, 0x3FFFD}
  };

  /// The first code point that can take another number of columns than one.
  private static final int FIRST_OTHER = 0x300;

  private Columns() {}

  /// The columns that a text takes.
  public static int of(String text) {
    return text.codePoints().map(Columns::of).sum();
  }

  /// The columns that a character takes: none where it stands on the one before it.
  public static int of(int point) {
    if (point < FIRST_OTHER) {
      return 1;
    }
    int type = Character.getType(point);
    if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK) {
      return 0;
    }
    for (int[] block : WIDE) {
      if (point >= block[0] && point <= block[1]) {
        return 2;
      }
    }
    return 1;
  }

  /// The text in lines of at most this many columns, broken at spaces where there are any.
  static List<String> wrap(String text, int width) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    int columns = 0;
    for (String word : text.split(" ", -1)) {
      if (!line.isEmpty() && columns + 1 + of(word) > width) {
        lines.add(line.toString());
        line.setLength(0);
      }
      List<String> pieces = of(word) > width ? cut(word, width) : List.of(word);
      for (String piece : pieces.subList(0, pieces.size() - 1)) {
        lines.add(piece);
      }
      columns = (line.isEmpty() ? 0 : columns + 1) + of(pieces.getLast());
      line.append(line.isEmpty() ? "" : " ").append(pieces.getLast());
    }
    lines.add(line.toString());
    return lines;
  }

  /// The text cut into pieces of at most this many columns, at least one.
  static List<String> cut(String text, int width) {
    List<String> pieces = new ArrayList<>();
    StringBuilder piece = new StringBuilder();
    int columns = 0;
    for (int point : text.codePoints().toArray()) {
      if (columns + of(point) > width && !piece.isEmpty()) {
        pieces.add(piece.toString());
        piece.setLength(0);
        columns = 0;
      }
      piece.appendCodePoint(point);
      columns += of(point);
    }
    pieces.add(piece.toString());
    return pieces;
  }

  /// The text, shortened in its middle where it takes more columns, because names differ at both
  /// ends.
  public static String shorten(String text, int width) {
    if (of(text) <= width) {
      return text;
    }
    int[] points = text.codePoints().toArray();
    int head = 0;
    int tail = points.length;
    int columns = 1;
    while (head < tail) {
      int next = head <= points.length - tail ? points[head] : points[tail - 1];
      if (columns + of(next) > width) {
        break;
      }
      columns += of(next);
      if (head <= points.length - tail) {
        head++;
      } else {
        tail--;
      }
    }
    return new String(points, 0, head) + "…" + new String(points, tail, points.length - tail);
  }
}
