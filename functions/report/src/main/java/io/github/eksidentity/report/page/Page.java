package io.github.eksidentity.report.page;

import java.util.List;

/// Lines of text within a width. Everything that is added is escaped here, so that no name from
/// outside reaches the terminal as it is.
public final class Page {
  private final StringBuilder text = new StringBuilder();
  private final int width;
  private final boolean whole;
  private final boolean colour;

  /// @param width of lines, or [TextOptions#WHOLE]
  public Page(int width, boolean colour) {
    this.width = TextOptions.fitting(width);
    this.whole = width == TextOptions.WHOLE;
    this.colour = colour;
  }

  public int width() {
    return width;
  }

  public Page blank() {
    int end = text.length();
    if (end > 1 && text.charAt(end - 2) != '\n') {
      text.append('\n');
    }
    return this;
  }

  /// A paragraph, wrapped.
  public Page paragraph(int indent, Style style, String words) {
    return hanging(indent, "", style, words);
  }

  /// A paragraph whose further lines stand below the words behind a label.
  public Page hanging(int indent, String label, Style style, String words) {
    String head = " ".repeat(indent) + label;
    int start = Columns.of(head);
    List<String> lines = Columns.wrap(Plain.of(words), Math.max(10, width - start));
    for (int i = 0; i < lines.size(); i++) {
      text.append(i == 0 ? head : " ".repeat(start));
      text.append(style.on(lines.get(i), colour)).append('\n');
    }
    return this;
  }

  /// Whether no line is to be cut.
  public boolean whole() {
    return whole;
  }

  /// One line that is shortened in its middle where it would not fit and may be cut.
  public Page line(int indent, Style style, String words) {
    String plain = Plain.of(words);
    text.append(" ".repeat(indent))
        .append(style.on(whole ? plain : Columns.shorten(plain, width - indent), colour))
        .append('\n');
    return this;
  }

  /// A value that must be readable to its last character, broken anywhere, with marks below the
  /// characters of a range.
  public Page marked(int indent, String label, Span value, Style mark) {
    String head = " ".repeat(indent) + label;
    int start = Columns.of(head);
    int from = 0;
    List<String> pieces = Columns.cut(value.text(), Math.max(10, width - start));
    for (int i = 0; i < pieces.size(); i++) {
      String piece = pieces.get(i);
      text.append(i == 0 ? head : " ".repeat(start)).append(piece).append('\n');
      String carets = value.carets(from, piece);
      if (!carets.isBlank()) {
        text.append(" ".repeat(start)).append(mark.on(carets.stripTrailing(), colour)).append('\n');
      }
      from += piece.length();
    }
    return this;
  }

  /// Lines that are to be copied: neither wrapped nor cut, only escaped where they are not plain.
  public Page verbatim(int indent, String block) {
    block
        .lines()
        .forEach(line -> text.append(" ".repeat(indent)).append(Plain.of(line)).append('\n'));
    return this;
  }

  /// A diff: verbatim, coloured by the first character of each line.
  public Page diff(int indent, String block) {
    block
        .lines()
        .forEach(
            line ->
                text.append(" ".repeat(indent))
                    .append(ofDiff(line).on(Plain.of(line), colour))
                    .append('\n'));
    return this;
  }

  private static Style ofDiff(String line) {
    if (line.startsWith("+++") || line.startsWith("---") || line.startsWith("@@")) {
      return Style.DIM;
    }
    return line.startsWith("+") ? Style.GREEN : line.startsWith("-") ? Style.RED : Style.NONE;
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
