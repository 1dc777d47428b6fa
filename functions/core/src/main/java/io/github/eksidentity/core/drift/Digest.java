package io.github.eksidentity.core.drift;

import io.github.eksidentity.core.audit.Severity;
import io.github.eksidentity.core.facts.Scope;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/// What a run has to tell people: what changed since the last digest, and no more. It is made of
/// what the run keeps, so that it is the same whenever it is made. What died runs had changed and
/// nobody was told is part of it: told is the way from before the first of them to now.
///
/// @param run with its time, and whether the audit was complete and is believed
/// @param held findings whose resolution the circuit breaker holds; to be told first
/// @param opened new, come back or no longer muted; worst first
/// @param changed of another severity or with other evidence, worst first
/// @param resolved worst first
/// @param baseline one line for each scope that was read for the first time, instead of its
/// findings
/// @param lost scopes that can no longer be read, or never could and are new
/// @param regained scopes that can be read again
/// @param gaps every scope that this run could not completely read, the lost ones included
/// @param unsettled findings of which nobody knows although everything was read
/// @param verified findings whose rule or account is audited again, and that are still open
/// @param muted findings that a mute now covers
/// @param disabled by rule, findings whose rule was switched off
/// @param removed findings whose account is no longer audited
/// @param edges which ways from service accounts to roles came and went
public record Digest(
    Run run,
    List<Entry> held,
    List<Entry> opened,
    List<Entry> changed,
    List<Entry> resolved,
    List<FirstRead> baseline,
    List<ScopeLine> lost,
    List<ScopeLine> regained,
    List<ScopeRecord> gaps,
    int unsettled,
    int verified,
    int muted,
    SortedMap<String, Integer> disabled,
    int removed,
    ScopeEdges edges) {
  /// How many findings a line about a first read names.
  public static final int WORST = 5;

  /// One finding.
  ///
  /// @param kind opened, reopened, unmuted, changed or resolved
  /// @param before as people knew it, empty where they did not
  /// @param now as it stands
  public record Entry(TransitionKind kind, Optional<FindingState> before, FindingState now) {}

  /// What the first complete read of a scope brought up.
  ///
  /// @param counts by severity; one that does not occur is not named
  /// @param worst at most [#WORST], worst first
  public record FirstRead(
      Scope scope, SortedMap<Severity, Integer> counts, List<FindingState> worst) {
    public FirstRead {
      counts = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(counts));
      worst = List.copyOf(worst);
    }

    /// How many findings in all.
    public int total() {
      return counts.values().stream().mapToInt(Integer::intValue).sum();
    }
  }

  /// A scope that was lost or regained.
  ///
  /// @param coverage by this run, with the reason
  /// @param findings how many became unverified, or were verified, by it; a finding that needs
  /// several is counted at each
  public record ScopeLine(
      Scope scope, io.github.eksidentity.core.facts.Coverage coverage, int findings) {}

  public Digest {
    held = List.copyOf(held);
    opened = List.copyOf(opened);
    changed = List.copyOf(changed);
    resolved = List.copyOf(resolved);
    baseline = List.copyOf(baseline);
    lost = List.copyOf(lost);
    regained = List.copyOf(regained);
    gaps = List.copyOf(gaps);
    disabled = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(disabled));
  }

  /// The digest of a completed run.
  ///
  /// @param events of the run and of every run that it adopts
  /// @param scopes of the run
  public static Digest of(Run run, Collection<Transition> events, Collection<ScopeRecord> scopes) {
    return new DigestBuilder(run, scopes).build(events);
  }

  /// The digest of a completed run, from where it is kept.
  public static Digest of(FindingStore store, Run run) {
    List<Transition> events =
        Stream.concat(run.adopts().stream(), Stream.of(run.id()))
            .flatMap(id -> store.transitions(id).stream())
            .toList();
    return of(run, events, store.scopes(run.id()));
  }

  /// Whether nothing changed, so that nothing is to be told.
  public boolean isEmpty() {
    return held.isEmpty()
        && opened.isEmpty()
        && changed.isEmpty()
        && resolved.isEmpty()
        && baseline.isEmpty()
        && lost.isEmpty()
        && regained.isEmpty()
        && unsettled == 0
        && verified == 0
        && muted == 0
        && disabled.isEmpty()
        && removed == 0
        && edges.added().isEmpty()
        && edges.removed().isEmpty();
  }

  /// The worst severity of what came up or changed, first reads included; empty where nothing did.
  public Optional<Severity> highestSeverity() {
    return Stream.of(
            opened.stream().map(entry -> entry.now().finding().severity()),
            changed.stream().map(entry -> entry.now().finding().severity()),
            baseline.stream().flatMap(line -> line.counts().keySet().stream()))
        .flatMap(severities -> severities)
        .max(Severity::compareTo);
  }
}
