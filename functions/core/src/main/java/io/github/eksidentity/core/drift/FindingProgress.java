package io.github.eksidentity.core.drift;

import io.github.eksidentity.core.facts.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// One finding's way through a run while it is being decided.
///
/// @param stored as it is kept, empty where it was not known
/// @param after as it will be; equal to what is kept where nothing happens
/// @param kinds what happens, in that order
record FindingProgress(
    Optional<FindingState> stored,
    FindingState after,
    List<TransitionKind> kinds,
    Set<Scope> scopes,
    Optional<Scope> baseline,
    boolean held) {
  FindingProgress {
    kinds = List.copyOf(kinds);
    scopes = Set.copyOf(scopes);
  }

  static FindingProgress of(FindingState state) {
    return of(Optional.of(state), state);
  }

  static FindingProgress of(Optional<FindingState> stored, FindingState after) {
    return new FindingProgress(stored, after, List.of(), Set.of(), Optional.empty(), false);
  }

  FindingProgress to(FindingState next) {
    return new FindingProgress(stored, next, kinds, scopes, baseline, held);
  }

  FindingProgress to(FindingState next, TransitionKind kind) {
    return to(next).with(kind);
  }

  FindingProgress with(TransitionKind kind) {
    List<TransitionKind> all = new ArrayList<>(kinds);
    all.add(kind);
    return new FindingProgress(stored, after, all, scopes, baseline, held);
  }

  FindingProgress about(Set<Scope> concerned) {
    return new FindingProgress(stored, after, kinds, concerned, baseline, held);
  }

  FindingProgress from(Optional<Scope> firstRead) {
    return new FindingProgress(stored, after, kinds, scopes, firstRead, held);
  }

  /// The same finding, kept as it was but for the mark of the run that was not believed.
  FindingProgress held(RunId run) {
    FindingState kept = stored.orElseThrow();
    return new FindingProgress(
        stored,
        kept.withFinding(after.finding()).held(run),
        List.of(TransitionKind.RESOLVED),
        Set.of(),
        Optional.empty(),
        true);
  }

  /// Whether it would end a finding that somebody has to look at.
  boolean resolves() {
    return after.status() == Status.RESOLVED
        && stored.map(state -> state.status().isLive()).orElse(false);
  }

  /// What is to be written; empty where nothing happens, also where all of it was written before.
  Optional<FindingUpdate> update(Run run) {
    if (kinds.isEmpty() && !changesItem()) {
      return Optional.empty();
    }
    if (held && stored.equals(Optional.of(after))) {
      return Optional.empty();
    }
    FindingState written = after.withRevision(stored.map(state -> state.revision() + 1).orElse(1));
    return Optional.of(
        new FindingUpdate(
            stored, written, kinds.stream().map(kind -> transition(kind, written, run)).toList()));
  }

  /// The time of the last sight alone is not worth a write.
  private boolean changesItem() {
    return stored.map(state -> !state.withLastSeen(after.lastSeen()).equals(after)).orElse(true);
  }

  private Transition transition(TransitionKind kind, FindingState written, Run run) {
    boolean ofCoverage = kind == TransitionKind.UNVERIFIED || kind == TransitionKind.VERIFIED;
    return new Transition(
        run.id(),
        run.now(),
        kind,
        stored,
        written,
        ofCoverage ? scopes : Set.of(),
        kind == TransitionKind.OPENED ? baseline : Optional.empty(),
        held);
  }
}
