package io.github.eksidentity.core.drift;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// How far a run has come.
public enum RunState {
  /// It began and has not written everything.
  RUNNING,
  /// Everything is written; its digest may go out.
  COMPLETED,
  /// It died, and a later run has taken over what it had written.
  ABANDONED;

  /// The word that output and tables use: lower case.
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The state with this id.
  public static Optional<RunState> of(String id) {
    return Arrays.stream(values()).filter(state -> state.id().equals(id)).findFirst();
  }
}
