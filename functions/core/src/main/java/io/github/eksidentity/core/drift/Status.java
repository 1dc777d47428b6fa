package io.github.eksidentity.core.drift;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// Where a finding stands. Whether it is muted is said beside it.
public enum Status {
  /// The rule is broken, as of the last run that could see.
  OPEN,
  /// It was open, and what the rule needs could not be read since.
  UNVERIFIED,
  /// Everything needed was read and the rule is no longer broken.
  RESOLVED,
  /// The rule is switched off.
  DISABLED,
  /// The account is no longer audited. That says nothing of whether the fault is mended.
  REMOVED;

  /// The word that output, tables and options use: lower case.
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The status with this id, without regard to letter case.
  public static Optional<Status> of(String id) {
    return Arrays.stream(values()).filter(status -> status.name().equalsIgnoreCase(id)).findFirst();
  }

  /// Whether somebody has to look at it: open or unverified.
  public boolean isLive() {
    return this == OPEN || this == UNVERIFIED;
  }
}
