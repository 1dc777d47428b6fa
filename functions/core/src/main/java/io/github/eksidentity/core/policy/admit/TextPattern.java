package io.github.eksidentity.core.policy.admit;

import io.github.eksidentity.core.policy.tree.Glob;
import io.github.eksidentity.core.policy.tree.LetterCase;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Texts that one value of a condition tells apart from all others: a pattern of StringLike, a text
/// as it is, a text in whatever letter case, or an ARN whose components have wildcards.
public final class TextPattern {
  /// The last component of an ARN may have colons, those before it may not.
  private static final int COMPONENTS = 6;

  private static final int ANY = Glob.ANY;
  private static final int ONE = Glob.ONE;
  private static final int ANY_IN_COMPONENT = -3;
  private static final int ONE_IN_COMPONENT = -4;

  /// Marks a character that stands for both of its ASCII cases.
  private static final int ASCII_CASE = 1 << 24;

  /// Marks a character that stands for all that any folding makes equal.
  private static final int WIDE_CASE = 1 << 25;

  private static final int CODE_POINT = ASCII_CASE - 1;

  private final int[] tokens;

  private TextPattern(int[] tokens) {
    this.tokens = tokens;
  }

  /// The texts that a pattern covers.
  static TextPattern of(Glob glob) {
    return new TextPattern(tokens(glob));
  }

  /// A pattern in the letters of StringLike.
  public static TextPattern of(String pattern) {
    return of(Glob.of(pattern));
  }

  /// The text itself, whatever characters it has.
  static TextPattern literal(String text) {
    return of(Glob.literal(text));
  }

  /// The text in whatever letter case.
  ///
  /// @param wide whether letters count that only some foldings make equal
  static TextPattern ignoringCase(Glob text, boolean wide) {
    return new TextPattern(
        Arrays.stream(tokens(text))
            .map(
                token ->
                    token < 0
                        ? token
                        : wide
                            ? LetterCase.foldWide(token) | WIDE_CASE
                            : Character.isLetter(token) && token < 0x80
                                ? Character.toLowerCase(token) | ASCII_CASE
                                : token)
            .toArray());
  }

  /// The ARNs that ArnLike covers: no wildcard of the first five components covers a colon.
  static TextPattern arn(Glob pattern) {
    int[] tokens = tokens(pattern);
    int colons = 0;
    for (int i = 0; i < tokens.length && colons < COMPONENTS - 1; i++) {
      colons += tokens[i] == ':' ? 1 : 0;
      tokens[i] =
          switch (tokens[i]) {
            case ANY -> ANY_IN_COMPONENT;
            case ONE -> ONE_IN_COMPONENT;
            default -> tokens[i];
          };
    }
    return new TextPattern(tokens);
  }

  static TextPattern join(List<TextPattern> parts) {
    return new TextPattern(
        parts.stream().flatMapToInt(part -> Arrays.stream(part.tokens)).toArray());
  }

  private static int[] tokens(Glob glob) {
    int[] tokens = new int[glob.length()];
    Arrays.setAll(tokens, glob::tokenAt);
    return tokens;
  }

  /// The same for texts that have no capitals: then letters in whatever case are small ones.
  TextPattern inSmallLetters() {
    return new TextPattern(
        Arrays.stream(tokens).map(token -> token < 0 ? token : token & CODE_POINT).toArray());
  }

  /// Whether every text that another pattern covers is covered by this one; false also where that
  /// takes more than a look at the patterns side by side.
  boolean covers(TextPattern other) {
    boolean[] places = new boolean[tokens.length + 1];
    places[0] = true;
    pastStars(places);
    for (int token : other.tokens) {
      boolean[] behind = new boolean[tokens.length + 1];
      for (int i = 0; i < tokens.length; i++) {
        if (places[i]
            && (tokens[i] == ANY || (token != ANY && tokens[i] == ONE) || tokens[i] == token)) {
          behind[isStarAt(i) ? i : i + 1] = true;
        }
      }
      pastStars(behind);
      places = behind;
    }
    return places[tokens.length];
  }

  /// How many places there are before a character or wildcard; one more is behind the last.
  int length() {
    return tokens.length;
  }

