package io.github.eksidentity.report.page;

/// Texts kept within a number of characters.
public final class Cut {
  private static final String MARK = "…";

  private Cut() {}

  /// The text, or as much of its beginning as fits with a mark behind it. A character outside the
  /// basic plane is not torn apart.
  ///
  /// @param most UTF-16 units of the result, at least one
  public static String to(int most, String text) {
    if (text.length() <= most) {
      return text;
    }
    int end = most - MARK.length();
    return text.substring(
            0, end > 0 && Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end)
        + MARK;
  }

  /// The text as people are shown it, kept within a number of characters.
  public static String plain(int most, String text) {
    return to(most, Plain.of(to(most, text)));
  }
}
