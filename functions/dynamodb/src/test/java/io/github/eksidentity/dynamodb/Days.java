package io.github.eksidentity.dynamodb;

import io.github.eksidentity.core.audit.Finding;
import io.github.eksidentity.core.audit.Mute;
import io.github.eksidentity.core.audit.Rule;
import io.github.eksidentity.core.audit.Settings;
import io.github.eksidentity.core.audit.Severity;
import io.github.eksidentity.core.drift.Day;
import io.github.eksidentity.core.drift.DriftSettings;
import io.github.eksidentity.core.drift.FindingState;
import io.github.eksidentity.core.drift.FindingStore;
import io.github.eksidentity.core.drift.Lifecycle;
import io.github.eksidentity.core.drift.PriorState;
import io.github.eksidentity.core.drift.Renames;
import io.github.eksidentity.core.drift.Run;
import io.github.eksidentity.core.drift.RunRecorder;
import io.github.eksidentity.core.drift.Transition;
import io.github.eksidentity.core.rules.Rules;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Audits of two days, the second with something of every kind, and what a store tells of them.
final class Days {
  private static final Lifecycle LIFECYCLE =
      new Lifecycle(
          DriftSettings.DEFAULTS,
          Renames.NONE,
          Rules.all().stream().map(Rule::id).collect(Collectors.toSet()));

  private Days() {}

  static Day first() {
    return Day.of(1)
        .finds(role(1), role(2), role(3), role(4))
        .finds(Day.onCluster("eu-west-1", "shop"), Day.onCluster("us-east-1", "mail"));
  }

  static Day second() {
    return Day.of(2)
        .finds(role(1), Day.with(role(2), Severity.LOW), role(5), role(4))
        .losesRegion("us-east-1")
        .withoutCluster("eu-west-1", "shop");
  }

  static Finding role(int number) {
    return Day.onRole("app-" + number);
  }

  static Finding[] roles(int count) {
    return IntStream.range(0, count).mapToObj(Days::role).toArray(Finding[]::new);
  }

  static Mute mute() {
    return Mute.of(
        "*", Day.role("app-4"), Optional.empty(), "team-a", "known", LocalDate.parse("2026-12-31"));
  }

  static RunRecorder.Result record(FindingStore store, Day day) {
    return new RunRecorder(store, LIFECYCLE, InstantSource.fixed(day.now().plusSeconds(30)))
        .record(day.request(), Settings.DEFAULTS, (_, _) -> day.observed());
  }

  /// What a store tells, in an order.
  record Told(PriorState memory, List<Transition> transitions, Run run, List<Transition> history) {}

  static Told told(FindingStore store, Day day) {
    return new Told(
        store.memory(Day.ACCOUNT),
        store.transitions(day.runId()).stream().sorted(Transition.ORDER).toList(),
        store.run(Day.ACCOUNT, day.runId()).orElseThrow(),
        store.history(role(2).id()));
  }

  /// Both days on an empty store.
  static Told both(FindingStore store) {
    store.putMute(mute());
    record(store, first());
    record(store, second());
    return told(store, second());
  }

  static List<FindingState> states(FindingStore store) {
    return List.copyOf(store.memory(Day.ACCOUNT).findings().values());
  }
}
