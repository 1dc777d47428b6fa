package io.github.eksidentity.core.text;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// The nearest of a few names to a misspelt one, by the number of letters to insert, remove or
/// replace. Where many are searched again and again, prepare [NearNames] once.
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
    return NearNames.of(candidates).nearest(text);
  }

  /// The nearest candidate, if it is not farther than this.
  public static Optional<String> within(int limit, String text, Collection<String> candidates) {
    return NearNames.of(candidates).within(limit, text);
  }

  /// Whether no more than this many characters have to be inserted, removed or replaced to make one
  /// text of the other.
  public static boolean isWithin(int limit, String one, String other) {
    return Math.abs(one.length() - other.length()) <= limit
        && within(limit, one, List.of(other)).isPresent();
  }
}
