package io.github.eksidentity.core.drift;

import static io.github.eksidentity.core.drift.Day.CLUSTER_RULE;
import static io.github.eksidentity.core.drift.Day.EVERYWHERE_RULE;
import static io.github.eksidentity.core.drift.Day.ROLE_RULE;
import static io.github.eksidentity.core.drift.Day.onCluster;
import static io.github.eksidentity.core.drift.Day.onProvider;
import static io.github.eksidentity.core.drift.Day.onRole;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.eksidentity.core.audit.Evidence;
import io.github.eksidentity.core.audit.Finding;
import io.github.eksidentity.core.audit.Mute;
import io.github.eksidentity.core.audit.Settings;
import io.github.eksidentity.core.audit.Severity;
import io.github.eksidentity.core.facts.Coverage;
import io.github.eksidentity.core.facts.Inventory;
import io.github.eksidentity.core.facts.Scope;
import io.github.eksidentity.core.json.Position;
import io.github.eksidentity.core.rules.TestAccount;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// One test for each row of the table in `docs/lifecycle.md` and each sentence under it.
final class LifecycleTest {
  private static final Scope IAM = Scope.account(Scope.Kind.IAM);
  private static final Scope EU = Scope.region("eu-west-1");
  private static final Scope SHOP_ADDONS = Scope.cluster(Scope.Kind.ADDONS, "eu-west-1", "shop");
  private static final Finding ROLE = onRole("app-1");
  private static final Finding SHOP = onCluster("eu-west-1", "shop");
  private static final Finding MAIL = onCluster("us-east-1", "mail");
  private static final Finding PROVIDER = onProvider("p1");

  private final History history = new History();

  /// Runs day after day on what the days before left.
  private static final class History {
    private final Set<String> rules =
        Set.of(ROLE_RULE, CLUSTER_RULE, EVERYWHERE_RULE, "trust-any-subject");
    private Lifecycle lifecycle = new Lifecycle(DriftSettings.DEFAULTS, Renames.NONE, rules);
    private PriorState memory = PriorState.EMPTY;
    private List<Mute> mutes = List.of();
    private Settings settings = Settings.DEFAULTS;
    private RunScope scope = RunScope.ALL;

    RunOutcome decide(Day day) {
      return lifecycle.apply(memory, day.observed(), mutes, settings, begun(day));
    }

    private Run begun(Day day) {
      return Run.begun(day.request(scope), List.of());
    }

    /// Runs a day and says what happened, as `kind resource`.
    List<String> run(Day... days) {
      List<String> last = List.of();
      for (Day day : days) {
        RunOutcome outcome = decide(day);
        remember(outcome);
        last = say(outcome);
      }
      return last;
    }

    static List<String> say(RunOutcome outcome) {
      return outcome.transitions().stream()
          .map(
              transition ->
                  (transition.held() ? "held " : "")
                      + transition.kind().id()
                      + " "
                      + name(transition.after().finding()))
          .toList();
    }

    private void remember(RunOutcome outcome) {
      Map<String, FindingState> findings = new TreeMap<>(memory.findings());
      for (FindingUpdate update : outcome.updates()) {
        assertEquals(
            update.before().map(FindingState::revision).orElse(0) + 1,
            update.after().revision(),
            "each write is the next revision");
        update.before().ifPresent(before -> findings.remove(before.id()));
        findings.put(update.after().id(), update.after());
      }
      Map<Scope, ScopeRecord> scopes = new TreeMap<>();
      outcome.scopes().forEach(record -> scopes.put(record.scope(), record));
      memory = new PriorState(findings, scopes);
    }

    FindingState state(Finding finding) {
      return Optional.ofNullable(memory.findings().get(finding.id())).orElseThrow();
    }
  }

  private static String name(Finding finding) {
    return finding.resource().substring(finding.resource().lastIndexOf('/') + 1);
  }

  private static Instant now(int day) {
    return Day.of(day).now();
  }

  private static Mute mute(String rule, String resource, String until) {
    return Mute.of(rule, resource, Optional.empty(), "team-a", "accepted", LocalDate.parse(until));
  }

  private static Finding[] many(int from, int to) {
    return IntStream.range(from, to).mapToObj(i -> onRole("app-" + i)).toArray(Finding[]::new);
  }

  @Nested
  final class Rows {
    @Test
    void notKnownAndViolatedIsOpened() {
      history.run(Day.of(1));

      assertEquals(List.of("opened app-1"), history.run(Day.of(2).finds(ROLE)));

      FindingState state = history.state(ROLE);
      assertEquals(Status.OPEN, state.status());
      assertEquals(now(2), state.firstSeen());
      assertEquals(now(2), state.lastSeen());
      assertEquals(0, state.reopenCount());
      assertFalse(state.muted());
    }

