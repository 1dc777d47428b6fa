package io.github.eksidentity.core.drift;

import java.util.Locale;

/// What a run changed in how well a scope is read.
public enum CoverageChange {
  /// As before, or not looked at.
  NONE,
  /// It could be read, or was never seen before, and now could not be completely read.
  LOST,
  /// It could not be completely read, and now was.
  REGAINED;

  /// The word that output and tables use: lower case.
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
