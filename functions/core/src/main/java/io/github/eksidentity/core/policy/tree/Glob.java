package io.github.eksidentity.core.policy.tree;

import java.util.ArrayList;
import java.util.Arrays;
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
  /// Any number of characters.
  public static final int ANY = -1;

  /// One character.
  public static final int ONE = -2;

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

  /// Whether a pattern covers a text.
  public static boolean matches(String pattern, String text) {
    return hasWildcard(pattern) ? covers(pattern, text) : pattern.equals(text);
  }

  /// Like [#matches(String)] without making a Glob of the pattern first.
  private static boolean covers(String pattern, String text) {
    int at = 0;
    int token = 0;
    int star = -1;
    int resume = 0;
    while (at < text.length()) {
      int c = token < pattern.length() ? pattern.charAt(token) : -1;
      if (c == '*') {
        star = token++;
        resume = at;
      } else if (c == '?') {
        token++;
        at += width(text, at);
      } else if (c == text.charAt(at)) {
        token++;
        at++;
      } else if (star >= 0) {
        token = star + 1;
        resume += width(text, resume);
        at = resume;
      } else {
        return false;
      }
    }
    while (token < pattern.length() && pattern.charAt(token) == '*') {
      token++;
    }
    return token == pattern.length();
  }

  private static int width(String text, int at) {
    return Character.charCount(text.codePointAt(at));
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