    @Test
    void openAndViolatedAlikeWritesNothing() {
      history.run(Day.of(1).finds(ROLE, SHOP, PROVIDER));

      RunOutcome outcome = history.decide(Day.of(2).finds(ROLE, SHOP, PROVIDER));

      assertEquals(List.of(), outcome.updates());
      history.remember(outcome);
      assertEquals(now(2), history.state(ROLE).seen(history.memory.scopes()), "seen all the same");
    }

    @Test
    void openWithAnotherSeverityIsChanged() {
      history.run(Day.of(1).finds(ROLE));

      RunOutcome outcome = history.decide(Day.of(2).finds(Day.with(ROLE, Severity.MEDIUM)));

      Transition changed = outcome.transitions().getFirst();
      assertEquals(TransitionKind.CHANGED, changed.kind());
      assertEquals(Severity.CRITICAL, changed.before().orElseThrow().finding().severity());
      assertEquals(Severity.MEDIUM, changed.after().finding().severity());
      assertEquals(now(1), changed.after().firstSeen());
      assertEquals(now(2), changed.after().lastSeen());
    }

    @Test
    void openWithOtherEvidenceIsChanged() {
      history.run(Day.of(1).finds(ROLE));

      Finding other = Day.with(ROLE, Evidence.of("it is so").withKey("key").withValue("other"));

      assertEquals(List.of("changed app-1"), history.run(Day.of(2).finds(other)));
    }

    @Test
    void openAndNotViolatedIsResolvedAsFixed() {
      history.run(Day.of(1).finds(ROLE), Day.of(2).finds(ROLE));

      assertEquals(List.of("resolved app-1"), history.run(Day.of(3)));

      FindingState state = history.state(ROLE);
      assertEquals(Status.RESOLVED, state.status());
      assertEquals(Optional.of(now(3)), state.resolvedAt());
      assertEquals(Optional.of(Resolution.FIXED), state.resolution());
      assertEquals(Optional.of(now(3).plus(Duration.ofDays(90))), state.expires());
      assertEquals(now(2), state.lastSeen(), "the last run that saw it wrote nothing");
    }

    @Test
    void openAndUndecidedIsUnverified() {
      history.run(Day.of(1).finds(ROLE));

      RunOutcome outcome = history.decide(Day.of(2).fails(IAM).cannotJudge(ROLE, IAM));

      Transition unverified = outcome.transitions().getFirst();
      assertEquals(TransitionKind.UNVERIFIED, unverified.kind());
      assertEquals(Set.of(IAM), unverified.scopes());
      assertEquals(Status.UNVERIFIED, unverified.after().status());
      assertEquals(now(1), unverified.after().lastSeen());
      history.remember(outcome);
      assertEquals(List.of(), history.run(Day.of(3).fails(IAM).cannotJudge(ROLE, IAM)), "once");
    }

    @Test
    void unverifiedAndViolatedIsVerified() {
      history.run(Day.of(1).finds(ROLE), Day.of(2).fails(IAM));

      RunOutcome outcome = history.decide(Day.of(3).finds(ROLE));

      assertEquals(List.of("verified app-1"), History.say(outcome));
      assertEquals(Set.of(IAM), outcome.transitions().getFirst().scopes());
      history.remember(outcome);
      assertEquals(Status.OPEN, history.state(ROLE).status());
      assertEquals(Set.of(), history.state(ROLE).missing());
    }

    @Test
    void unverifiedAndViolatedDifferentlyIsVerifiedAndChanged() {
      history.run(Day.of(1).finds(ROLE), Day.of(2).fails(IAM));

      assertEquals(
          List.of("changed app-1", "verified app-1"),
          history.run(Day.of(3).finds(Day.with(ROLE, Severity.LOW))).stream().sorted().toList());
    }

    @Test
    void unverifiedAndNotViolatedIsResolved() {
      history.run(Day.of(1).finds(ROLE), Day.of(2).fails(IAM));

      assertEquals(List.of("resolved app-1"), history.run(Day.of(3)));
    }

    @Test
    void resolvedAndViolatedIsReopened() {
      history.run(Day.of(1).finds(ROLE), Day.of(2));

      assertEquals(List.of("reopened app-1"), history.run(Day.of(3).finds(ROLE)));

      FindingState state = history.state(ROLE);
      assertEquals(Status.OPEN, state.status());
      assertEquals(1, state.reopenCount());
      assertEquals(now(1), state.firstSeen());
      assertEquals(Optional.empty(), state.expires());
      assertEquals(Optional.empty(), state.resolvedAt());
      history.run(Day.of(4), Day.of(5).finds(ROLE));
      assertEquals(2, history.state(ROLE).reopenCount());
    }

    @Test
    void resolvedAndStillGoodOrUndecidedStaysResolved() {
      history.run(Day.of(1).finds(ROLE), Day.of(2));

      assertEquals(List.of(), history.run(Day.of(3)));
      assertEquals(List.of(), history.run(Day.of(4).fails(IAM).cannotJudge(ROLE, IAM)));
    }

