package io.github.eksidentity.core.drift;

import static io.github.eksidentity.core.drift.Day.ACCOUNT;
import static io.github.eksidentity.core.drift.Day.onCluster;
import static io.github.eksidentity.core.drift.Day.onRole;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.eksidentity.core.audit.Finding;
import io.github.eksidentity.core.audit.Mute;
import io.github.eksidentity.core.audit.Rule;
import io.github.eksidentity.core.audit.Settings;
import io.github.eksidentity.core.audit.Severity;
import io.github.eksidentity.core.edit.Edit;
import io.github.eksidentity.core.facts.Scope;
import io.github.eksidentity.core.rules.Rules;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What every [FindingStore] must keep, above all that a process may die before and after every
/// write: a retry of the run, and a later run, lead to what would have been had it lived.
public abstract class StoreContract {
  private static final Settings SETTINGS = Settings.DEFAULTS;
  private static final Lifecycle LIFECYCLE = lifecycle(DriftSettings.DEFAULTS);

  /// Holds what more than two findings resolve to: each further finding is four deaths more.
  private static final Lifecycle SUSPICIOUS =
      lifecycle(new DriftSettings(30, 2, DriftSettings.DEFAULTS.keepResolved()));

  private static Lifecycle lifecycle(DriftSettings settings) {
    return new Lifecycle(
        settings, Renames.NONE, Rules.all().stream().map(Rule::id).collect(Collectors.toSet()));
  }

  /// A place to keep things in, empty at first.
  @FunctionalInterface
  public interface Medium {
    /// The store on it, as a process opens it that begins.
    ///
    /// @param step to be called before and after each write to the medium
    FindingStore open(Runnable step);
  }

  /// A new and empty place.
  protected abstract Medium newMedium();

  /// A process that lives on at every step.
  private static void alive() {}

  /// The death of a process.
  private static final class Death extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /// Kills its process at the given step.
  private static final class DiesAt implements Runnable {
    private int left;

    DiesAt(int step) {
      left = step;
    }

    @Override
    public void run() {
      if (left-- == 0) {
        throw new Death();
      }
    }
  }

  private static RunRecorder.Result record(FindingStore store, Day day) {
    return record(store, day, day.request());
  }

  private static RunRecorder.Result record(FindingStore store, Day day, RunRequest request) {
    return record(store, LIFECYCLE, day, request);
  }

  private static RunRecorder.Result record(
      FindingStore store, Lifecycle lifecycle, Day day, RunRequest request) {
    return new RunRecorder(store, lifecycle, InstantSource.fixed(day.now().plusSeconds(30)))
        .record(request, SETTINGS, (_, _) -> day.observed());
  }

  private static RunRecorder.Result.Recorded recorded(FindingStore store, Day day) {
    return assertInstanceOf(RunRecorder.Result.Recorded.class, record(store, day));
  }

  private static Run begun(FindingStore store, RunRequest request) {
    return assertInstanceOf(FindingStore.Begun.Started.class, store.begin(request)).run();
  }

  /// The first day: an account with something to find everywhere.
  private static Day first() {
    return Day.of(1)
        .finds(onRole("app-1"), onRole("app-2"), onRole("app-3"), onRole("app-4"))
        .finds(onCluster("eu-west-1", "shop"), onCluster("us-east-1", "mail"))
        .edges(Day.associated("eu-west-1", "shop", "cart"), Day.trusted("issuer", "old"))
        .edges(Day.associated("us-east-1", "mail", "sender"));
  }

  /// The second day: something of each kind happens.
  private static Day second() {
    return Day.of(2)
        .finds(onRole("app-1"), Day.with(onRole("app-2"), Severity.LOW), onRole("app-5"))
        .finds(onRole("app-4"))
        .losesRegion("us-east-1")
        .withoutCluster("eu-west-1", "shop")
        .edges(Day.trusted("issuer", "new"));
  }

  private static Mute mute() {
    return Mute.of(
        "*", Day.role("app-4"), Optional.empty(), "team-a", "known", LocalDate.parse("2026-12-31"));
  }

