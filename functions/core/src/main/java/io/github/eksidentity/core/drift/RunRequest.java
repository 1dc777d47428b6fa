package io.github.eksidentity.core.drift;

import java.time.Instant;

/// What somebody asks of a store before an audit.
///
/// @param id the same for a retry
/// @param now the time that the audit is to take as now; a retry uses the one that was stored
/// @param startedAt the time by the clock
/// @param leaseUntil until when no other run of the account may begin; at or before `startedAt`
/// where something else keeps others out
public record RunRequest(
    RunId id, String account, Instant now, Instant startedAt, Instant leaseUntil, RunScope scope) {

  /// Whether a run is later than this one. A run of a time that has not come does not count: it
  /// would keep all others out until then.
  public boolean isOutdatedBy(Run run) {
    Instant present = now.isAfter(startedAt) ? now : startedAt;
    return run.now().isAfter(now) && !run.now().isAfter(present.plus(Run.CLOCK_SKEW));
  }
}