    @Test
    void aRuleSwitchedOffDisables() {
      history.run(Day.of(1).finds(ROLE, SHOP));
      history.settings = Day.switchedOff(ROLE_RULE);

      assertEquals(List.of("disabled app-1"), history.run(Day.of(2).finds(SHOP)));
      assertEquals(Status.DISABLED, history.state(ROLE).status());
      assertEquals(List.of(), history.run(Day.of(3).finds(SHOP)), "once");
    }

    @Test
    void aRuleThatIsNoLongerInTheCatalogueDisables() {
      history.run(Day.of(1).finds(ROLE));
      history.lifecycle = new Lifecycle(DriftSettings.DEFAULTS, Renames.NONE, Set.of(CLUSTER_RULE));

      assertEquals(List.of("disabled app-1"), history.run(Day.of(2)));
    }

    @Test
    void aRuleSwitchedOnAgainVerifiesResolvesOrOpens() {
      Finding second = onRole("app-2");
      Finding third = onRole("app-3");
      history.run(Day.of(1).finds(ROLE, second));
      history.settings = Day.switchedOff(ROLE_RULE);
      history.run(Day.of(2));
      history.settings = Settings.DEFAULTS;

      assertEquals(
          List.of("verified app-1", "resolved app-2", "opened app-3"),
          history.run(Day.of(3).finds(ROLE, third)));
    }

    @Test
    void aRuleSwitchedOnAgainWhereNothingIsReadIsUnverified() {
      history.run(Day.of(1).finds(ROLE));
      history.settings = Day.switchedOff(ROLE_RULE);
      history.run(Day.of(2));
      history.settings = Settings.DEFAULTS;

      assertEquals(
          List.of("unverified app-1"), history.run(Day.of(3).fails(IAM).cannotJudge(ROLE, IAM)));
    }

    @Test
    void anAccountThatIsNoLongerAuditedIsRemovedNotResolved() {
      history.run(
          Day.of(1).finds(ROLE, SHOP, onRole("app-2")), Day.of(2).finds(SHOP, ROLE).fails(IAM));
      history.run(Day.of(3).finds(ROLE, SHOP));

      RunOutcome outcome =
          history.lifecycle.remove(history.memory, Run.begun(Day.of(4).request(), List.of()));

      assertEquals(List.of("removed app-1", "removed shop"), sorted(History.say(outcome)));
      history.remember(outcome);
      assertEquals(Status.REMOVED, history.state(ROLE).status());
      assertEquals(Status.RESOLVED, history.state(onRole("app-2")).status(), "history stays");
      assertEquals(Optional.empty(), history.state(ROLE).resolvedAt());
    }

    @Test
    void anAccountThatComesBackIsVerifiedOrResolved() {
      history.run(Day.of(1).finds(ROLE, SHOP));
      history.remember(
          history.lifecycle.remove(history.memory, Run.begun(Day.of(2).request(), List.of())));

      assertEquals(
          List.of("resolved shop", "verified app-1"), sorted(history.run(Day.of(3).finds(ROLE))));
    }

    @Test
    void aMuteInForceMutesAndTheStatusGoesOn() {
      history.run(Day.of(1).finds(ROLE));
      history.mutes = List.of(mute(ROLE_RULE, Day.role("app-*"), "2026-12-31"));

      assertEquals(List.of("muted app-1"), history.run(Day.of(2).finds(ROLE)));
      assertTrue(history.state(ROLE).muted());
      assertEquals(Status.OPEN, history.state(ROLE).status());
      assertEquals(List.of(), history.run(Day.of(3).finds(ROLE)), "once");
      history.run(Day.of(4));
      assertEquals(Status.RESOLVED, history.state(ROLE).status());
      assertTrue(history.state(ROLE).muted(), "so that nobody is told");
    }

    @Test
    void aFindingThatOpensMutedSaysBoth() {
      history.mutes = List.of(mute("*", "*", "2026-12-31"));

      assertEquals(List.of("opened app-1", "muted app-1"), history.run(Day.of(1).finds(ROLE)));
      assertTrue(history.state(ROLE).muted());
    }

    @Test
    void aMuteThatEndsUnmutes() {
      history.mutes = List.of(mute(ROLE_RULE, Day.role("app-1"), "2026-11-21"));
      history.run(Day.of(1).finds(ROLE));

      assertEquals(List.of(), history.run(Day.of(2).finds(ROLE)), "in force on its last day");
      assertEquals(List.of("unmuted app-1"), history.run(Day.of(3).finds(ROLE)));
      assertFalse(history.state(ROLE).muted());
    }

    @Test
    void aMuteThatIsTakenAwayUnmutes() {
      history.mutes = List.of(mute(ROLE_RULE, "*", "2026-12-31"));
      history.run(Day.of(1).finds(ROLE));
      history.mutes = List.of();

      assertEquals(List.of("unmuted app-1"), history.run(Day.of(2).finds(ROLE)));
    }
  }