  /// Everything that a store tells, put in an order.
  private record Content(
      List<FindingState> findings,
      List<Transition> transitions,
      List<ScopeRecord> scopes,
      Run run) {}

  private static Content content(FindingStore store, Day day) {
    Run run = store.run(ACCOUNT, day.runId()).orElseThrow();
    return new Content(
        states(store),
        sorted(store.transitions(run.id())),
        store.scopes(run.id()).stream().sorted(Comparator.comparing(ScopeRecord::scope)).toList(),
        run);
  }

  private static List<FindingState> states(FindingStore store) {
    return List.copyOf(store.memory(ACCOUNT).findings().values());
  }

  private static List<Transition> sorted(List<Transition> transitions) {
    return transitions.stream().sorted(Transition.ORDER).toList();
  }

  @Test
  void aRunKeepsItsFindingsEventsAndScopes() {
    Medium medium = newMedium();
    RunRecorder.Result.Recorded first = recorded(medium.open(StoreContract::alive), first());

    FindingStore store = medium.open(StoreContract::alive);

    assertEquals(
        first().assessment().findings().stream().map(Finding::id).collect(Collectors.toSet()),
        states(store).stream().map(FindingState::id).collect(Collectors.toSet()));
    assertEquals(6, first.transitions().size());
    assertEquals(first.transitions(), sorted(store.transitions(first().runId())));
    assertEquals(
        new TreeSet<>(first().assessment().coverage().keySet()),
        new TreeSet<>(store.memory(ACCOUNT).scopes().keySet()));
    Run run = store.run(ACCOUNT, first().runId()).orElseThrow();
    assertEquals(first.run(), run);
    assertEquals(RunState.COMPLETED, run.state());
    assertEquals(first().now(), run.now());
    assertEquals(6, run.counts().of(TransitionKind.OPENED));
    assertEquals(6, run.counts().baseline());
    assertTrue(run.complete());
    assertFalse(run.suspect());
    assertEquals(Set.of(ACCOUNT), store.accounts());
  }

  @Test
  void whatIsReadIsWhatWasWritten() {
    Medium medium = newMedium();
    FindingStore store = medium.open(StoreContract::alive);
    recorded(store, first());
    store.putMute(mute());
    RunOutcome outcome =
        LIFECYCLE.apply(
            store.memory(ACCOUNT),
            second().observed(),
            List.of(mute()),
            SETTINGS,
            Run.begun(second().request(), List.of()));

    recorded(store, second());

    FindingStore reopened = medium.open(StoreContract::alive);
    assertEquals(outcome.transitions(), sorted(reopened.transitions(second().runId())));
    for (FindingUpdate update : outcome.updates()) {
      assertTrue(states(reopened).contains(update.after()), () -> "kept: " + update.after());
    }
    assertEquals(
        Set.of(
            TransitionKind.OPENED,
            TransitionKind.CHANGED,
            TransitionKind.RESOLVED,
            TransitionKind.UNVERIFIED,
            TransitionKind.MUTED),
        outcome.transitions().stream().map(Transition::kind).collect(Collectors.toSet()));
  }

  @Test
  void theEdgesOfARunAreKept() {
    Medium medium = newMedium();
    recorded(medium.open(StoreContract::alive), first());
    recorded(medium.open(StoreContract::alive), second());
    FindingStore store = medium.open(StoreContract::alive);

    assertEquals(EDGES, edges(store, second().runId()));
    Day third =
        Day.of(3)
            .withoutCluster("eu-west-1", "shop")
            .edges(Day.associated("us-east-1", "mail", "sender"), Day.trusted("issuer", "new"));
    recorded(store, third);
    assertEquals(
        List.of(),
        edges(store, third.runId()),
        "what could not be read on the second day was known all along");
    assertEquals(EDGES, edges(medium.open(StoreContract::alive), second().runId()), "told again");
  }

  /// What the second day changes in who can become what.
  private static final List<String> EDGES =
      List.of("+ payments/new", "- payments/cart", "- payments/old");

  private static List<String> edges(FindingStore store, RunId run) {
    ScopeEdges changes = ScopeEdges.changes(store.scopes(run));
    return Stream.concat(
            changes.added().stream().map(edge -> "+ " + edge.serviceAccount()),
            changes.removed().stream().map(edge -> "- " + edge.serviceAccount()))
        .toList();
  }

