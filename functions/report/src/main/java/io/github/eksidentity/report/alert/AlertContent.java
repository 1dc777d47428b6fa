package io.github.eksidentity.report.alert;

import io.github.eksidentity.core.audit.Severity;
import io.github.eksidentity.core.drift.Digest;
import io.github.eksidentity.core.drift.Digest.Entry;
import io.github.eksidentity.core.drift.Digest.FirstRead;
import io.github.eksidentity.core.drift.Digest.ScopeLine;
import io.github.eksidentity.core.drift.FindingState;
import io.github.eksidentity.core.drift.Run;
import io.github.eksidentity.core.drift.ScopeEdges;
import io.github.eksidentity.core.drift.ScopeRecord;
import io.github.eksidentity.core.drift.TransitionKind;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Stream;

/// What an alert tells programs, before it is cut.
///
/// @param kind `digest`, `heartbeat` or `reminder`
/// @param at the run's now, or the reminder's
/// @param run none of a reminder
/// @param status of the run: `complete`, `partial` or `suspect`; none of a reminder
/// @param highest the worst severity, or `none`
/// @param transitions what came up or changed, worst first, then what is resolved, worst first
/// @param open of a reminder: what is still open, oldest first
record AlertContent(
    String kind,
    String title,
    Instant at,
    Optional<Run> run,
    Optional<String> status,
    String highest,
    SortedMap<Severity, Integer> severities,
    Map<String, Integer> counts,
    List<Entry> transitions,
    List<Entry> held,
    List<FirstRead> firstReads,
    List<ScopeLine> lost,
    List<ScopeLine> regained,
    List<ScopeRecord> gaps,
    SortedMap<String, Integer> disabledRules,
    ScopeEdges edges,
    List<FindingState> open) {
  private static final ScopeEdges NO_EDGES = new ScopeEdges(List.of(), List.of(), List.of(), 0);

  static AlertContent of(String kind, String title, AlertNews news) {
    Digest digest = news.digest();
    return new AlertContent(
        kind,
        title,
        digest.run().now(),
        Optional.of(digest.run()),
        Optional.of(news.status()),
        news.highest(),
        news.severities(),
        counts(news),
        Stream.concat(news.toMend().stream(), digest.resolved().stream()).toList(),
        digest.held(),
        digest.baseline(),
        digest.lost(),
        digest.regained(),
        digest.gaps(),
        digest.disabled(),
        digest.edges(),
        List.of());
  }

  static AlertContent of(String title, Reminder reminder) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    counts.put("open", reminder.open().size());
    return new AlertContent(
        "reminder",
        title,
        reminder.now(),
        Optional.empty(),
        Optional.empty(),
        reminder.severities().firstKey().id(),
        reminder.severities(),
        counts,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        java.util.Collections.emptySortedMap(),
        NO_EDGES,
        reminder.open());
  }

  private static Map<String, Integer> counts(AlertNews news) {
    Digest digest = news.digest();
    Map<String, Integer> counts = new LinkedHashMap<>();
    for (TransitionKind kind :
        List.of(
            TransitionKind.OPENED,
            TransitionKind.REOPENED,
            TransitionKind.UNMUTED,
            TransitionKind.CHANGED)) {
      counts.put(kind.id(), news.count(kind));
    }
    counts.put("resolved", digest.resolved().size());
    counts.put("held", digest.held().size());
    counts.put("firstRead", news.firstRead());
    counts.put("lost", digest.lost().size());
    counts.put("regained", digest.regained().size());
    counts.put("unsettled", digest.unsettled());
    counts.put("verified", digest.verified());
    counts.put("muted", digest.muted());
    counts.put("disabled", news.disabled());
    counts.put("removed", digest.removed());
    counts.put("edgesAdded", digest.edges().added().size());
    counts.put("edgesRemoved", digest.edges().removed().size());
    return counts;
  }
}
