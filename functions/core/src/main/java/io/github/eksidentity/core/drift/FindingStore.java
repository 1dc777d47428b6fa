package io.github.eksidentity.core.drift;

import io.github.eksidentity.core.audit.Mute;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Where findings, runs and mutes are kept from run to run. A store decides nothing: it applies
/// what [Lifecycle] says.
///
/// A process may die before, within and after each call. What the contract demands then is that the
/// same calls, made again by a retry of the run or by a run that takes over, lead to what they
/// would have led to at first. `StoreContract` in the tests holds a store to that.
///
/// Every method may throw [StoreException]; what else a store throws is a failure of its medium.
public interface FindingStore {
  /// What became of a request to begin a run.
  sealed interface Begun {
    /// A new run. Runs of the account that had died are marked abandoned, and it adopts them and
    /// what they had adopted, unless an alert had reported them.
    record Started(Run run) implements Begun {}

    /// The run had begun and not completed: it goes on with the now, the scope and the adopted runs
    /// that were stored, and with the lease of this request.
    record Resumed(Run run) implements Begun {}

    /// The run was completed before; nothing is to be done.
    record Completed(Run run) implements Begun {}

    /// Another run of the account may be alive.
    record Busy(Run holder) implements Begun {}

    /// The account has a run whose now is later.
    ///
    /// @param newer the latest of them
    record Outdated(Run newer) implements Begun {}
  }

  /// Begins a run or takes it up again. In this order: a run of this id that is completed is
  /// Completed; one that runs is Resumed; one that was abandoned is Outdated by the run that took
  /// over. Else, where any run of the account is later by [RunRequest#isOutdatedBy]: Outdated.
  /// Else, where another run is running and its lease lasts longer than the request's `startedAt`:
  /// Busy. Else Started.
  ///
  /// Of two requests at once, at most one is Started.
  Begun begin(RunRequest request);

  /// What is known of an account: its findings as they stand (what other runs of the account wrote
  /// before they died included) and the scopes of its last completed run.
  PriorState memory(String account);

  /// Writes one finding's state and its events, all or nothing. An event is kept by run, finding
  /// and kind, so that writing it again overwrites it.
  ///
  /// Where the stored state equals the update's `after`, the write was made before and nothing is
  /// done.
  ///
  /// @throws StoreException.Superseded if the run is no longer running
  /// @throws StoreException.Stale if the stored state is neither `before` nor `after`
  void apply(Run run, FindingUpdate update);

  /// Writes the scopes of a run in place of those that it may have written before.
  ///
  /// @throws StoreException.Superseded if the run is no longer running
  void recordScopes(Run run, List<ScopeRecord> scopes);

  /// Marks a run as completed, the last that a run writes, and gives up its lease. A run that was
  /// completed before stays as it is.
  ///
  /// @param run with its time of completion
  /// @throws StoreException.Superseded if the run was abandoned
  void complete(Run run);

  /// Notes that the digest of a completed run, and so of those that it adopts, was published.
  void alerted(String account, RunId run, Instant at);

  /// A run of this account.
  Optional<Run> run(String account, RunId run);

  /// The last runs of an account, latest now first; those that are dated ahead come behind all
  /// others.
  ///
  /// @param limit at most so many
  List<Run> runs(String account, int limit);

  /// The events of a run, in no particular order. Read after write: it sees everything that was
  /// applied.
  List<Transition> transitions(RunId run);

  /// The scopes of a run, in no particular order. Read after write. What edges runs before the
  /// account's last completed one knew may be gone, what they changed is there.
  List<ScopeRecord> scopes(RunId run);

  /// The findings that a query selects, in no particular order; resolved ones that have expired may
  /// be among them.
  List<FindingState> findings(FindingQuery query);

  /// The events of a finding, oldest first. May lag behind writes.
  List<Transition> history(String findingId);

  /// Every account that ever had a run.
  Set<String> accounts();

  /// Every mute, in force or not, by id.
  List<Mute> mutes();

  /// Adds a mute, or replaces the one of its id.
  void putMute(Mute mute);

  /// Takes a mute away.
  ///
  /// @return whether there was one
  boolean removeMute(String id);
}