  @Test
  void theSameRunAgainChangesNothing() {
    Medium medium = newMedium();
    recorded(medium.open(StoreContract::alive), first());
    RunRecorder.Result.Recorded once = recorded(medium.open(StoreContract::alive), second());
    Content before = content(medium.open(StoreContract::alive), second());

    RunRecorder.Result.Recorded again =
        recorded(
            medium.open(
                () -> {
                  throw new AssertionError("writes something");
                }),
            second());

    assertTrue(again.again());
    assertEquals(once.transitions(), again.transitions());
    assertEquals(before, content(medium.open(StoreContract::alive), second()));
  }

  @Test
  void aRunWithoutDriftWritesNoFinding() {
    Medium medium = newMedium();
    recorded(medium.open(StoreContract::alive), first());
    List<FindingState> before = states(medium.open(StoreContract::alive));
    Day quiet = Day.of(2).finds(first().assessment().findings().toArray(Finding[]::new));

    RunRecorder.Result.Recorded result = recorded(medium.open(StoreContract::alive), quiet);

    assertEquals(List.of(), result.transitions());
    assertTrue(result.run().counts().isEmpty());
    assertEquals(before, states(medium.open(StoreContract::alive)));
  }

  @Test
  void anOlderAuditIsRefused() {
    Medium medium = newMedium();
    recorded(medium.open(StoreContract::alive), first());
    recorded(medium.open(StoreContract::alive), second());
    Day older = Day.of(0).finds(onRole("app-9"));

    RunRecorder.Result result = record(medium.open(StoreContract::alive), older);

    assertEquals(
        second().runId(), assertInstanceOf(RunRecorder.Result.Outdated.class, result).newer().id());
  }

  /// A snapshot that is dated wrongly must not lock the store until its time has come.
  @Test
  void aRunOfATimeThatHasNotComeKeepsNoOtherOut() {
    Medium medium = newMedium();
    recorded(medium.open(StoreContract::alive), first());
    RunRequest one = first().request();
    Instant future = Instant.parse("9999-12-31T00:00:00Z");
    RunRequest ahead =
        new RunRequest(
            RunId.of(ACCOUNT, future),
            ACCOUNT,
            future,
            one.startedAt().plusSeconds(600),
            one.startedAt().plusSeconds(660),
            RunScope.ALL);
    assertInstanceOf(
        RunRecorder.Result.Recorded.class,
        record(medium.open(StoreContract::alive), first(), ahead));

    RunRecorder.Result.Recorded next = recorded(medium.open(StoreContract::alive), second());

    FindingStore store = medium.open(StoreContract::alive);
    assertEquals(
        List.of(second().runId(), first().runId(), ahead.id()),
        store.runs(ACCOUNT, 10).stream().map(Run::id).toList());
    assertEquals(List.of(second().runId()), store.runs(ACCOUNT, 1).stream().map(Run::id).toList());
    FindingStore plain = newMedium().open(StoreContract::alive);
    recorded(plain, first());
    assertEquals(told(recorded(plain, second()).transitions()), told(next.transitions()));
    assertInstanceOf(
        RunRecorder.Result.Outdated.class, record(store, first(), shifted(first(), 1)));
  }

  @Test
  void anotherRunWaitsForTheLease() {
    FindingStore store = newMedium().open(StoreContract::alive);
    RunRequest one = second().request();
    Run holder = begun(store, one);
    Instant now = one.now();
    RunRequest early =
        new RunRequest(
            new RunId("other"),
            ACCOUNT,
            now,
            now.plusSeconds(60),
            now.plusSeconds(99),
            RunScope.ALL);
    RunRequest late =
        new RunRequest(
            new RunId("other"),
            ACCOUNT,
            now,
            now.plusSeconds(61),
            now.plusSeconds(99),
            RunScope.ALL);

    assertEquals(
        holder.id(),
        assertInstanceOf(FindingStore.Begun.Busy.class, store.begin(early)).holder().id());
    assertInstanceOf(FindingStore.Begun.Started.class, store.begin(late));
  }

