package io.github.eksidentity.core.policy.tree;

import java.util.Locale;

/// Comparison without regard to letter case. The documentation does not say how it folds characters
/// beyond ASCII (whether the Kelvin sign equals k), so values that are equal only by such a folding
/// are neither equal nor different.
public final class LetterCase {
  private LetterCase() {}

  public static Truth equalIgnoringCase(String one, String other) {
    if (foldAscii(one).equals(foldAscii(other))) {
      return Truth.TRUE;
    }
    return foldUnicode(one).equals(foldUnicode(other)) ? Truth.UNKNOWN : Truth.FALSE;
  }

  /// ASCII capitals become small letters; every other character stays.
  public static String foldAscii(String text) {
    StringBuilder folded = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      folded.append(c >= 'A' && c <= 'Z' ? (char) (c + ('a' - 'A')) : c);
    }
    return folded.toString();
  }

  /// The widest folding that any reading could use.
  public static String foldUnicode(String text) {
    return text.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
  }
}
