package io.github.eksidentity.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.eksidentity.core.facts.AssumeCall;
import io.github.eksidentity.core.facts.Coverage;
import io.github.eksidentity.core.facts.Inventory;
import io.github.eksidentity.core.facts.Scope;
import io.github.eksidentity.testbed.Accounts;
import io.github.eksidentity.testbed.Behaviour;
import io.github.eksidentity.testbed.Fault;
import io.github.eksidentity.testbed.FaultRule;
import io.github.eksidentity.testbed.TestBed;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// CloudTrail is read where it is asked for, to its end, and nowhere else.
final class TrailTest {
  private static final Instant FIRST = Instant.parse("2026-11-19T10:00:00Z");
  private static final Inventory THERE = withCalls(Accounts.generate(Audits.SMALL, 5));

  @Test
  void whatWasRecordedComesBackOverSeveralPages() {
    try (TestBed bed = TestBed.serve(THERE, Behaviour.PROMPT.withPageSize(2))) {
      Inventory read = read(bed);
      assertEquals(THERE.sorted().calls(), read.calls());
      assertTrue(read.coverageOf(Scope.trail("eu-west-1")).isComplete());
    }
  }

  @Test
  void whatIsOlderThanAskedForStaysOut() {
    try (TestBed bed = TestBed.serve(THERE, Behaviour.PROMPT.withPageSize(1))) {
      Inventory read = read(bed, FIRST.plusSeconds(1));
      assertEquals(
          List.of("event-1", "event-2"), read.calls().stream().map(AssumeCall::id).toList());
      assertTrue(read.coverageOf(Scope.trail("eu-west-1")).isComplete());
    }
  }

  @Test
  void withoutBeingAskedNothingIsLookedUp() {
    try (TestBed bed = TestBed.serve(THERE, Behaviour.PROMPT)) {
      Inventory read = Audits.read(bed);
      assertEquals(List.of(), read.calls());
      assertTrue(
          read.coverage().keySet().stream().noneMatch(scope -> scope.kind() == Scope.Kind.TRAIL));
      assertTrue(
          IamActions.trail().stream().noneMatch(action -> bed.callCounts().containsKey(action)));
    }
  }

  @Test
  void aRefusalNamesThePermission() {
    try (TestBed bed =
        TestBed.serve(
            THERE,
            Behaviour.PROMPT.withFaults(
                FaultRule.always(
                    new Fault.Denied(), FaultRule.action("cloudtrail:LookupEvents"))))) {
      Coverage coverage = read(bed).coverageOf(Scope.trail("eu-west-1"));
      Coverage.Failed failed = assertInstanceOf(Coverage.Failed.class, coverage);
      assertEquals(Optional.of("cloudtrail:LookupEvents"), failed.permission());
    }
  }

  private static Inventory read(TestBed bed) {
    return read(bed, FIRST);
  }

  private static Inventory read(TestBed bed, Instant since) {
    return Audits.read(Audits.from(bed).withTrailSince(since));
  }

  private static Inventory withCalls(Inventory inventory) {
    List<AssumeCall> calls =
        IntStream.range(0, 3)
            .mapToObj(
                number ->
                    new AssumeCall(
                        "event-" + number,
                        FIRST.plusSeconds(number),
                        "eu-west-1",
                        Optional.of("arn:aws:iam::111122223333:role/ledger"),
                        Optional.of("arn:aws:iam::111122223333:oidc-provider/x"),
                        Optional.of("system:serviceaccount:payments:ledger"),
                        Optional.empty(),
                        number == 0 ? Optional.empty() : Optional.of("AccessDenied"),
                        Optional.of("aws-sdk-java/2.42.0")))
            .toList();
    return inventory.with(inventory.clusters(), calls, Map.of());
  }
}