  @Nested
  final class EvidenceThatCounts {
    @Test
    void orderPlaceAndNearestDoNotCount() {
      Evidence one = Evidence.of("one").withKey("k").withValue("v");
      Evidence two = Evidence.of("two").withStatement(0).withAt(new Position(3, 4));
      history.run(Day.of(1).finds(Day.with(ROLE, one, two)));

      Finding moved =
          Day.with(
              ROLE,
              two.withStatement(1).withAt(new Position(9, 1)),
              one.withNearest("something that exists today"));

      assertEquals(List.of(), history.run(Day.of(2).finds(moved)));
    }

    @Test
    void whatPassesWithTimeDoesNotCount() {
      Evidence then = Evidence.of("95 providers of 100").withKey("n").withValue("95").passing();
      Evidence now = Evidence.of("96 providers of 100").withKey("n").withValue("96").passing();
      history.run(Day.of(1).finds(Day.with(ROLE, then)));

      assertEquals(List.of(), history.run(Day.of(2).finds(Day.with(ROLE, now))));
    }

    @Test
    void aFurtherObservationCounts() {
      history.run(Day.of(1).finds(Day.with(ROLE, Evidence.of("one"))));

      assertEquals(
          List.of("changed app-1"),
          history.run(Day.of(2).finds(Day.with(ROLE, Evidence.of("one"), Evidence.of("two")))));
    }

    @Test
    void textsThatOnlyLookAlikeWhenJoinedDiffer() {
      history.run(Day.of(1).finds(Day.with(ROLE, Evidence.of("a").withKey("bc"))));

      assertEquals(
          List.of("changed app-1"),
          history.run(Day.of(2).finds(Day.with(ROLE, Evidence.of("ab").withKey("c")))));
    }
  }

  @Nested
  final class WhatWasNotRead {
    @Test
    void aDeniedRegionLeavesItsFindingsUnverifiedAndOthersAlone() {
      history.run(Day.of(1).finds(SHOP, MAIL, ROLE, PROVIDER));

      RunOutcome outcome =
          history.decide(
              Day.of(2)
                  .losesRegion("eu-west-1")
                  .finds(MAIL, ROLE)
                  .cannotJudge(PROVIDER, EU)
                  .cannotList(CLUSTER_RULE, EU));

      assertEquals(List.of("unverified p1", "unverified shop"), sorted(History.say(outcome)));
      outcome
          .transitions()
          .forEach(
              transition ->
                  assertEquals(Set.of(EU), transition.scopes(), "the region is the cause"));
      assertFalse(outcome.complete());
    }

    @Test
    void aDeletedRoleIsNotResolvedWhereTheRolesWerePartlyRead() {
      history.run(Day.of(1).finds(ROLE));

      assertEquals(
          List.of("unverified app-1"),
          history.run(
              Day.of(2)
                  .reads(IAM, new Coverage.Partial("throttled", Optional.empty()))
                  .without(ROLE.resource())
                  .cannotList(ROLE_RULE, IAM)));
    }

    @Test
    void theListOfRegionsDeniedLeavesClustersUnverified() {
      history.run(Day.of(1).finds(SHOP));
      Scope regions = Scope.account(Scope.Kind.REGIONS);
      Day day = Day.of(2).withoutRegion("eu-west-1").fails(regions);

      RunOutcome outcome = history.decide(day);

      assertEquals(List.of("unverified shop"), History.say(outcome));
      assertEquals(Set.of(regions), outcome.transitions().getFirst().scopes());
    }

    @Test
    void whatTheRuleNeededOnceAndNoLongerNeedsDoesNotKeepItOpen() {
      history.run(Day.of(1).finds(SHOP));

      assertEquals(
          List.of("resolved shop"),
          history.run(
              Day.of(2).reads(SHOP_ADDONS, new Coverage.Skipped("no association needs it"))));
    }

    @Test
    void whatIsUnsettledThoughReadIsUnverified() {
      history.run(Day.of(1).finds(ROLE));

      assertEquals(List.of("unverified app-1"), history.run(Day.of(2).cannotJudge(ROLE)));
    }

    @Test
    void aScopeThatTheRuleNeededWhenItSpokeStillCounts() {
      history.run(Day.of(1).finds(SHOP));

      assertEquals(
          List.of("unverified shop"),
          history.run(Day.of(2).fails(SHOP_ADDONS)),
          "although nothing says that the rule was undecided");
    }

    @Test
    void aRegionThatWasSwitchedOffLeavesItsClustersUnverifiedAndFreesTheRest() {
      history.run(Day.of(1).finds(SHOP, PROVIDER));

      assertEquals(
          List.of("resolved p1", "unverified shop"),
          sorted(history.run(Day.of(2).withoutRegion("eu-west-1"))));
    }
  }

