package io.github.eksidentity.alert;

import io.github.eksidentity.core.drift.Digest;
import io.github.eksidentity.core.drift.FindingQuery;
import io.github.eksidentity.core.drift.FindingStore;
import io.github.eksidentity.core.drift.Run;
import io.github.eksidentity.core.drift.RunState;
import io.github.eksidentity.lambda.FunctionException;
import io.github.eksidentity.lambda.JsonLog;
import io.github.eksidentity.report.alert.Alert;
import io.github.eksidentity.report.alert.FindingsPlace;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Tells what completed runs changed: published first and noted after, so that a crash in between
/// tells it twice and never not at all. The message names the run.
final class AlertFunction {
  private final FindingStore store;
  private final Publisher publisher;
  private final FindingsPlace place;
  private final Options options;
  private final InstantSource clock;
  private final JsonLog log;

  /// What is told besides changes.
  ///
  /// @param heartbeat whether a run that changed nothing is told
  record Options(boolean heartbeat, Reminders reminders) {}

  AlertFunction(
      FindingStore store,
      Publisher publisher,
      FindingsPlace place,
      Options options,
      InstantSource clock,
      JsonLog log) {
    this.store = store;
    this.publisher = publisher;
    this.place = place;
    this.options = options;
    this.clock = clock;
    this.log = log;
  }

  /// Tells each run. The first that fails ends it: the stream delivers the rest again.
  void handle(List<CompletedRun> completed) {
    for (CompletedRun named : completed) {
      Run run =
          store
              .run(named.account(), named.id())
              .orElseThrow(() -> new FunctionException("The table has no run " + named.id() + "."));
      tell(run, log.with("runId", run.id().value()).with("account", run.account()));
    }
  }

  private void tell(Run run, JsonLog about) {
    if (run.state() != RunState.COMPLETED || run.alertedAt().isPresent()) {
      about.info("nothing to do: the run is told already, or is not completed");
      return;
    }
    List<Alert> alerts = alerts(run);
    alerts.forEach(publisher::publish);
    if (!alerts.isEmpty()) {
      store.alerted(run.account(), run.id(), clock.instant());
    }
    about.info("published " + alerts.size() + " messages");
  }

  private List<Alert> alerts(Run run) {
    Digest digest = Digest.of(store, run);
    List<Alert> alerts = new ArrayList<>();
    Optional<Alert> news = Alert.of(digest, place);
    news.ifPresent(alerts::add);
    if (news.isEmpty() && options.heartbeat()) {
      alerts.add(Alert.heartbeat(digest, place));
    }
    if (options.reminders() == Reminders.WEEKLY && isFirstOfWeek(run)) {
      Alert.reminder(store.findings(live(run.account())), run.now(), place).ifPresent(alerts::add);
    }
    return alerts;
  }

  /// A run is compared with the completed one before it, so that nothing needs to be remembered; an
  /// account's first run has nothing to remind of.
  private boolean isFirstOfWeek(Run run) {
    return store.runs(run.account(), Integer.MAX_VALUE).stream()
        .filter(other -> other.state() == RunState.COMPLETED && other.now().isBefore(run.now()))
        .findFirst()
        .filter(before -> monday(before.now()).isBefore(monday(run.now())))
        .isPresent();
  }

  private static LocalDate monday(Instant time) {
    return time.atZone(ZoneOffset.UTC)
        .toLocalDate()
        .with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
  }

  private static FindingQuery live(String account) {
    FindingQuery every = FindingQuery.LIVE;
    return new FindingQuery(
        Optional.of(account),
        every.cluster(),
        every.role(),
        every.rule(),
        every.severity(),
        Set.copyOf(every.statuses()),
        every.muted());
  }
}
