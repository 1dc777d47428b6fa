package io.github.eksidentity.core.drift;

import java.util.List;

/// What a run has to write.
///
/// @param updates in the order of fingerprints, so that a retry writes in the same order
/// @param scopes of this run, in the order of scopes
/// @param complete whether no scope was partly read or failed
public record RunOutcome(List<FindingUpdate> updates, List<ScopeRecord> scopes, boolean complete) {
  public RunOutcome {
    updates = List.copyOf(updates);
    scopes = List.copyOf(scopes);
  }

  /// Everything that happens, in [Transition#ORDER].
  public List<Transition> transitions() {
    return updates.stream()
        .flatMap(update -> update.transitions().stream())
        .sorted(Transition.ORDER)
        .toList();
  }

  /// Whether resolutions are held.
  public boolean suspect() {
    return transitions().stream().anyMatch(Transition::held);
  }
}
