package io.github.eksidentity.core.drift;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// Why a finding is resolved.
public enum Resolution {
  /// What it was about is still there and the rule holds.
  FIXED,
  /// What it was about, or its cluster, is gone.
  SUBJECT_GONE;

  /// The word that output uses: `fixed` or `subject-gone`.
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// The resolution with this id.
  public static Optional<Resolution> of(String id) {
    return Arrays.stream(values()).filter(reason -> reason.id().equals(id)).findFirst();
  }
}
