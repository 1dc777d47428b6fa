package io.github.eksidentity.core.audit;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// How bad a finding is, from least to worst.
public enum Severity {
  INFO,
  LOW,
  MEDIUM,
  HIGH,
  CRITICAL;

  /// The severity as output and settings write it: lower case.
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The severity with this id, without regard to letter case.
  public static Optional<Severity> of(String id) {
    return Arrays.stream(values())
        .filter(severity -> severity.name().equalsIgnoreCase(id))
        .findFirst();
  }

  /// Whether this is as bad as the other or worse.
  public boolean atLeast(Severity other) {
    return compareTo(other) >= 0;
  }
}