  @Test
  void accountsDoNotWaitForOneAnother() {
    FindingStore store = newMedium().open(StoreContract::alive);
    RunRequest one = first().request();
    begun(store, one);

    begun(
        store,
        new RunRequest(
            new RunId("other"),
            "999988887777",
            one.now().minusSeconds(100),
            one.startedAt(),
            one.leaseUntil(),
            RunScope.ALL));

    assertEquals(Set.of(ACCOUNT, "999988887777"), store.accounts());
    assertEquals(1, store.runs(ACCOUNT, 10).size());
  }

  @Test
  void aCompletedRunLeavesNoLease() {
    FindingStore store = newMedium().open(StoreContract::alive);
    Day day = first();
    recorded(store, day);
    RunRequest next =
        new RunRequest(
            new RunId("next"),
            ACCOUNT,
            day.now().plusSeconds(2),
            day.now().plusSeconds(2),
            day.now().plusSeconds(62),
            RunScope.ALL);

    begun(store, next);
  }

  @Test
  void aRetryUsesWhatWasStored() {
    Medium medium = newMedium();
    RunRequest one = second().request(new RunScope(Set.of("eu-west-1"), Set.of(), Set.of()));
    Run run = begun(medium.open(StoreContract::alive), one);
    Instant later = one.now().plusSeconds(500);

    FindingStore.Begun again =
        medium
            .open(StoreContract::alive)
            .begin(
                new RunRequest(
                    one.id(), ACCOUNT, later, later, later.plusSeconds(60), RunScope.ALL));

    Run resumed = assertInstanceOf(FindingStore.Begun.Resumed.class, again).run();
    assertEquals(run.now(), resumed.now());
    assertEquals(run.startedAt(), resumed.startedAt());
    assertEquals(run.scope(), resumed.scope());
    assertEquals(later.plusSeconds(60), resumed.leaseUntil());
  }

  @Test
  void aRunThatWasTakenForDeadMayNotWrite() {
    FindingStore store = newMedium().open(StoreContract::alive);
    Day day = first();
    Run slow = begun(store, day.request());
    RunOutcome outcome =
        LIFECYCLE.apply(PriorState.EMPTY, day.observed(), List.of(), SETTINGS, slow);
    store.apply(slow, outcome.updates().getFirst());
    Run next = begun(store, second().request());
    FindingUpdate update = outcome.updates().getLast();
    Run done = slow.completed(day.now(), true, Counts.NONE);
    List<ScopeRecord> scopes = outcome.scopes();

    assertEquals(List.of(slow.id()), next.adopts());
    assertThrows(StoreException.Superseded.class, () -> store.apply(slow, update));
    assertThrows(StoreException.Superseded.class, () -> store.recordScopes(slow, scopes));
    assertThrows(StoreException.Superseded.class, () -> store.complete(done));
    assertEquals(
        next.id(),
        assertInstanceOf(FindingStore.Begun.Outdated.class, store.begin(day.request()))
            .newer()
            .id(),
        "nor come back");
    assertEquals(RunState.ABANDONED, store.run(ACCOUNT, slow.id()).map(Run::state).orElseThrow());
  }

  @Test
  void aWriteOverWhatTheWriterDidNotSeeIsRefused() {
    FindingStore store = newMedium().open(StoreContract::alive);
    Run run = begun(store, first().request());
    RunOutcome outcome =
        LIFECYCLE.apply(PriorState.EMPTY, first().observed(), List.of(), SETTINGS, run);
    FindingUpdate update = outcome.updates().getFirst();
    store.apply(run, update);
    store.apply(run, update);
    FindingState other = update.after().withLastSeen(Instant.EPOCH);
    FindingUpdate blind = new FindingUpdate(Optional.empty(), other, List.of());

    assertThrows(StoreException.Stale.class, () -> store.apply(run, blind));
    assertEquals(List.of(update.after()), states(store));
  }

