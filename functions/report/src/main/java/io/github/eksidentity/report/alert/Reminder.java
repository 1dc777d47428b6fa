package io.github.eksidentity.report.alert;

import io.github.eksidentity.core.audit.Severity;
import io.github.eksidentity.core.drift.FindingState;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// What is still open at high or above.
///
/// @param open oldest first
/// @param now what ages are counted to
record Reminder(List<FindingState> open, Instant now) {
  private static final Comparator<FindingState> OLDEST_FIRST =
      Comparator.comparing(FindingState::firstSeen)
          .thenComparing(state -> state.finding().severity(), Comparator.reverseOrder())
          .thenComparing(FindingState::id);

  static Reminder of(Collection<FindingState> findings, Instant now) {
    return new Reminder(
        findings.stream()
            .filter(state -> state.status().isLive() && !state.muted())
            .filter(state -> state.finding().severity().atLeast(Severity.HIGH))
            .sorted(OLDEST_FIRST)
            .toList(),
        now);
  }

  /// Counts, worst first.
  SortedMap<Severity, Integer> severities() {
    SortedMap<Severity, Integer> counts = new TreeMap<>(Collections.reverseOrder());
    open.forEach(state -> counts.merge(state.finding().severity(), 1, Integer::sum));
    return counts;
  }

  List<String> accounts() {
    return open.stream().map(state -> state.finding().account()).distinct().sorted().toList();
  }

  /// For how many whole days a finding has been known.
  long days(FindingState state) {
    return Math.max(0, Duration.between(state.firstSeen(), now).toDays());
  }

  static String days(long count) {
    return count == 1 ? "1 day" : count + " days";
  }
}