  /// Whether the wildcard for any number of characters stands here.
  boolean isStarAt(int index) {
    return tokens[index] == ANY || tokens[index] == ANY_IN_COMPONENT;
  }

  /// Whether what stands here covers a character.
  boolean coversAt(int index, int codePoint) {
    int token = tokens[index];
    return switch (token) {
      case ANY, ONE -> true;
      case ANY_IN_COMPONENT, ONE_IN_COMPONENT -> codePoint != ':';
      default ->
          (token & WIDE_CASE) != 0
              ? LetterCase.foldWide(codePoint) == (token & CODE_POINT)
              : (token & ASCII_CASE) != 0
                  ? LetterCase.foldAscii(codePoint) == (token & CODE_POINT)
                  : token == codePoint;
    };
  }

  /// The characters that the pattern names, in every letter case in which it covers them.
  Set<Integer> characters() {
    Set<Integer> characters = new TreeSet<>();
    for (int token : tokens) {
      if (token >= 0) {
        characters.addAll(variants(token));
      }
    }
    return characters;
  }

  private static Set<Integer> variants(int token) {
    int codePoint = token & CODE_POINT;
    return (token & WIDE_CASE) != 0
        ? LetterCase.wideVariants(codePoint)
        : (token & ASCII_CASE) != 0
            ? Set.of(codePoint, Character.toUpperCase(codePoint))
            : Set.of(codePoint);
  }

  /// Whether it covers one text only.
  boolean isLiteral() {
    return Arrays.stream(tokens).allMatch(token -> token >= 0 && token < ASCII_CASE);
  }

  /// The one text that a literal covers.
  String text() {
    return new String(tokens, 0, tokens.length);
  }

  /// Whether the pattern covers the whole text. Takes time proportional to the pattern times the
  /// text.
  public boolean matches(String text) {
    boolean[] places = new boolean[tokens.length + 1];
    places[0] = true;
    pastStars(places);
    for (int at = 0; at < text.length(); at += Character.charCount(text.codePointAt(at))) {
      int codePoint = text.codePointAt(at);
      boolean[] behind = new boolean[tokens.length + 1];
      for (int i = 0; i < tokens.length; i++) {
        if (places[i] && coversAt(i, codePoint)) {
          behind[isStarAt(i) ? i : i + 1] = true;
        }
      }
      pastStars(behind);
      places = behind;
    }
    return places[tokens.length];
  }

  private void pastStars(boolean[] places) {
    for (int i = 0; i < tokens.length; i++) {
      places[i + 1] |= places[i] && isStarAt(i);
    }
  }

  /// The pattern as shells and Python's fnmatch write it: `*`, `?`, and `[Aa]` for one of several
  /// characters, so that `[*]` is a star.
  public String shell() {
    StringBuilder text = new StringBuilder();
    for (int token : tokens) {
      switch (token) {
        case ANY, ANY_IN_COMPONENT -> text.append('*');
        case ONE, ONE_IN_COMPONENT -> text.append('?');
        default -> appendShell(text, variants(token));
      }
    }
    return text.toString();
  }

  private static void appendShell(StringBuilder text, Set<Integer> characters) {
    int first = characters.iterator().next();
    if (characters.size() == 1 && first != '*' && first != '?' && first != '[') {
      text.appendCodePoint(first);
      return;
    }
    text.append('[');
    characters.stream().sorted().forEach(text::appendCodePoint);
    text.append(']');
  }

  /// The pattern in the letters of StringLike, where `${*}` is a star.
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    boolean anyCase = false;
    for (int token : tokens) {
      anyCase |= token >= ASCII_CASE;
      switch (token) {
        case ANY, ANY_IN_COMPONENT -> text.append('*');
        case ONE, ONE_IN_COMPONENT -> text.append('?');
        case '*' -> text.append("${*}");
        case '?' -> text.append("${?}");
        default -> text.appendCodePoint(token & CODE_POINT);
      }
    }
    return anyCase ? text + " (in any letter case)" : text.toString();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TextPattern pattern && Arrays.equals(tokens, pattern.tokens);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(tokens);
  }
}
