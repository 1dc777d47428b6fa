package io.github.eksidentity.core.drift;

import static io.github.eksidentity.core.drift.Day.ACCOUNT;
import static io.github.eksidentity.core.drift.Day.onCluster;
import static io.github.eksidentity.core.drift.Day.onRole;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.eksidentity.core.audit.Finding;
import io.github.eksidentity.core.audit.Mute;
import io.github.eksidentity.core.audit.Settings;
import io.github.eksidentity.core.audit.Severity;
import io.github.eksidentity.core.facts.Coverage;
import io.github.eksidentity.core.facts.Scope;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class DigestTest {
  private static final Set<String> RULES =
      Set.of(Day.ROLE_RULE, Day.CLUSTER_RULE, Day.EVERYWHERE_RULE);
  private static final Scope EU = Scope.region("eu-west-1");

  private final MemoryStore medium = new MemoryStore();
  private FindingStore store = medium.open(() -> {});
  private Settings settings = Settings.DEFAULTS;

  private Digest run(Day day) {
    return run(store, day, day.request());
  }

  private Digest run(FindingStore on, Day day, RunRequest request) {
    Lifecycle lifecycle = new Lifecycle(DriftSettings.DEFAULTS, Renames.NONE, RULES);
    RunRecorder.Result result =
        new RunRecorder(on, lifecycle, InstantSource.fixed(request.startedAt()))
            .record(request, settings, (_, _) -> day.observed());
    Run run = assertInstanceOf(RunRecorder.Result.Recorded.class, result).run();
    return Digest.of(on, run);
  }

  private static List<String> said(List<Digest.Entry> entries) {
    return entries.stream()
        .map(entry -> entry.kind().id() + " " + name(entry.now().finding()))
        .toList();
  }

  private static String name(Finding finding) {
    return finding.resource().substring(finding.resource().lastIndexOf('/') + 1);
  }

  private static Mute mute(String role) {
    return Mute.of(
        "*", Day.role(role), Optional.empty(), "team", "known", LocalDate.parse("2026-12-31"));
  }

  private static Finding[] roles(int from, int to) {
    return IntStream.range(from, to).mapToObj(i -> onRole("app-" + i)).toArray(Finding[]::new);
  }

  @Test
  void theFirstRunGivesOneLineForEachScope() {
    Digest digest =
        run(
            Day.of(1)
                .finds(roles(0, 7))
                .finds(Day.with(onRole("app-8"), Severity.LOW))
                .finds(onCluster("eu-west-1", "shop")));

    assertEquals(List.of(), digest.opened());
    assertEquals(
        List.of(Scope.account(Scope.Kind.IAM), EU),
        digest.baseline().stream().map(Digest.FirstRead::scope).toList());
    Digest.FirstRead roles = digest.baseline().getFirst();
    assertEquals(Map.of(Severity.CRITICAL, 7, Severity.LOW, 1), roles.counts());
    assertEquals(8, roles.total());
    assertEquals(
        List.of("app-0", "app-1", "app-2", "app-3", "app-4"),
        roles.worst().stream().map(state -> name(state.finding())).toList());
    assertEquals(Optional.of(Severity.CRITICAL), digest.highestSeverity());
  }

  @Test
  void nothingChangedGivesNothing() {
    run(Day.of(1).finds(onRole("app-1")));

    assertTrue(run(Day.of(2).finds(onRole("app-1"))).isEmpty());
    assertFalse(run(Day.of(3)).isEmpty());
  }

  @Test
  void aFirstRunOfAHealthyAccountGivesNothing() {
    assertTrue(run(Day.of(1)).isEmpty());
  }

  @Test
  void whatChangedIsToldWorstFirst() {
    run(Day.of(1).finds(roles(1, 4)));

    Digest digest =
        run(
            Day.of(2)
                .finds(
                    onRole("app-1"),
                    Day.with(onRole("app-2"), Severity.LOW),
                    Day.with(onRole("app-8"), Severity.INFO),
                    onRole("app-9")));

    assertEquals(List.of("opened app-9", "opened app-8"), said(digest.opened()));
    assertEquals(List.of("changed app-2"), said(digest.changed()));
    assertEquals(
        Severity.CRITICAL, digest.changed().getFirst().before().orElseThrow().finding().severity());
    assertEquals(List.of("resolved app-3"), said(digest.resolved()));
    assertEquals(List.of("reopened app-3"), said(run(Day.of(3).finds(roles(1, 4))).opened()));
  }

  @Test
  void aLostScopeIsOneLineAndIsToldOnce() {
    Finding shop = onCluster("eu-west-1", "shop");
    Finding other = Day.with(onCluster("eu-west-1", "other"), Severity.LOW);
    run(Day.of(1).cluster("eu-west-1", "other").finds(shop, other));

    Digest lost = run(Day.of(2).losesRegion("eu-west-1"));

    assertEquals(
        List.of(
            new Digest.ScopeLine(EU, new Coverage.Failed("access denied", Optional.empty()), 2)),
        lost.lost());
    assertFalse(lost.run().complete());
    assertEquals(List.of(EU), lost.gaps().stream().map(ScopeRecord::scope).toList());
    Digest still = run(Day.of(3).losesRegion("eu-west-1"));
    assertTrue(still.isEmpty());
    assertEquals(1, still.gaps().size());

    Digest regained = run(Day.of(4).cluster("eu-west-1", "other").finds(shop));

    assertEquals(
        List.of(new Digest.ScopeLine(EU, new Coverage.Complete(), 1)), regained.regained());
    assertEquals(List.of("resolved other"), said(regained.resolved()));
    assertEquals(List.of(), regained.gaps());
  }

  @Test
  void whatCannotBeSettledIsCounted() {
    run(Day.of(1).finds(onRole("app-1")));

    assertEquals(1, run(Day.of(2).cannotJudge(onRole("app-1"))).unsettled());
  }

  @Test
  void aSuspectRunTellsWhatItHolds() {
    run(Day.of(1).finds(roles(0, 20)));

    Digest suspect = run(Day.of(2).finds(onRole("app-30")));

    assertTrue(suspect.run().suspect());
    assertEquals(20, suspect.held().size());
    assertEquals(List.of(), suspect.resolved());
    assertEquals(List.of("opened app-30"), said(suspect.opened()));
    Digest confirmed = run(Day.of(3).finds(onRole("app-30")));
    assertEquals(20, confirmed.resolved().size());
    assertEquals(List.of(), confirmed.held());
  }

  @Test
  void whatIsMutedIsCountedAndNothingElseOfIt() {
    run(Day.of(1).finds(onRole("app-1"), onRole("app-2")));
    store.putMute(mute("app-1"));
    store.putMute(mute("app-9"));

    Digest muted = run(Day.of(2).finds(onRole("app-1"), onRole("app-2"), onRole("app-9")));

    assertEquals(2, muted.muted());
    assertEquals(List.of(), muted.opened());
    assertTrue(
        run(Day.of(3).finds(Day.with(onRole("app-1"), Severity.LOW), onRole("app-2"))).isEmpty(),
        "changed and resolved while muted");
    store.removeMute(mute("app-1").id());
    assertEquals(
        List.of("unmuted app-1"),
        said(
            run(Day.of(4).finds(Day.with(onRole("app-1"), Severity.LOW), onRole("app-2")))
                .opened()));
  }

  @Test
  void switchedOffRulesAndRemovedAccountsAreCounted() {
    run(Day.of(1).finds(roles(1, 4)));
    settings = Day.switchedOff(Day.ROLE_RULE);

    assertEquals(Map.of(Day.ROLE_RULE, 3), run(Day.of(2)).disabled());

    settings = Settings.DEFAULTS;
    assertEquals(3, run(Day.of(3).finds(roles(1, 4))).verified());
    RunRequest request = Day.of(4).request();
    new RunRecorder(
            store,
            new Lifecycle(DriftSettings.DEFAULTS, Renames.NONE, RULES),
            InstantSource.fixed(request.startedAt()))
        .remove(request);
    assertEquals(3, Digest.of(store, store.run(ACCOUNT, request.id()).orElseThrow()).removed());
  }

  @Test
  void aRunThatDiedIsToldByTheNextWithoutWhatCameToNothing() {
    run(Day.of(1).finds(onRole("app-1"), onRole("app-2"), onRole("app-3")));
    FindingStore dying = medium.open(new DiesAfterUpdates(5));
    Day second = Day.of(2).finds(onRole("app-1"), onRole("app-5"), onRole("app-6"));
    try {
      run(dying, second, second.request());
    } catch (IllegalStateException expected) {
      assertEquals("dead", expected.getMessage());
    }
    store = medium.open(() -> {});
    Instant now = second.now().plusSeconds(100);
    RunRequest later =
        new RunRequest(
            RunId.of(ACCOUNT, now), ACCOUNT, now, now, now.plusSeconds(60), RunScope.ALL);

    Digest digest =
        run(store, Day.of(2).finds(onRole("app-1"), onRole("app-2"), onRole("app-6")), later);

    assertEquals(List.of(second.runId()), digest.run().adopts());
    assertEquals(List.of("opened app-6"), said(digest.opened()), "app-5 came and went unseen");
    assertEquals(List.of("resolved app-3"), said(digest.resolved()), "app-2 went and came unseen");
  }

  /// Dies when it is to write scopes: everything before is written.
  private static final class DiesAfterUpdates implements Runnable {
    private int writes;

    DiesAfterUpdates(int writes) {
      this.writes = 2 * writes;
    }

    @Override
    public void run() {
      if (writes-- == 0) {
        throw new IllegalStateException("dead");
      }
    }
  }
}
