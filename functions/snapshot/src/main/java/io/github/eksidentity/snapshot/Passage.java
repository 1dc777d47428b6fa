package io.github.eksidentity.snapshot;

import org.jspecify.annotations.Nullable;

/// What a parser has read lately of a text, by the offsets that it counts. Of what lies before,
/// only the white space is known that begins the line.
final class Passage {
  /// What is forgotten at once: less is not worth the moving.
  private static final int WORTHWHILE = 1 << 16;

  private final StringBuilder kept = new StringBuilder();
  private long start;

  /// The white space that begins the line in the middle of which the passage does.
  private @Nullable String indent;

  void add(char[] text, int from, int count) {
    kept.append(text, from, count);
  }

  /// The text from one offset to before another, neither of which was forgotten.
  String text(long from, long to) {
    return kept.substring(Math.toIntExact(from - start), Math.toIntExact(to - start));
  }

  /// The white space that begins the line on which an offset stands.
  String indent(long offset) {
    int end = Math.toIntExact(offset - start);
    int newline = kept.lastIndexOf("\n", end - 1);
    if (newline < 0 && indent != null) {
      return indent;
    }
    int at = newline + 1;
    while (at < end && (kept.charAt(at) == ' ' || kept.charAt(at) == '\t')) {
      at++;
    }
    return kept.substring(newline + 1, at);
  }

  /// Lets go of what lies before an offset.
  void forgetBefore(long offset) {
    if (offset - start < WORTHWHILE) {
      return;
    }
    String found = indent(offset);
    kept.delete(0, Math.toIntExact(offset - start));
    start = offset;
    indent = found;
  }

  /// Lets go of everything; nothing of it can be asked for any more.
  void forgetAll() {
    start += kept.length();
    kept.setLength(0);
  }
}
