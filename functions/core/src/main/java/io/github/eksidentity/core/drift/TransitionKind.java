package io.github.eksidentity.core.drift;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// What a run did to a finding.
public enum TransitionKind {
  /// It was not known before.
  OPENED,
  /// It was resolved and is broken again.
  REOPENED,
  /// It stays, with another severity or other evidence.
  CHANGED,
  /// It is no longer broken, or its subject is gone.
  RESOLVED,
  /// What it needs could not be read, so nobody knows.
  UNVERIFIED,
  /// Nobody knew, or the rule was off, and it is still broken.
  VERIFIED,
  /// A mute in force matches it.
  MUTED,
  /// No mute in force matches it any more.
  UNMUTED,
  /// Its rule was switched off.
  DISABLED,
  /// Its account is no longer audited.
  REMOVED;

  /// The word that output and tables use: lower case.
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The kind with this id.
  public static Optional<TransitionKind> of(String id) {
    return Arrays.stream(values()).filter(kind -> kind.id().equals(id)).findFirst();
  }
}
