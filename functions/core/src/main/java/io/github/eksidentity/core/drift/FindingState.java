package io.github.eksidentity.core.drift;

import io.github.eksidentity.core.audit.Finding;
import io.github.eksidentity.core.facts.Scope;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A finding as it is kept from run to run. It is written only when it changes, so `lastSeen` is
/// the time of the last writing run that saw it; [#seen] says when it was really seen last.
///
/// @param finding as the last writing run saw it
/// @param muted whether a mute in force matches it
/// @param firstSeen now of the run that opened it; kept when it is reopened
/// @param lastSeen see above
/// @param resolvedAt now of the run that resolved it, present exactly while it is resolved
/// @param resolution present exactly while it is resolved
/// @param reopenCount how often it came back
/// @param missing while unverified, the scopes whose reading failed; empty where the facts were
/// there and did not settle it
/// @param heldBy the run that would have resolved it but was not believed; the next run that says
/// the same confirms it
/// @param expires when it may be forgotten, present exactly while it is resolved
/// @param revision 1 for the first writing and one more with each; a store refuses to write over a
/// revision that the writer did not see
@RecordBuilder
public record FindingState(
    Finding finding,
    Status status,
    boolean muted,
    Instant firstSeen,
    Instant lastSeen,
    Optional<Instant> resolvedAt,
    Optional<Resolution> resolution,
    int reopenCount,
    Set<Scope> missing,
    Optional<RunId> heldBy,
    Optional<Instant> expires,
    int revision)
    implements FindingStateBuilder.With {
  public FindingState {
    missing = Set.copyOf(missing);
    if ((status == Status.RESOLVED) != (resolvedAt.isPresent() && resolution.isPresent())) {
      throw new IllegalArgumentException("a resolved finding says when and why");
    }
  }

  /// The finding's fingerprint.
  public String id() {
    return finding.id();
  }

  /// The evidence that counts for `changed`, as a hash.
  public String evidenceHash() {
    return StableEvidence.hash(finding);
  }

  /// Whether a mute keeps it out of alerts, or it is live.
  public boolean isOpenTo(Set<Status> statuses, boolean withMuted) {
    return statuses.contains(status) && (withMuted || !muted);
  }

  /// When the finding was seen last: an open finding was seen by every run that completely read its
  /// scopes and did not write it.
  ///
  /// @param scopes of the account's last completed run
  public Instant seen(Map<Scope, ScopeRecord> scopes) {
    if (status != Status.OPEN || heldBy.isPresent()) {
      return lastSeen;
    }
    Optional<Instant> read =
        finding.scopes().isEmpty()
            ? scopes.values().stream()
                .flatMap(scope -> scope.lastComplete().stream())
                .max(Instant::compareTo)
            : earliest(scopes);
    return read.filter(lastSeen::isBefore).orElse(lastSeen);
  }

  private Optional<Instant> earliest(Map<Scope, ScopeRecord> scopes) {
    Instant earliest = Instant.MAX;
    for (Scope scope : finding.scopes()) {
      ScopeRecord record = scopes.get(scope);
      if (record == null || record.lastComplete().isEmpty()) {
        return Optional.empty();
      }
      Instant read = record.lastComplete().get();
      earliest = read.isBefore(earliest) ? read : earliest;
    }
    return Optional.of(earliest);
  }

  static FindingState opened(Finding finding, Instant now) {
    return new FindingState(
        finding,
        Status.OPEN,
        false,
        now,
        now,
        Optional.empty(),
        Optional.empty(),
        0,
        Set.of(),
        Optional.empty(),
        Optional.empty(),
        0);
  }

  /// Broken as of now.
  FindingState open(Finding seen, Instant now) {
    return standing(Status.OPEN, Set.of(), Optional.empty())
        .with(
            state ->
                state
                    .finding(seen)
                    .lastSeen(now)
                    .reopenCount(status == Status.RESOLVED ? reopenCount + 1 : reopenCount));
  }

  FindingState resolved(Resolution reason, Instant now, DriftSettings settings) {
    return with(
        state ->
            state
                .status(Status.RESOLVED)
                .resolvedAt(Optional.of(now))
                .resolution(Optional.of(reason))
                .missing(Set.of())
                .heldBy(Optional.empty())
                .expires(Optional.of(now.plus(settings.keepResolved()))));
  }

  FindingState unverified(Set<Scope> lost) {
    return standing(Status.UNVERIFIED, lost, Optional.empty());
  }

  FindingState disabled() {
    return standing(Status.DISABLED, Set.of(), Optional.empty());
  }

  FindingState removed() {
    return standing(Status.REMOVED, Set.of(), Optional.empty());
  }

  FindingState held(RunId run) {
    return standing(status, missing, Optional.of(run));
  }

  FindingState notHeld() {
    return standing(status, missing, Optional.empty());
  }

  private FindingState standing(Status next, Set<Scope> lost, Optional<RunId> holder) {
    return with(
        state ->
            state
                .status(next)
                .resolvedAt(Optional.empty())
                .resolution(Optional.empty())
                .missing(lost)
                .heldBy(holder)
                .expires(Optional.empty()));
  }
}
