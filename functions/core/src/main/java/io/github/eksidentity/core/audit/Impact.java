package io.github.eksidentity.core.audit;

import java.util.Locale;

/// What a violation of a rule does to those whom it concerns.
public enum Impact {
  /// Pods have no credentials of their role, or lose them, or the role does not let them do what it
  /// is for.
  OUTAGE,
  /// Somebody who is not meant to can use a role or its credentials.
  EXPOSURE,
  /// Nothing fails and nobody else gets in: what is unused, misleading or about to be full.
  HYGIENE;

  /// Stable name, lower case.
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
