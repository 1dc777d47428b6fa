package io.github.eksidentity.core.policy.tree;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Comparison without regard to letter case. The documentation does not say how it folds characters
/// beyond ASCII (whether the Kelvin sign equals k), so values that are equal only by such a folding
/// are neither equal nor different.
public final class LetterCase {
  private LetterCase() {}

  /// Whether two texts are equal but for the case of their letters.
  public static Truth equalIgnoringCase(String one, String other) {
    if (one.length() != other.length()) {
      return Truth.NO;
    }
    Truth equal = Truth.YES;
    for (int i = 0; i < one.length() && equal != Truth.NO; i++) {
      equal = equal.and(equal(one.charAt(i), other.charAt(i)));
    }
    return equal;
  }

  private static Truth equal(char one, char other) {
    if (foldAscii(one) == foldAscii(other)) {
      return Truth.YES;
    }
    return foldWide(one) == foldWide(other) ? Truth.UNKNOWN : Truth.NO;
  }

  /// ASCII capitals become small letters; every other character stays.
  public static String foldAscii(String text) {
    if (text.chars().noneMatch(c -> c >= 'A' && c <= 'Z')) {
      return text;
    }
    StringBuilder folded = new StringBuilder(text.length());
    text.chars().forEach(c -> folded.append((char) foldAscii(c)));
    return folded.toString();
  }

  /// The same for one character.
  public static int foldAscii(int codePoint) {
    return codePoint >= 'A' && codePoint <= 'Z' ? codePoint + ('a' - 'A') : codePoint;
  }

  /// One character by the widest folding that a reading may use: that of Java's equalsIgnoreCase,
  /// which leaves alone what takes two characters.
  public static int foldWide(int codePoint) {
    return codePoint < 0x80
        ? foldAscii(codePoint)
        : codePoint > Character.MAX_VALUE
            ? codePoint
            : Character.toLowerCase(Character.toUpperCase(codePoint));
  }

  /// The characters that the widest folding makes equal to a folded one.
  public static Set<Integer> wideVariants(int folded) {
    return Variants.BY_FOLDED.getOrDefault(folded, Set.of(folded));
  }

  /// Made when it is first needed: hardly any policy has letters beyond ASCII.
  private static final class Variants {
    static final Map<Integer, Set<Integer>> BY_FOLDED = all();

    private static Map<Integer, Set<Integer>> all() {
      Map<Integer, Set<Integer>> all = new HashMap<>();
      for (int c = 0; c <= Character.MAX_VALUE; c++) {
        int folded = foldWide(c);
        if (folded != c) {
          all.computeIfAbsent(folded, key -> new TreeSet<>(Set.of(key))).add(c);
        }
      }
      return all;
    }
  }
}
