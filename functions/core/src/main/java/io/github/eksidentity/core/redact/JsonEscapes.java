package io.github.eksidentity.core.redact;

import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What stands between the quotation marks of a JSON string.
final class JsonEscapes {
  private static final Pattern ESCAPE =
      Pattern.compile("\\\\(?:u(?<code>[0-9a-fA-F]{4})|(?<letter>[bfnrt])|(?<other>[\"\\\\/]))");
  private static final String LETTERS = "bfnrt";
  private static final String CHARACTERS = "\b\f\n\r\t";
  private static final int HEXADECIMAL = 16;

  private JsonEscapes() {}

  /// The text that is meant. What is no escape stays as it is.
  static String decoded(String literal) {
    return ESCAPE
        .matcher(literal)
        .replaceAll(escape -> Matcher.quoteReplacement(Character.toString(character(escape))));
  }

  private static char character(MatchResult escape) {
    if (escape.group("code") != null) {
      return (char) Integer.parseInt(escape.group("code"), HEXADECIMAL);
    }
    return escape.group("letter") == null
        ? escape.group("other").charAt(0)
        : CHARACTERS.charAt(LETTERS.indexOf(escape.group("letter")));
  }

  static String encoded(String text) {
    StringBuilder literal = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      int letter = CHARACTERS.indexOf(c);
      if (letter >= 0) {
        literal.append('\\').append(LETTERS.charAt(letter));
      } else if (c == '"' || c == '\\') {
        literal.append('\\').append(c);
      } else if (c < ' ') {
        literal.append("\\u%04x".formatted((int) c));
      } else {
        literal.append(c);
      }
    }
    return literal.toString();
  }
}
