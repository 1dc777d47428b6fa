package io.github.eksidentity.cli.store;

import io.github.eksidentity.cli.console.Failure;
import io.github.eksidentity.core.audit.Assessment;
import io.github.eksidentity.core.audit.Finding;
import io.github.eksidentity.core.audit.MuteList;
import io.github.eksidentity.core.audit.Rule;
import io.github.eksidentity.core.audit.Settings;
import io.github.eksidentity.core.drift.DriftSettings;
import io.github.eksidentity.core.drift.FindingState;
import io.github.eksidentity.core.drift.FindingStore;
import io.github.eksidentity.core.drift.Lifecycle;
import io.github.eksidentity.core.drift.Observed;
import io.github.eksidentity.core.drift.Renames;
import io.github.eksidentity.core.drift.Run;
import io.github.eksidentity.core.drift.RunId;
import io.github.eksidentity.core.drift.RunRecorder;
import io.github.eksidentity.core.drift.RunRequest;
import io.github.eksidentity.core.drift.RunScope;
import io.github.eksidentity.core.rules.Rules;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/// An audit that is recorded in a store.
///
/// @param observed what the audit says
/// @param recorded what it changed in the store
/// @param muted ids of findings that a mute covers
public record RecordedAudit(
    Observed observed, RunRecorder.Result.Recorded recorded, Set<String> muted) {

  /// Audits and records.
  ///
  /// @param at the time that the audit takes as now
  /// @param audit judges the facts, which are read already, as of a time
  /// @throws Failure if the store knows a later run
  public static RecordedAudit of(
      StoreOptions.Open open,
      String account,
      Instant at,
      RunScope scope,
      Settings settings,
      BiFunction<Instant, MuteList, Observed> audit) {
    Instant started = InstantSource.system().instant();
    RunRequest request =
        new RunRequest(
            RunId.of(account, at), account, at, started, started.plus(open.lease()), scope);
    MuteList mutes = new MuteList(open.store().mutes(), open.store().accounts());
    Observed observed = audit.apply(at, mutes);
    RunRecorder.Result result =
        new RunRecorder(open.store(), lifecycle(settings), InstantSource.system())
            .record(request, settings, (_, _) -> observed);
    return switch (result) {
      case RunRecorder.Result.Recorded recorded ->
          new RecordedAudit(observed, recorded, muted(open.store(), account));
      case RunRecorder.Result.Busy(Run holder) -> throw new Failure(busy(holder));
      case RunRecorder.Result.Outdated(Run newer) -> throw new Failure(outdated(at, newer));
    };
  }

  private static Lifecycle lifecycle(Settings settings) {
    return new Lifecycle(
        DriftSettings.of(settings),
        Renames.NONE,
        Rules.all().stream().map(Rule::id).collect(Collectors.toSet()));
  }

  private static Set<String> muted(FindingStore store, String account) {
    Map<String, FindingState> findings = store.memory(account).findings();
    return findings.values().stream()
        .filter(FindingState::muted)
        .map(FindingState::id)
        .collect(Collectors.toSet());
  }

  private static String busy(Run holder) {
    return "Run %s of account %s may still be alive; try again after %s."
        .formatted(holder.id(), holder.account(), holder.leaseUntil());
  }

  private static String outdated(Instant at, Run newer) {
    return ("This audit is as of %s, and the store knows a later one of account %s, as of %s."
            + " Nothing was recorded; audit without --store to see its findings.")
        .formatted(at, newer.account(), newer.now());
  }

  /// The findings that nobody has muted.
  public Assessment notMuted() {
    Assessment assessment = observed.assessment();
    return assessment.withFindings(assessment.findings().stream().filter(this::isHeard).toList());
  }

  private boolean isHeard(Finding finding) {
    return !muted.contains(finding.id());
  }

  /// How many findings are muted.
  public long mutedCount() {
    return observed.assessment().findings().stream().filter(finding -> !isHeard(finding)).count();
  }
}