  @Nested
  final class SubjectGone {
    @Test
    void aClusterThatACompleteListNoLongerNames() {
      history.run(Day.of(1).finds(SHOP, MAIL));

      assertEquals(
          List.of("resolved shop"),
          history.run(Day.of(2).withoutCluster("eu-west-1", "shop").finds(MAIL)));
      assertEquals(Optional.of(Resolution.SUBJECT_GONE), history.state(SHOP).resolution());
    }

    @Test
    void aClusterGoneCountsAlthoughTheRolesWereNotRead() {
      Finding onBoth =
          Day.finding(
              CLUSTER_RULE,
              Severity.HIGH,
              SHOP.resource(),
              Optional.of("eu-west-1"),
              Optional.of("shop"),
              Set.of(IAM, SHOP_ADDONS));
      history.run(Day.of(1).finds(onBoth));

      assertEquals(
          List.of("resolved shop"),
          history.run(Day.of(2).withoutCluster("eu-west-1", "shop").fails(IAM)));
    }

    @Test
    void aFindingOfADeletedClusterAtARoleThatStays() {
      Finding atRole =
          Day.finding(
              ROLE_RULE,
              Severity.HIGH,
              Day.role("app-1"),
              Optional.of("eu-west-1"),
              Optional.of("shop"),
              Set.of(IAM, EU));
      history.run(Day.of(1).finds(atRole));
      history.run(Day.of(2).withoutCluster("eu-west-1", "shop"));

      assertEquals(Optional.of(Resolution.SUBJECT_GONE), history.state(atRole).resolution());
    }

    @Test
    void aRoleThatWasNotReadOutlivesItsCluster() {
      Finding atRole =
          Day.finding(
              ROLE_RULE,
              Severity.HIGH,
              Day.role("app-1"),
              Optional.of("eu-west-1"),
              Optional.of("shop"),
              Set.of(IAM));
      history.run(Day.of(1).finds(atRole));

      assertEquals(
          List.of("unverified app-1"),
          history.run(
              Day.of(2)
                  .withoutCluster("eu-west-1", "shop")
                  .without(atRole.resource())
                  .fails(IAM)
                  .cannotList(ROLE_RULE, IAM)));
    }

    @Test
    void aDeletedRole() {
      history.run(Day.of(1).finds(ROLE), Day.of(2).without(ROLE.resource()));

      assertEquals(Optional.of(Resolution.SUBJECT_GONE), history.state(ROLE).resolution());
    }
  }

  @Nested
  final class NarrowedRuns {
    @Test
    void byRegionChangesNothingElse() {
      history.run(Day.of(1).finds(SHOP, MAIL, ROLE, PROVIDER));
      history.scope = new RunScope(Set.of("eu-west-1"), Set.of(), Set.of());

      RunOutcome outcome = history.decide(Day.of(2).skipsRegion("us-east-1"));

      assertEquals(List.of("resolved app-1", "resolved shop"), sorted(History.say(outcome)));
      assertTrue(outcome.complete(), "what is left out by choice does not count");
    }

    @Test
    void byWhatTheSourceHoldsChangesNothingElse() {
      history.run(Day.of(1).finds(SHOP, MAIL, ROLE, PROVIDER));

      assertEquals(
          List.of("resolved shop"),
          history.run(
              Day.of(2)
                  .skipsRegion("us-east-1")
                  .cannotJudge(PROVIDER, Scope.region("us-east-1"))
                  .finds(ROLE)),
          "a snapshot of one region says nothing of the other");
    }

    @Test
    void withoutWhatIsReadOnRequestChangesNothingOfIt() {
      Scope pods = Scope.cluster(Scope.Kind.PODS, "eu-west-1", "shop");
      Finding ofPods =
          Day.finding(
              "pod-not-injected",
              Severity.HIGH,
              "shop/cart",
              Optional.of("eu-west-1"),
              Optional.of("shop"),
              Set.of(pods));
      history.lifecycle =
          new Lifecycle(DriftSettings.DEFAULTS, Renames.NONE, Set.of("pod-not-injected"));
      history.run(Day.of(1).reads(pods, new Coverage.Complete()).finds(ofPods));

      assertEquals(List.of(), history.run(Day.of(2)), "its scope is not named at all");
      assertEquals(
          List.of(), history.run(Day.of(3).reads(pods, new Coverage.Skipped("not asked for"))));
      assertEquals(List.of(), history.run(Day.of(4).doesNotAsk("pod-not-injected")));
      assertEquals(
          List.of("unverified cart"), history.run(Day.of(5).fails(pods)), "tried and failed");
      assertEquals(
          List.of("resolved cart"), history.run(Day.of(6).reads(pods, new Coverage.Complete())));
      assertEquals(Optional.of(Resolution.SUBJECT_GONE), history.state(ofPods).resolution());
    }

    @Test
    void byClusterChangesNothingElse() {
      history.run(Day.of(1).finds(SHOP, MAIL, ROLE, PROVIDER));
      history.scope = new RunScope(Set.of(), Set.of("shop"), Set.of());

      assertEquals(List.of("resolved app-1", "resolved shop"), sorted(history.run(Day.of(2))));
    }

