package io.github.eksidentity.core.policy.tree;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/// A pattern in which `*` stands for any characters, none included, and `?` for one. Everything
/// else, brackets and backslashes too, stands for itself.
///
/// Matching takes time proportional to the pattern times the text, whatever the pattern.
///
/// Documented at
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html>,
/// wildcard matching.
public final class Glob {
  static final int ANY = -1;
  static final int ONE = -2;

  /// Unicode code points, or one of the two wildcards.
  private final int[] tokens;

  private Glob(int[] tokens) {
    this.tokens = tokens;
  }

  /// The pattern with its wildcards.
  public static Glob of(String pattern) {
    return new Glob(pattern.codePoints().map(Glob::token).toArray());
  }

  /// The text itself, wildcards taken literally.
  public static Glob literal(String text) {
    return new Glob(text.codePoints().toArray());
  }

  public static Glob join(List<Glob> parts) {
    return new Glob(parts.stream().flatMapToInt(part -> Arrays.stream(part.tokens)).toArray());
  }

  public static boolean matches(String pattern, String text) {
    return hasWildcard(pattern) ? of(pattern).matches(text) : pattern.equals(text);
  }

  public static boolean hasWildcard(String pattern) {
    return pattern.indexOf('*') >= 0 || pattern.indexOf('?') >= 0;
  }

  private static int token(int codePoint) {
    return switch (codePoint) {
      case '*' -> ANY;
      case '?' -> ONE;
      default -> codePoint;
    };
  }

  public int length() {
    return tokens.length;
  }

  /// The code point or wildcard at this place.
  public int tokenAt(int index) {
    return tokens[index];
  }

  /// Whether there is no wildcard in it.
  public boolean isLiteral() {
    for (int token : tokens) {
      if (token < 0) {
        return false;
      }
    }
    return true;
  }

  /// Whether the pattern covers the whole text.
  ///
  /// Only the last `*` that was met is ever tried again: had an earlier one taken more, the later
  /// one could only have taken less.
  public boolean matches(String text) {
    int at = 0;
    int token = 0;
    int star = -1;
    int resume = 0;
    while (at < text.length()) {
      int codePoint = text.codePointAt(at);
      if (token < tokens.length && tokens[token] == ANY) {
        star = token++;
        resume = at;
      } else if (token < tokens.length && (tokens[token] == ONE || tokens[token] == codePoint)) {
        token++;
        at += Character.charCount(codePoint);
      } else if (star >= 0) {
        token = star + 1;
        resume += Character.charCount(text.codePointAt(resume));
        at = resume;
      } else {
        return false;
      }
    }
    while (token < tokens.length && tokens[token] == ANY) {
      token++;
    }
    return token == tokens.length;
  }

  /// The places in the pattern where matching can stand before any character.
  public BitSet begin() {
    BitSet places = new BitSet();
    places.set(0);
    return past(places);
  }

  /// The places after one more character; empty where nothing can match any more.
  public BitSet advance(BitSet places, int codePoint) {
    BitSet behind = new BitSet();
    for (int i = places.nextSetBit(0); i >= 0 && i < tokens.length; i = places.nextSetBit(i + 1)) {
      if (tokens[i] == ANY) {
        behind.set(i);
      } else if (tokens[i] == ONE || tokens[i] == codePoint) {
        behind.set(i + 1);
      }
    }
    return past(behind);
  }

  /// Whether the text that led to these places is covered.
  public boolean accepts(BitSet places) {
    return places.get(tokens.length);
  }

  /// Adds the places behind each `*`, which may stand for nothing.
  private BitSet past(BitSet places) {
    for (int i = places.nextSetBit(0); i >= 0 && i < tokens.length; i = places.nextSetBit(i + 1)) {
      if (tokens[i] == ANY) {
        places.set(i + 1);
      }
    }
    return places;
  }

  /// The parts between the first separators, at most `limit` of them; the last one keeps the
  /// separators that are left.
  public List<Glob> split(char separator, int limit) {
    List<Glob> parts = new ArrayList<>();
    int from = 0;
    for (int i = 0; i < tokens.length && parts.size() < limit - 1; i++) {
      if (tokens[i] == separator) {
        parts.add(new Glob(Arrays.copyOfRange(tokens, from, i)));
        from = i + 1;
      }
    }
    parts.add(new Glob(Arrays.copyOfRange(tokens, from, tokens.length)));
    return parts;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Glob glob && Arrays.equals(tokens, glob.tokens);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(tokens);
  }

  /// The pattern as a policy would write it; a literal star is shown as a star.
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (int token : tokens) {
      switch (token) {
        case ANY -> text.append('*');
        case ONE -> text.append('?');
        default -> text.appendCodePoint(token);
      }
    }
    return text.toString();
  }
}
