package io.github.eksidentity.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.eksidentity.core.audit.Settings;
import io.github.eksidentity.core.facts.Coverage;
import io.github.eksidentity.core.facts.Inventory;
import io.github.eksidentity.core.facts.Role;
import io.github.eksidentity.core.facts.Scope;
import io.github.eksidentity.core.facts.Simulation;
import io.github.eksidentity.core.facts.Simulation.Decision;
import io.github.eksidentity.core.facts.Simulation.Limit;
import io.github.eksidentity.core.facts.Simulation.Question;
import io.github.eksidentity.core.rules.role.RoleRules;
import io.github.eksidentity.testbed.Accounts;
import io.github.eksidentity.testbed.Behaviour;
import io.github.eksidentity.testbed.Fault;
import io.github.eksidentity.testbed.FaultRule;
import io.github.eksidentity.testbed.TestBed;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// IAM's policy simulator is asked where there is something to ask, and not otherwise.
final class SimulationTest {
  private static final Inventory THERE = Accounts.generate(Audits.SMALL, 9);
  private static final String ACTION = IamActions.simulation().iterator().next();
  private static final Scope SCOPE = Scope.account(Scope.Kind.SIMULATIONS);
  private static final Settings TWO_ACTIONS = needing("sqs:SendMessage", "s3:GetObject");

  private static Function<Inventory, List<Simulation.Question>> asking(Settings settings) {
    return read -> RoleRules.questions(read, settings);
  }

  @Test
  void whereThereIsNothingToAskThereIsNoCall() {
    try (TestBed bed = TestBed.serve(THERE, Behaviour.PROMPT)) {
      Inventory read = Audits.read(Audits.from(bed).withSimulation(asking(Settings.DEFAULTS)));
      assertFalse(bed.callCounts().containsKey(ACTION));
      assertFalse(read.coverage().containsKey(SCOPE));
    }
  }

  @Test
  void whatTheSimulatorSaidComesBackOverSeveralPages() {
    Inventory recorded =
        THERE
            .withSimulations(
                RoleRules.questions(THERE, TWO_ACTIONS).stream().map(SimulationTest::said).toList(),
                new Coverage.Complete())
            .sorted();
    try (TestBed bed = TestBed.serve(recorded, Behaviour.PROMPT.withPageSize(1))) {
      Inventory read = Audits.read(Audits.from(bed).withSimulation(asking(TWO_ACTIONS)));
      assertEquals(recorded.simulations(), read.simulations());
      assertTrue(read.coverageOf(SCOPE).isComplete());
    }
  }

  @Test
  void oneCallAsksForAllActionsOfARoleAndItsAnswersAreTheirs() {
    try (TestBed bed = TestBed.serve(THERE, Behaviour.PROMPT)) {
      Inventory read = Audits.read(Audits.from(bed).withSimulation(asking(TWO_ACTIONS)));
      assertEquals(
          Set.copyOf(RoleRules.questions(THERE, TWO_ACTIONS)),
          read.simulations().stream().map(Simulation::question).collect(Collectors.toSet()));
      assertEquals(THERE.roles().size(), bed.callCounts().get(ACTION));
    }
  }

  @Test
  void moreActionsThanOneCallTakesAreAskedForInTwo() {
    String[] actions =
        IntStream.range(0, 101).mapToObj("sqs:Action%d"::formatted).toArray(String[]::new);
    String name = THERE.roles().getFirst().name();
    try (TestBed bed = TestBed.serve(THERE, Behaviour.PROMPT)) {
      Inventory read =
          Audits.read(
              Audits.from(bed).withSimulation(asking(needing(Map.of(name, Set.of(actions))))));
      assertEquals(101, read.simulations().size());
      assertEquals(2, bed.callCounts().get(ACTION));
    }
  }

  @Test
  void whereItIsDeniedTheDocumentsAreLeftToDecide() {
    FaultRule denied = FaultRule.always(new Fault.Denied(), FaultRule.action(ACTION));
    try (TestBed bed = TestBed.serve(THERE, Behaviour.PROMPT.withFaults(denied))) {
      Inventory read = Audits.read(Audits.from(bed).withSimulation(asking(TWO_ACTIONS)));
      Coverage.Skipped skipped = assertInstanceOf(Coverage.Skipped.class, read.coverageOf(SCOPE));
      assertTrue(skipped.reason().contains(ACTION + " is not allowed"), skipped.reason());
      assertEquals(List.of(), read.simulations());
      assertEquals(THERE.sorted().roles(), read.roles());
    }
  }

  @Test
  void whereItFailsItIsNotCovered() {
    FaultRule broken = FaultRule.always(new Fault.ServerError(), FaultRule.action(ACTION));
    try (TestBed bed = TestBed.serve(THERE, Behaviour.PROMPT.withFaults(broken))) {
      Inventory read =
          Audits.read(Audits.from(bed).withAttempts(1).withSimulation(asking(TWO_ACTIONS)));
      Coverage.Failed failed = assertInstanceOf(Coverage.Failed.class, read.coverageOf(SCOPE));
      assertEquals(Optional.empty(), failed.permission());
    }
  }

  private static Simulation said(Question question) {
    return question.action().startsWith("sqs:")
        ? new Simulation(question, Decision.ALLOWED, Set.of(), Set.of())
        : new Simulation(
            question,
            Decision.IMPLICIT_DENY,
            Set.of("aws:SourceVpce", "aws:RequestTag/team"),
            Set.of(Limit.ORGANIZATION, Limit.BOUNDARY));
  }

  private static Settings needing(String... actions) {
    return needing(
        THERE.roles().stream().collect(Collectors.toMap(Role::name, _ -> Set.of(actions))));
  }

  private static Settings needing(Map<String, Set<String>> actions) {
    Settings old = Settings.DEFAULTS;
    return new Settings(
        old.knownIssuers(),
        old.disabledRules(),
        old.severities(),
        old.unusedDays(),
        old.idleHours(),
        old.trailHours(),
        actions,
        old.probe(),
        old.sharedNamespaces(),
        old.sharedClusters(),
        old.nearLimitPercent(),
        OptionalInt.empty(),
        OptionalInt.empty(),
        old.suspectPercent(),
        old.suspectCount());
  }
}
