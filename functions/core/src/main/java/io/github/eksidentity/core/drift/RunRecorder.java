package io.github.eksidentity.core.drift;

import io.github.eksidentity.core.audit.MuteList;
import io.github.eksidentity.core.audit.Settings;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;

/// Runs an audit against what was known before and keeps what it changes. It may die anywhere: who
/// calls it again with the same request gets what one undisturbed call would have given.
public final class RunRecorder {
  private final FindingStore store;
  private final Lifecycle lifecycle;
  private final InstantSource clock;

  public RunRecorder(FindingStore store, Lifecycle lifecycle, InstantSource clock) {
    this.store = store;
    this.lifecycle = lifecycle;
    this.clock = clock;
  }

  /// What became of it.
  public sealed interface Result {
    /// The run is kept.
    ///
    /// @param transitions of this run alone, the held ones included, in [Transition#ORDER]
    /// @param scopes of this run
    /// @param again whether it was completed by an earlier call and this one changed nothing
    record Recorded(Run run, List<Transition> transitions, List<ScopeRecord> scopes, boolean again)
        implements Result {
      public Recorded {
        transitions = List.copyOf(transitions);
        scopes = List.copyOf(scopes);
      }
    }

    /// Another run of the account may be alive; ask again when its lease is over.
    record Busy(Run holder) implements Result {}

    /// The audit is older than what is known already.
    record Outdated(Run newer) implements Result {}
  }

  /// Reads an account and judges it.
  @FunctionalInterface
  public interface Audit<X extends Exception> {
    /// Reads and judges with the run's now and within the run's scope.
    ///
    /// @param mutes every mute, for [io.github.eksidentity.core.audit.Auditor]
    Observed assess(Run run, MuteList mutes) throws X;
  }

  /// Records an audit.
  ///
  /// @throws X what the audit throws; the run can then be retried
  /// @throws StoreException.Superseded if it took so long that another run has taken over
  public <X extends Exception> Result record(RunRequest request, Settings settings, Audit<X> audit)
      throws X {
    FindingStore.Begun begun = store.begin(request);
    return switch (begun) {
      case FindingStore.Begun.Started(Run run) -> audited(run, settings, audit);
      case FindingStore.Begun.Resumed(Run run) -> audited(run, settings, audit);
      case FindingStore.Begun.Completed(Run run) -> recorded(run, true);
      case FindingStore.Begun.Busy(Run holder) -> new Result.Busy(holder);
      case FindingStore.Begun.Outdated(Run newer) -> new Result.Outdated(newer);
    };
  }

  /// Records that an account is no longer audited.
  public Result remove(RunRequest request) {
    FindingStore.Begun begun = store.begin(request);
    return switch (begun) {
      case FindingStore.Begun.Started(Run run) -> removed(run);
      case FindingStore.Begun.Resumed(Run run) -> removed(run);
      case FindingStore.Begun.Completed(Run run) -> recorded(run, true);
      case FindingStore.Begun.Busy(Run holder) -> new Result.Busy(holder);
      case FindingStore.Begun.Outdated(Run newer) -> new Result.Outdated(newer);
    };
  }

  private <X extends Exception> Result audited(Run run, Settings settings, Audit<X> audit)
      throws X {
    MuteList mutes = new MuteList(store.mutes(), store.accounts());
    Observed observed = audit.assess(run, mutes);
    return written(run, memory -> lifecycle.apply(memory, observed, mutes.all(), settings, run));
  }

  private Result removed(Run run) {
    return written(run, memory -> lifecycle.remove(memory, run));
  }

  /// Counts are taken from the events that are kept, so that those of an earlier try are among
  /// them.
  private Result written(Run run, Function<PriorState, RunOutcome> decide) {
    RunOutcome outcome = decide.apply(store.memory(run.account()));
    outcome.updates().forEach(update -> store.apply(run, update));
    store.recordScopes(run, outcome.scopes());
    Counts counts = Counts.of(store.transitions(run.id()));
    Run completed = run.completed(clock.instant(), outcome.complete(), counts);
    store.complete(completed);
    return recorded(completed, false);
  }

  private Result recorded(Run run, boolean again) {
    return new Result.Recorded(
        run,
        store.transitions(run.id()).stream().sorted(Transition.ORDER).toList(),
        store.scopes(run.id()),
        again);
  }
}