  @Test
  void aFindingThatMovesLeavesNothingBehind() {
    FindingStore store = newMedium().open(StoreContract::alive);
    recorded(store, Day.of(1).finds(onRole("app-1")));
    Finding moved =
        Edit.of(Finding.class)
            .with("region", "eu-west-1")
            .with("cluster", Optional.of("shop"))
            .apply(onRole("app-1"));

    recorded(store, Day.of(2).finds(moved));

    assertEquals(List.of(moved), states(store).stream().map(FindingState::finding).toList());
    assertEquals(1, store.findings(FindingQuery.LIVE).size());
  }

  @Test
  void runsAreListedLatestFirst() {
    FindingStore store = newMedium().open(StoreContract::alive);
    recorded(store, Day.of(1));
    recorded(store, Day.of(2));
    recorded(store, Day.of(3));

    assertEquals(
        List.of(Day.of(3).runId(), Day.of(2).runId()),
        store.runs(ACCOUNT, 2).stream().map(Run::id).toList());
    assertEquals(List.of(), store.runs("999988887777", 2));
    assertEquals(Optional.empty(), store.run(ACCOUNT, new RunId("none")));
  }

  @Test
  void anAlertIsNoted() {
    Medium medium = newMedium();
    recorded(medium.open(StoreContract::alive), first());
    Instant at = first().now().plusSeconds(90);

    medium.open(StoreContract::alive).alerted(ACCOUNT, first().runId(), at);

    FindingStore store = medium.open(StoreContract::alive);
    Run run = store.run(ACCOUNT, first().runId()).orElseThrow();
    assertEquals(Optional.of(at), run.alertedAt());
    assertEquals(RunState.COMPLETED, run.state());
    assertEquals(6, run.counts().of(TransitionKind.OPENED));
  }