    @Test
    void byRuleChangesNothingElseAndDisablesNothing() {
      history.run(Day.of(1).finds(SHOP, ROLE));
      history.scope = new RunScope(Set.of(), Set.of(), Set.of(CLUSTER_RULE));
      history.settings = Day.switchedOff(ROLE_RULE);
      history.mutes = List.of(mute(ROLE_RULE, "*", "2026-12-31"));

      assertEquals(List.of("resolved shop"), history.run(Day.of(2)));
    }

    @Test
    void byRuleDoesNotCountAsTheFirstReadOfAScope() {
      history.scope = new RunScope(Set.of(), Set.of(), Set.of(CLUSTER_RULE));
      history.run(Day.of(1));
      history.scope = RunScope.ALL;

      RunOutcome outcome = history.decide(Day.of(2).finds(ROLE));

      assertEquals(Optional.of(IAM), outcome.transitions().getFirst().baseline());
    }

    @Test
    void byRuleDoesNotMakeOtherFindingsSeen() {
      history.run(Day.of(1).finds(ROLE, SHOP));
      history.scope = new RunScope(Set.of(), Set.of(), Set.of(CLUSTER_RULE));
      history.run(Day.of(2).finds(SHOP));

      assertEquals(now(1), history.state(ROLE).seen(history.memory.scopes()));
    }

    @Test
    void doesNotOpenWhatItDoesNotOwn() {
      history.scope = new RunScope(Set.of("eu-west-1"), Set.of(), Set.of());

      assertEquals(List.of("opened shop"), history.run(Day.of(1).finds(SHOP, MAIL)));
    }
  }

  @Nested
  final class Baseline {
    @Test
    void anAccountsFirstRunOpensEverythingAsBaseline() {
      RunOutcome outcome = history.decide(Day.of(1).finds(ROLE, SHOP, MAIL, PROVIDER));

      assertEquals(
          Map.of(
              "app-1", IAM,
              "shop", EU,
              "mail", Scope.region("us-east-1"),
              "p1", IAM),
          baselines(outcome));
    }

    @Test
    void theSecondRunDoesNot() {
      history.run(Day.of(1));

      assertEquals(
          Map.of(), baselines(history.decide(Day.of(2).finds(ROLE, SHOP, MAIL, PROVIDER))));
    }

    @Test
    void aRegionThatIsReadForTheFirstTime() {
      history.run(Day.of(1).losesRegion("eu-west-1").cannotJudge(PROVIDER, EU));

      RunOutcome outcome = history.decide(Day.of(2).finds(ROLE, SHOP, MAIL, PROVIDER));

      assertEquals(Map.of("shop", EU, "p1", EU), baselines(outcome), "and what waited for it");
    }

    @Test
    void aClusterThatIsReadForTheFirstTime() {
      history.run(Day.of(1));
      Finding fresh = onCluster("eu-west-1", "fresh");

      RunOutcome outcome = history.decide(Day.of(2).cluster("eu-west-1", "fresh").finds(fresh));

      assertEquals(
          Map.of("fresh", Scope.cluster(Scope.Kind.ASSOCIATIONS, "eu-west-1", "fresh")),
          baselines(outcome));
    }

    @Test
    void aPartOfAClusterThatIsReadForTheFirstTime() {
      history.run(Day.of(1).fails(SHOP_ADDONS));

      assertEquals(Map.of("shop", SHOP_ADDONS), baselines(history.decide(Day.of(2).finds(SHOP))));
    }

    @Test
    void aRegionThatWasReadBeforeAndLostIsNotANewOne() {
      history.run(Day.of(1), Day.of(2).losesRegion("eu-west-1"));

      assertEquals(Map.of(), baselines(history.decide(Day.of(3).finds(SHOP))));
    }

    @Test
    void aNewRegionDoesNotMakeNewsOfRolesABaseline() {
      history.run(Day.of(1));
      Scope fresh = Scope.region("eu-north-1");
      Finding finding =
          Day.finding(
              EVERYWHERE_RULE,
              Severity.LOW,
              PROVIDER.resource(),
              Optional.empty(),
              Optional.empty(),
              Set.of(IAM, EU, fresh));

      assertEquals(
          Map.of(), baselines(history.decide(Day.of(2).region("eu-north-1").finds(finding))));
    }

    private static Map<String, Scope> baselines(RunOutcome outcome) {
      Map<String, Scope> found = new TreeMap<>();
      for (Transition transition : outcome.transitions()) {
        transition
            .baseline()
            .ifPresent(scope -> found.put(name(transition.after().finding()), scope));
      }
      return found;
    }
  }

