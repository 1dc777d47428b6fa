package io.github.eksidentity.core.text;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/// The nearest of some names to a misspelt one, by the number of letters to insert, remove or
/// replace.
public final class Nearest {
  /// So many errors are typing errors in a text that is long or fixed, so that it comes near
  /// another one by mistake only: an issuer, a whole subject, a key, the name of a service.
  public static final int TYPING_ERRORS = 3;

  /// So many are in a name that people choose and that others may resemble.
  public static final int TYPING_ERRORS_IN_NAMES = 2;

  /// So far goes a question whether something else was meant, which costs nothing where it was not.
  public static final int WORTH_ASKING = 4;

  private Nearest() {}

  /// The candidate with the smallest distance; among equals the first in alphabetical order. Empty
  /// where there is no candidate.
  public static Optional<String> of(String text, Collection<String> candidates) {
    return candidates.stream()
        .min(
            Comparator.comparingInt((String candidate) -> distance(text, candidate))
                .thenComparing(Comparator.naturalOrder()));
  }

  /// The nearest candidate, if it is not farther than this.
  public static Optional<String> within(int limit, String text, Collection<String> candidates) {
    return of(text, candidates).filter(candidate -> distance(text, candidate) <= limit);
  }

  /// How many characters have to be inserted, removed or replaced to make one text of the other.
  public static int distance(String one, String other) {
    int[] previous = new int[other.length() + 1];
    for (int j = 0; j <= other.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= one.length(); i++) {
      int[] current = new int[other.length() + 1];
      current[0] = i;
      for (int j = 1; j <= other.length(); j++) {
        int replaced = previous[j - 1] + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        current[j] = Math.min(replaced, Math.min(previous[j], current[j - 1]) + 1);
      }
      previous = current;
    }
    return previous[other.length()];
  }
}
