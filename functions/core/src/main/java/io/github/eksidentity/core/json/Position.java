package io.github.eksidentity.core.json;

/// A place in a source text.
///
/// @param line first line is 1
/// @param column first column is 1, counted in UTF-16 units
public record Position(int line, int column) implements Comparable<Position> {
  /// The beginning of a text.
  public static final Position START = new Position(1, 1);

  public Position {
    if (line < 1 || column < 1) {
      throw new IllegalArgumentException("line and column count from 1");
    }
  }

  @Override
  public int compareTo(Position other) {
    return line != other.line
        ? Integer.compare(line, other.line)
        : Integer.compare(column, other.column);
  }

  @Override
  public String toString() {
    return "line " + line + ", column " + column;
  }
}
