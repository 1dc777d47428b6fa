package io.github.eksidentity.report.alert;

import io.github.eksidentity.core.access.Edge;
import io.github.eksidentity.core.audit.Finding;
import io.github.eksidentity.core.audit.Severity;
import io.github.eksidentity.core.drift.Counts;
import io.github.eksidentity.core.drift.CoverageChange;
import io.github.eksidentity.core.drift.Digest;
import io.github.eksidentity.core.drift.Digest.Entry;
import io.github.eksidentity.core.drift.Digest.FirstRead;
import io.github.eksidentity.core.drift.Digest.ScopeLine;
import io.github.eksidentity.core.drift.FindingState;
import io.github.eksidentity.core.drift.Resolution;
import io.github.eksidentity.core.drift.Run;
import io.github.eksidentity.core.drift.RunId;
import io.github.eksidentity.core.drift.RunScope;
import io.github.eksidentity.core.drift.RunState;
import io.github.eksidentity.core.drift.ScopeEdges;
import io.github.eksidentity.core.drift.ScopeRecord;
import io.github.eksidentity.core.drift.Status;
import io.github.eksidentity.core.drift.TransitionKind;
import io.github.eksidentity.core.facts.Coverage;
import io.github.eksidentity.core.facts.Scope;
import io.github.eksidentity.report.Samples;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// Digests to render. What is added must be in the digest's own order.
final class Digests {
  static final Instant NOW = Instant.parse("2026-11-21T06:00:00Z");
  static final Coverage DENIED =
      new Coverage.Failed("access denied", Optional.of("eks:ListClusters"));

  private final List<Entry> held = new ArrayList<>();
  private final List<Entry> opened = new ArrayList<>();
  private final List<Entry> changed = new ArrayList<>();
  private final List<Entry> resolved = new ArrayList<>();
  private final List<FirstRead> baseline = new ArrayList<>();
  private final List<ScopeLine> lost = new ArrayList<>();
  private final List<ScopeLine> regained = new ArrayList<>();
  private final List<ScopeRecord> gaps = new ArrayList<>();
  private final SortedMap<String, Integer> disabled = new TreeMap<>();
  private final List<Edge> added = new ArrayList<>();
  private final List<Edge> removed = new ArrayList<>();
  private int leftOut;
  private int muted;

  static FindingState state(Finding finding) {
    return state(finding, Status.OPEN, NOW);
  }

  static FindingState state(Finding finding, Status status, Instant firstSeen) {
    boolean resolved = status == Status.RESOLVED;
    return new FindingState(
        finding,
        status,
        false,
        firstSeen,
        NOW,
        resolved ? Optional.of(NOW) : Optional.empty(),
        resolved ? Optional.of(Resolution.FIXED) : Optional.empty(),
        0,
        Set.of(),
        Optional.empty(),
        Optional.empty(),
        1);
  }

  Digests opens(TransitionKind kind, Finding... findings) {
    for (Finding finding : findings) {
      opened.add(new Entry(kind, Optional.empty(), state(finding)));
    }
    return this;
  }

  Digests changes(Finding before, Finding now) {
    changed.add(new Entry(TransitionKind.CHANGED, Optional.of(state(before)), state(now)));
    return this;
  }

  Digests resolves(Finding... findings) {
    for (Finding finding : findings) {
      resolved.add(
          new Entry(
              TransitionKind.RESOLVED,
              Optional.of(state(finding)),
              state(finding, Status.RESOLVED, NOW)));
    }
    return this;
  }

  Digests holds(Finding... findings) {
    for (Finding finding : findings) {
      held.add(new Entry(TransitionKind.RESOLVED, Optional.of(state(finding)), state(finding)));
    }
    return this;
  }

  Digests firstReads(Scope scope, Finding... findings) {
    SortedMap<Severity, Integer> counts = new TreeMap<>();
    for (Finding finding : findings) {
      counts.merge(finding.severity(), 1, Integer::sum);
    }
    baseline.add(
        new FirstRead(
            scope,
            counts,
            List.of(findings).stream().limit(Digest.WORST).map(Digests::state).toList()));
    return this;
  }

  Digests loses(Scope scope, Coverage coverage, int findings) {
    lost.add(new ScopeLine(scope, coverage, findings));
    gaps.add(
        new ScopeRecord(
            scope,
            coverage,
            coverage,
            Optional.empty(),
            Optional.empty(),
            CoverageChange.LOST,
            Optional.empty()));
    return this;
  }

  Digests lacks(Scope scope, Coverage coverage) {
    gaps.add(
        new ScopeRecord(
            scope,
            coverage,
            coverage,
            Optional.empty(),
            Optional.empty(),
            CoverageChange.NONE,
            Optional.empty()));
    return this;
  }

  Digests regains(Scope scope, int findings) {
    regained.add(new ScopeLine(scope, new Coverage.Complete(), findings));
    return this;
  }

  Digests switchesOff(String rule, int count) {
    disabled.put(rule, count);
    return this;
  }

  Digests adds(Edge... edges) {
    added.addAll(List.of(edges));
    return this;
  }

  Digests removes(Edge... edges) {
    removed.addAll(List.of(edges));
    return this;
  }

  Digests leavesOut(int edges) {
    leftOut = edges;
    return this;
  }

  Digests mutes(int count) {
    muted = count;
    return this;
  }

  Digest digest() {
    return digest(Samples.ACCOUNT);
  }

  Digest digest(String account) {
    return new Digest(
        run(account),
        held,
        opened,
        changed,
        resolved,
        baseline,
        lost,
        regained,
        gaps,
        0,
        0,
        muted,
        disabled,
        0,
        new ScopeEdges(List.of(), added, removed, leftOut));
  }

  private Run run(String account) {
    return new Run(
        new RunId("schedule-2026-11-21T06:00:00Z-" + Samples.ACCOUNT),
        account,
        NOW,
        NOW.plusSeconds(12),
        NOW.plusSeconds(900),
        RunScope.ALL,
        RunState.COMPLETED,
        Optional.of(NOW.plusSeconds(41)),
        gaps.isEmpty(),
        !held.isEmpty(),
        Counts.NONE,
        List.of(),
        Optional.empty());
  }
}