  @Test
  void queriesSelect() {
    FindingStore store = newMedium().open(StoreContract::alive);
    store.putMute(mute());
    recorded(store, first());
    recorded(store, second());
    FindingQuery live = FindingQuery.LIVE;

    assertEquals(Set.of("app-1", "app-2", "app-5", "mail"), names(store.findings(live)));
    assertEquals(
        Set.of("app-1", "app-2", "app-3", "app-4", "app-5", "mail", "shop"),
        names(
            store.findings(
                new FindingQuery(
                    Optional.of(ACCOUNT),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    EnumSet.allOf(Status.class),
                    true))));
    assertEquals(
        Set.of("mail"),
        names(
            store.findings(
                new FindingQuery(
                    Optional.of(ACCOUNT),
                    Optional.of("mail"),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    live.statuses(),
                    false))));
    assertEquals(
        Set.of("app-2"),
        names(
            store.findings(
                new FindingQuery(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(Day.role("app-2")),
                    Optional.of(Day.ROLE_RULE),
                    Optional.of(Severity.LOW),
                    live.statuses(),
                    false))));
    assertEquals(
        Set.of("shop"),
        names(
            store.findings(
                new FindingQuery(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(Day.CLUSTER_RULE),
                    Optional.of(Severity.CRITICAL),
                    Set.of(Status.RESOLVED),
                    false))));
    assertEquals(
        List.of(),
        store.findings(
            new FindingQuery(
                Optional.of("999988887777"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                live.statuses(),
                true)));
  }

  private static Set<String> names(List<FindingState> states) {
    return states.stream()
        .map(state -> state.finding().resource())
        .map(resource -> resource.substring(resource.lastIndexOf('/') + 1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void historyIsOldestFirst() {
    FindingStore store = newMedium().open(StoreContract::alive);
    recorded(store, Day.of(1).finds(onRole("app-1")));
    recorded(store, Day.of(2).finds(onRole("app-2")));
    recorded(store, Day.of(3).finds(onRole("app-1")));

    assertEquals(
        List.of(TransitionKind.OPENED, TransitionKind.RESOLVED, TransitionKind.REOPENED),
        store.history(onRole("app-1").id()).stream().map(Transition::kind).toList());
    assertEquals(List.of(), store.history("f1-00000000000000000000"));
  }

  @Test
  void mutesAreKeptReplacedAndTakenAway() {
    Medium medium = newMedium();
    Mute longer =
        Mute.of("*", Day.role("app-4"), Optional.empty(), "b", "c", LocalDate.parse("2027-01-31"));
    Mute other =
        Mute.of(
            "r", "*", Optional.of(ACCOUNT), "a*b", "\u0000\n\"'", LocalDate.parse("2027-01-31"));
    medium.open(StoreContract::alive).putMute(mute());
    medium.open(StoreContract::alive).putMute(longer);
    medium.open(StoreContract::alive).putMute(other);

    assertEquals(
        Set.of(longer, other),
        Set.copyOf(medium.open(StoreContract::alive).mutes()),
        "the same id replaces");
    assertTrue(medium.open(StoreContract::alive).removeMute(longer.id()));
    assertFalse(medium.open(StoreContract::alive).removeMute(longer.id()));
    assertEquals(List.of(other), medium.open(StoreContract::alive).mutes());
  }

  @Test
  void anAccountIsRemoved() {
    FindingStore store = newMedium().open(StoreContract::alive);
    recorded(store, first());

    new RunRecorder(store, LIFECYCLE, InstantSource.fixed(second().now()))
        .remove(second().request());

    assertEquals(
        Set.of(Status.REMOVED),
        states(store).stream().map(FindingState::status).collect(Collectors.toSet()));
    assertEquals(6, store.transitions(second().runId()).size());
  }

  @Test
  void namesOfAnyKindAreKept() {
    FindingStore store = newMedium().open(StoreContract::alive);
    Finding hostile =
        Day.finding(
            "trust-any-subject",
            Severity.HIGH,
            "arn:aws:iam::111122223333:role/a#b/../c \u202e\u0000\ud83d\ude00\"\n",
            Optional.of("eu-west-1"),
            Optional.of("shop#1/%2e"),
            Set.of(Scope.account(Scope.Kind.IAM)));

    recorded(store, Day.of(1).finds(hostile));

    assertEquals(hostile, states(store).getFirst().finding());
    assertEquals(hostile, store.history(hostile.id()).getFirst().after().finding());
  }

  @Test
  void deathAtAnyStepAndARetryIsAsIfNothingHadHappened() {
    Content undisturbed = undisturbed();
    for (int step = 0; ; step++) {
      Medium medium = prepared();
      DiesAt death = new DiesAt(step);
      if (!dies(medium, death, second(), second().request())) {
        assertTrue(step > 10, "a run writes more than that");
        return;
      }
      recorded(medium.open(StoreContract::alive), second());

      assertEquals(
          undisturbed, content(medium.open(StoreContract::alive), second()), "after step " + step);
    }
  }

  @Test
  void deathAtAnyStepOfRetryAfterRetryIsAsIfNothingHadHappened() {
    Content undisturbed = undisturbed();
    for (int each = 1; each < 12; each++) {
      Medium medium = prepared();
      int tries = 0;
      while (dies(medium, new DiesAt(each + tries), second(), second().request())) {
        tries++;
        assertTrue(tries < 200, "comes to an end");
      }

      assertEquals(
          undisturbed, content(medium.open(StoreContract::alive), second()), "each " + each);
    }
  }

  @Test
  void deathAtAnyStepAndALaterRunTellsEverythingOnce() {
    List<String> told = told(undisturbed().transitions());
    for (int step = 0; ; step++) {
      Medium medium = prepared();
      DiesAt death = new DiesAt(step);
      boolean died = dies(medium, death, second(), second().request());
      RunRequest later = later(second());
      recordedBy(medium, later);

      FindingStore store = medium.open(StoreContract::alive);
      Run run = store.run(ACCOUNT, later.id()).orElseThrow();
      List<Transition> all = new ArrayList<>(store.transitions(run.id()));
      run.adopts().forEach(dead -> all.addAll(store.transitions(dead)));
      boolean completed =
          store
              .run(ACCOUNT, second().runId())
              .map(dead -> dead.state() == RunState.COMPLETED)
              .orElse(false);
      if (completed) {
        assertEquals(List.of(), all, "the first run tells all, step " + step);
        all.addAll(store.transitions(second().runId()));
      }
      assertEquals(told, told(all), "after step " + step);
      assertEquals(standing(undisturbed().findings()), standing(states(store)), "step " + step);
      assertEquals(completed ? List.of() : EDGES, edges(store, later.id()), "step " + step);
      if (!died) {
        return;
      }
    }
  }

  @Test
  void deathAfterDeathIsAdoptedAsAWhole() {
    List<String> told = told(undisturbed().transitions());
    Medium medium = prepared();
    List<RunId> dead = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      RunRequest request = shifted(second(), i);
      assertTrue(dies(medium, new DiesAt(4), second(), request));
      dead.add(request.id());
    }
    RunRequest last = shifted(second(), 3);
    recordedBy(medium, last);

    FindingStore store = medium.open(StoreContract::alive);
    Run run = store.run(ACCOUNT, last.id()).orElseThrow();
    List<Transition> all = new ArrayList<>(store.transitions(run.id()));
    run.adopts().forEach(id -> all.addAll(store.transitions(id)));
    assertTrue(dead.containsAll(run.adopts()));
    assertFalse(run.adopts().isEmpty());
    assertEquals(told, told(all));
  }

  @Test
  void aSuspectRunThatDiesAnywhereStaysSuspect() {
    Day full = Day.of(1).finds(roles(0, 4));
    Day empty = Day.of(2);
    for (int step = 0; ; step++) {
      Medium medium = newMedium();
      recorded(medium.open(StoreContract::alive), full);
      boolean died = dies(medium, new DiesAt(step), SUSPICIOUS, empty, empty.request());
      FindingStore store = medium.open(StoreContract::alive);
      RunRecorder.Result.Recorded result =
          assertInstanceOf(
              RunRecorder.Result.Recorded.class, record(store, SUSPICIOUS, empty, empty.request()));

      assertTrue(result.run().suspect(), "after step " + step);
      assertEquals(4, result.run().counts().held(), "after step " + step);
      assertEquals(4, medium.open(StoreContract::alive).findings(FindingQuery.LIVE).size());
      if (!died) {
        return;
      }
    }
  }

  private Content undisturbed() {
    Medium medium = prepared();
    recorded(medium.open(StoreContract::alive), second());
    return content(medium.open(StoreContract::alive), second());
  }

  private Medium prepared() {
    Medium medium = newMedium();
    medium.open(StoreContract::alive).putMute(mute());
    recorded(medium.open(StoreContract::alive), first());
    return medium;
  }

  private static boolean dies(Medium medium, DiesAt death, Day day, RunRequest request) {
    return dies(medium, death, LIFECYCLE, day, request);
  }

  private static boolean dies(
      Medium medium, DiesAt death, Lifecycle lifecycle, Day day, RunRequest request) {
    try {
      record(medium.open(death), lifecycle, day, request);
      return false;
    } catch (Death _) {
      return true;
    }
  }

  private static void recordedBy(Medium medium, RunRequest request) {
    assertInstanceOf(
        RunRecorder.Result.Recorded.class,
        record(medium.open(StoreContract::alive), second(), request));
  }

  private static RunRequest later(Day day) {
    return shifted(day, 1);
  }

  /// A request for the same day's audit that came when the leases of those before it were over.
  private static RunRequest shifted(Day day, int times) {
    Instant now = day.now().plusSeconds(100L * times);
    return new RunRequest(
        RunId.of(ACCOUNT, now),
        ACCOUNT,
        now,
        now.plusSeconds(1),
        now.plusSeconds(61),
        RunScope.ALL);
  }

  private static List<String> told(List<Transition> transitions) {
    return transitions.stream()
        .map(transition -> transition.after().id() + " " + transition.kind().id())
        .sorted()
        .toList();
  }

  /// What findings are, whenever they became it.
  private static Map<String, String> standing(List<FindingState> states) {
    Map<String, String> standing = new TreeMap<>();
    for (FindingState state : states) {
      standing.put(
          state.id(),
          String.join(
              " ",
              state.status().id(),
              String.valueOf(state.muted()),
              String.valueOf(state.reopenCount()),
              state.finding().severity().id(),
              state.firstSeen().truncatedTo(java.time.temporal.ChronoUnit.DAYS).toString()));
    }
    return standing;
  }

  private static Finding[] roles(int from, int to) {
    return IntStream.range(from, to).mapToObj(i -> onRole("app-" + i)).toArray(Finding[]::new);
  }
}