  @Nested
  final class Breaker {
    @Test
    void holdsWhenMoreThanThirtyPercentAndMoreThanTenWouldBeResolved() {
      history.run(Day.of(1).finds(many(0, 30)));

      RunOutcome outcome = history.decide(Day.of(2).finds(many(11, 30)).finds(onRole("app-39")));

      assertTrue(outcome.suspect());
      List<String> said = History.say(outcome);
      assertEquals(11, said.stream().filter(text -> text.startsWith("held resolved")).count());
      assertTrue(said.contains("opened app-39"), "openings go out");
      assertEquals(12, said.size());
      history.remember(outcome);
      assertEquals(Status.OPEN, history.state(onRole("app-3")).status());
    }

    @Test
    void believesTenWhateverTheirPart() {
      history.run(Day.of(1).finds(many(0, 10)));

      assertFalse(history.decide(Day.of(2)).suspect());
    }

    @Test
    void believesThirtyPercentWhateverTheirNumber() {
      history.run(Day.of(1).finds(many(0, 40)));

      assertFalse(history.decide(Day.of(2).finds(many(12, 40))).suspect());
      assertTrue(history.decide(Day.of(2).finds(many(13, 40))).suspect());
    }

    @Test
    void theNextRunWithTheSameOutcomeConfirms() {
      history.run(Day.of(1).finds(many(0, 30)), Day.of(2).finds(many(11, 30)));

      RunOutcome outcome = history.decide(Day.of(3).finds(many(11, 30)));

      assertFalse(outcome.suspect());
      assertEquals(
          11, History.say(outcome).stream().filter(text -> text.startsWith("resolved")).count());
      history.remember(outcome);
      assertEquals(now(1), history.state(onRole("app-3")).lastSeen(), "not seen while held");
      assertEquals(Optional.of(now(3)), history.state(onRole("app-3")).resolvedAt());
    }

    @Test
    void theNextRunThatSeesThemAgainTellsNothing() {
      history.run(Day.of(1).finds(many(0, 30)), Day.of(2).finds(many(11, 30)));

      assertEquals(List.of(), history.run(Day.of(3).finds(many(0, 30))));
      assertEquals(Optional.empty(), history.state(onRole("app-3")).heldBy());
      assertTrue(history.decide(Day.of(4).finds(many(11, 30))).suspect(), "and holds anew");
    }

    @Test
    void aSecondWaveIsHeldWhileTheFirstIsConfirmed() {
      history.run(Day.of(1).finds(many(0, 40)), Day.of(2).finds(many(13, 40)));

      List<String> said = history.run(Day.of(3).finds(many(26, 40)));

      assertEquals(13, said.stream().filter(text -> text.startsWith("resolved")).count());
      assertEquals(13, said.stream().filter(text -> text.startsWith("held resolved")).count());
    }

    @Test
    void aRetryOfTheRunThatHeldDoesNotConfirm() {
      history.run(Day.of(1).finds(many(0, 30)));
      Day second = Day.of(2).finds(many(11, 30));
      history.run(second);

      assertEquals(List.of(), history.run(second), "all of it was written before");
      assertEquals(Status.OPEN, history.state(onRole("app-3")).status());
    }

    @Test
    void settingsMoveTheLimits() {
      history.lifecycle =
          new Lifecycle(new DriftSettings(0, 0, Duration.ofDays(1)), Renames.NONE, history.rules);
      history.run(Day.of(1).finds(ROLE));

      assertEquals(List.of("held resolved app-1"), history.run(Day.of(2)));
    }

    @Test
    void whatIsUnverifiedIsNotResolvedAndDoesNotTrip() {
      history.run(Day.of(1).finds(many(0, 30)));

      RunOutcome outcome = history.decide(Day.of(2).fails(IAM).cannotList(ROLE_RULE, IAM));

      assertFalse(outcome.suspect());
      assertEquals(30, outcome.updates().size());
    }
  }

  @Nested
  final class CoverageChanges {
    @Test
    void lossAndReturnAreSaidOnTheRunWhereTheyHappen() {
      history.run(Day.of(1));

      assertEquals(Map.of(EU, CoverageChange.LOST), changes(Day.of(2).losesRegion("eu-west-1")));
      assertEquals(Map.of(), changes(Day.of(3).losesRegion("eu-west-1")));
      assertEquals(Map.of(EU, CoverageChange.REGAINED), changes(Day.of(4)));
      assertEquals(Map.of(), changes(Day.of(5)));
    }

    @Test
    void whatNeverCouldBeReadIsSaidOnce() {
      assertEquals(Map.of(SHOP_ADDONS, CoverageChange.LOST), changes(Day.of(1).fails(SHOP_ADDONS)));
      assertEquals(Map.of(), changes(Day.of(2).fails(SHOP_ADDONS)));
    }

    @Test
    void aNarrowedRunInBetweenDoesNotHideALoss() {
      history.run(Day.of(1));
      assertEquals(Map.of(), changes(Day.of(2).skipsRegion("eu-west-1")));

      assertEquals(Map.of(EU, CoverageChange.LOST), changes(Day.of(3).losesRegion("eu-west-1")));
      assertEquals(Map.of(), changes(Day.of(4).skipsRegion("eu-west-1")));
      assertEquals(Map.of(EU, CoverageChange.REGAINED), changes(Day.of(5)));
    }

