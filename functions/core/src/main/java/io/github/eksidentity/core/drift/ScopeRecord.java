package io.github.eksidentity.core.drift;

import io.github.eksidentity.core.facts.Coverage;
import io.github.eksidentity.core.facts.Scope;
import java.time.Instant;
import java.util.Optional;

/// How well a scope was read, by a run and before it. Those of the account's last completed run are
/// all that the next run needs to know of earlier reads.
///
/// @param coverage by this run; skipped for a scope that only earlier runs looked at
/// @param known what the last run said that tried to read it; skipped where none did
/// @param firstComplete now of the first run that completely read it and asked every rule
/// @param lastComplete now of the last such run
/// @param change what this run changed
/// @param edges what hangs on it; empty until a run that asks for everything has completely read it
public record ScopeRecord(
    Scope scope,
    Coverage coverage,
    Coverage known,
    Optional<Instant> firstComplete,
    Optional<Instant> lastComplete,
    CoverageChange change,
    Optional<ScopeEdges> edges) {
  /// The same with these edges.
  public ScopeRecord with(Optional<ScopeEdges> hanging) {
    return new ScopeRecord(scope, coverage, known, firstComplete, lastComplete, change, hanging);
  }
}