    @Test
    void aDeletedClusterIsNotALoss() {
      history.run(Day.of(1));

      assertEquals(Map.of(), changes(Day.of(2).withoutCluster("eu-west-1", "shop")));
      assertFalse(history.memory.scopes().containsKey(SHOP_ADDONS), "and is forgotten");
    }

    private Map<Scope, CoverageChange> changes(Day day) {
      Map<Scope, CoverageChange> changes = new TreeMap<>();
      history.run(day);
      for (ScopeRecord record : history.memory.scopes().values()) {
        if (record.change() != CoverageChange.NONE) {
          changes.put(record.scope(), record.change());
        }
      }
      return changes;
    }
  }

  @Nested
  final class Names {
    @Test
    void aRenamedRuleKeepsItsFindings() {
      history.run(Day.of(1).finds(ROLE));
      history.lifecycle =
          new Lifecycle(
              DriftSettings.DEFAULTS,
              new Renames(Map.of(ROLE_RULE, "trust-any-subject")),
              history.rules);
      Finding renamed =
          Day.finding(
              "trust-any-subject",
              Severity.CRITICAL,
              ROLE.resource(),
              Optional.empty(),
              Optional.empty(),
              Set.of(IAM));

      RunOutcome outcome = history.decide(Day.of(2).finds(renamed));

      assertEquals(List.of(), outcome.transitions());
      history.remember(outcome);
      assertEquals(Set.of(renamed.id()), history.memory.findings().keySet());
      assertEquals(now(1), history.state(renamed).firstSeen());
      assertEquals(List.of(), history.decide(Day.of(3).finds(renamed)).updates(), "once");
    }

    @Test
    void aRenamedRuleKeepsItsFindingsAboutServiceAccounts() {
      Inventory cart = TestAccount.account().cluster("shop").build();
      Optional<String> region = Optional.of("eu-west-1");
      Optional<String> cluster = Optional.of("shop");
      Finding old = Day.finding("old-rule", Severity.LOW, "shop/cart", region, cluster, Set.of());
      String key = cart.clusters().getFirst().arn() + "/serviceaccount/shop/cart";

      FindingState renamed =
          new Renames(Map.of("old-rule", "new-rule")).apply(FindingState.opened(old, now(1)));

      assertEquals(Finding.fingerprint("new-rule", Day.ACCOUNT, key), renamed.id());
    }

    @Test
    void wholeNamesOnlyAreMuted() {
      history.mutes =
          List.of(
              mute("trust-no", "*", "2026-12-31"),
              mute("*", "app-1", "2026-12-31"),
              mute("*", Day.role("app-"), "2026-12-31"),
              mute(ROLE_RULE, Day.role("app-?"), "2026-12-31"));

      assertEquals(
          List.of("opened app-1", "muted app-1", "opened app-22"),
          history.run(Day.of(1).finds(ROLE, onRole("app-22"))));
    }

    @Test
    void aMuteOfAnotherAccountDoesNotMute() {
      history.mutes =
          List.of(
              Mute.of(
                  "*", "*", Optional.of("999988887777"), "o", "r", LocalDate.parse("2026-12-31")));

      assertEquals(List.of("opened app-1"), history.run(Day.of(1).finds(ROLE)));
    }

    @Test
    void aMuteEndsAtTheEndOfItsLastDay() {
      Mute mute = mute("*", "*", "2026-11-20");

      assertTrue(mute.inForce(Instant.parse("2026-11-20T23:59:59.999Z")));
      assertFalse(mute.inForce(Instant.parse("2026-11-21T00:00:00Z")));
    }
  }

  @Test
  void aResolvedFindingPastItsTimeIsNewAgain() {
    history.run(Day.of(1).finds(ROLE), Day.of(2));

    assertEquals(List.of("opened app-1"), history.run(Day.of(92).finds(ROLE)));
    assertEquals(now(92), history.state(ROLE).firstSeen());
    assertEquals(0, history.state(ROLE).reopenCount());
  }

  @Test
  void aRetryWritesTheRest() {
    history.run(Day.of(1).finds(ROLE, SHOP));
    Day second = Day.of(2).finds(SHOP, onRole("app-2"), PROVIDER);
    RunOutcome whole = history.decide(second);
    for (int written = 0; written <= whole.updates().size(); written++) {
      History half = new History();
      half.memory = history.memory;
      half.remember(
          new RunOutcome(
              whole.updates().subList(0, written),
              List.copyOf(half.memory.scopes().values()),
              true));

      List<FindingUpdate> rest = new ArrayList<>(whole.updates());
      rest.subList(0, written).clear();

      assertEquals(rest, half.decide(second).updates(), "after " + written + " writes");
    }
  }

  private static List<String> sorted(List<String> texts) {
    return texts.stream().sorted().toList();
  }
}
