package io.github.eksidentity.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.eksidentity.audit.AccountOutcome.Outdated;
import io.github.eksidentity.audit.AccountOutcome.Recorded;
import io.github.eksidentity.core.drift.FindingQuery;
import io.github.eksidentity.core.drift.FindingState;
import io.github.eksidentity.core.drift.LoggedStore;
import io.github.eksidentity.core.drift.Run;
import io.github.eksidentity.core.drift.RunState;
import io.github.eksidentity.core.drift.Status;
import io.github.eksidentity.core.facts.Account;
import io.github.eksidentity.core.facts.AssumeCall;
import io.github.eksidentity.core.facts.Inventory;
import io.github.eksidentity.core.facts.Partition;
import io.github.eksidentity.lambda.Environment;
import io.github.eksidentity.lambda.FunctionException;
import io.github.eksidentity.lambda.JsonLog;
import io.github.eksidentity.testbed.Accounts;
import io.github.eksidentity.testbed.Behaviour;
import io.github.eksidentity.testbed.Fault;
import io.github.eksidentity.testbed.FaultRule;
import io.github.eksidentity.testbed.TestBed;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/// The function with the real collectors and rules; only AWS and the table are ours. The SDK takes
/// endpoint and credentials from system properties.
@Isolated
class AuditFunctionTest {
  private static final Account OWN = new Account("111122223333", Partition.AWS);
  private static final Inventory TRUTH =
      Accounts.generate(
          new Accounts.Size(
              Partition.AWS, List.of("us-east-1", "eu-west-1"), 40, 0, 4, 4, 12, 8, 0),
          7);
  private static final Map<String, String> PROPERTIES =
      Map.of(
          "aws.accessKeyId", "AKIATESTBED",
          "aws.secretAccessKey", "secret",
          "aws.region", "us-east-1",
          "aws.maxAttempts", "1");

  private final Properties before = (Properties) System.getProperties().clone();
  private final LoggedStore store = new LoggedStore(_ -> {});
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();

  @BeforeEach
  void credentials() {
    PROPERTIES.forEach(System::setProperty);
  }

  @AfterEach
  void restore() {
    System.setProperties(before);
  }

  private List<AccountOutcome> handle(
      TestBed bed, Map<String, String> variables, AuditRequest request, Duration left) {
    System.setProperty("aws.endpointUrl", bed.endpoint().toString());
    Map<String, String> all = new java.util.TreeMap<>(variables);
    all.put("AWS_LAMBDA_FUNCTION_NAME", "audit");
    return DaggerAuditComponent.factory()
        .create(
            new Environment(all),
            store,
            InstantSource.system(),
            JsonLog.to(log, InstantSource.system()))
        .function()
        .handle(request, new Invocation(OWN, () -> left));
  }

  private static AuditRequest day(int day) {
    Instant time = Instant.parse("2026-11-20T06:00:00Z").plus(Duration.ofDays(day));
    return new AuditRequest(
        "schedule-" + time, Optional.of(time), true, List.of(), List.of(), List.of());
  }

  private String logged() {
    return log.toString(StandardCharsets.UTF_8);
  }

  private static Run run(AccountOutcome outcome) {
    return assertInstanceOf(Recorded.class, outcome).run();
  }

  private List<FindingState> live() {
    return store.findings(FindingQuery.LIVE);
  }

  @Test
  void anEventIsOneRunHoweverOftenItIsDelivered() {
    try (TestBed bed = TestBed.serve(TRUTH, Behaviour.PROMPT)) {
      Run run = run(handle(bed, Map.of(), day(1), Duration.ofMinutes(15)).getFirst());
      assertEquals(RunState.COMPLETED, run.state());
      assertEquals(day(1).time().orElseThrow(), run.now());
      assertTrue(run.complete());
      assertFalse(live().isEmpty());
      int calls = bed.calls().size();
      var again =
          assertInstanceOf(
              Recorded.class, handle(bed, Map.of(), day(1), Duration.ofMinutes(15)).getFirst());
      assertTrue(again.again());
      assertEquals(run, again.run());
      assertEquals(calls, bed.calls().size());
      assertEquals(1, logged().split("\"RunCompleted\":1.0", -1).length - 1);
      assertTrue(logged().contains("\"RunIncomplete\":0.0"), logged());
      assertTrue(logged().contains("\"Severity\":\"critical\""), logged());
      assertTrue(logged().contains("\"runId\":\"" + run.id() + "\""), logged());
    }
  }

  @Test
  void aDeniedRegionResolvesNothing() {
    try (TestBed bed = TestBed.serve(TRUTH, Behaviour.PROMPT)) {
      handle(bed, Map.of(), day(1), Duration.ofMinutes(15));
    }
    int known = live().size();
    FaultRule denied =
        FaultRule.always(
            new Fault.Denied(),
            call -> call.service().equals("eks") && call.region().equals("eu-west-1"));
    try (TestBed bed = TestBed.serve(TRUTH, Behaviour.PROMPT.withFaults(denied))) {
      Run run = run(handle(bed, Map.of(), day(2), Duration.ofMinutes(15)).getFirst());
      assertFalse(run.complete());
    }
    assertEquals(known, live().size());
    assertTrue(live().stream().anyMatch(state -> state.status() == Status.UNVERIFIED));
    assertTrue(logged().contains("\"RunIncomplete\":1.0"), logged());
  }

  @Test
  void anotherAccountIsReadThroughItsRoleAndARefusalMakesItsFindingsUnverified() {
    Map<String, String> member =
        Map.of("MEMBER_ROLE_NAME", "auditor", "EXTERNAL_ID", "outside", "ACCOUNTS", "222233334444");
    AuditRequest own =
        new AuditRequest("a", Optional.empty(), false, List.of(OWN.id()), List.of(), List.of());
    AuditRequest other =
        new AuditRequest(
            "b", Optional.empty(), false, List.of("222233334444"), List.of(), List.of());
    try (TestBed bed = TestBed.serve(TRUTH, Behaviour.PROMPT)) {
      handle(bed, member, own, Duration.ofMinutes(15));
      assertTrue(bed.calls().stream().noneMatch(call -> call.action().equals("AssumeRole")));
      Run run = run(handle(bed, member, other, Duration.ofMinutes(15)).getFirst());
      assertTrue(
          bed.calls().stream()
              .anyMatch(call -> call.resource().equals("arn:aws:iam::222233334444:role/auditor")));
      // The bed answers for its one account, which is not the one that was asked for.
      assertFalse(run.complete());
      assertTrue(
          store.scopes(run.id()).stream()
              .anyMatch(
                  scope -> scope.coverage().reason().contains("belong to account 111122223333")));
    }
  }

  @Test
  void anAccountThatIsNoTargetAnyMoreIsRemovedByTheRegularAuditAlone() {
    try (TestBed bed = TestBed.serve(TRUTH, Behaviour.PROMPT)) {
      handle(bed, Map.of(), day(1), Duration.ofMinutes(15));
      Account hub = new Account("999900001111", Partition.AWS);
      AuditFunction function =
          DaggerAuditComponent.factory()
              .create(
                  new Environment(
                      Map.of("AWS_LAMBDA_FUNCTION_NAME", "audit", "MEMBER_ROLE_NAME", "auditor")),
                  store,
                  InstantSource.system(),
                  JsonLog.to(log, InstantSource.system()))
              .function();
      Invocation invocation = new Invocation(hub, () -> Duration.ofMinutes(15));
      AuditRequest change =
          new AuditRequest("c", day(2).time(), false, List.of(), List.of(), List.of());
      function.handle(change, invocation);
      assertFalse(live().isEmpty());
      function.handle(day(3), invocation);
      assertTrue(live().isEmpty());
      assertTrue(
          store.findings(FindingQuery.LIVE.ofEveryStatus()).stream()
              .allMatch(state -> state.status() == Status.REMOVED));
    }
  }

  @Test
  void withoutTimeNothingIsBegunAndTheRetryIsAskedFor() {
    try (TestBed bed = TestBed.serve(TRUTH, Behaviour.PROMPT)) {
      FunctionException failure =
          assertThrows(
              FunctionException.class, () -> handle(bed, Map.of(), day(1), Duration.ofSeconds(20)));
      assertTrue(failure.getMessage().contains("Not begun"), failure::getMessage);
      assertEquals(List.of(), bed.calls());
      assertEquals(Optional.empty(), store.runs(OWN.id(), 1).stream().findFirst());
    }
  }

  @Test
  void refusalsAreLookedUpAsFarBackAsTheSettingsSay() {
    Instant now = day(1).time().orElseThrow();
    Inventory account =
        TRUTH.with(
            TRUTH.clusters(),
            List.of(
                refused("recent", now.minus(Duration.ofHours(2))),
                refused("shown-late", now.minus(Duration.ofHours(2)).minus(Duration.ofMinutes(10))),
                refused("older", now.minus(Duration.ofHours(20)))),
            Map.of());
    assertEquals(
        Set.of("event-recent", "event-shown-late"), refusals(account, day(1), "trailHours: 2"));
    assertEquals(
        Set.of("event-recent", "event-shown-late", "event-older"),
        refusals(account, day(2), "trailHours: 44"));
  }

  /// A call for a role that is none of the account's, so that nothing else explains it.
  private static AssumeCall refused(String serviceAccount, Instant time) {
    return new AssumeCall(
        "event-" + serviceAccount,
        time,
        "eu-west-1",
        Optional.of("arn:aws:iam::111122223333:role/of-nobody"),
        Optional.of(TRUTH.providers().getFirst().arn()),
        Optional.of("system:serviceaccount:payments:" + serviceAccount),
        Optional.empty(),
        Optional.of("AccessDenied"),
        Optional.empty());
  }

  /// The events in which an audit sees a refusal that nothing else explains.
  private Set<String> refusals(Inventory account, AuditRequest request, String rules) {
    try (TestBed bed = TestBed.serve(account, Behaviour.PROMPT)) {
      handle(bed, Map.of("READ_TRAIL", "true", "SETTINGS", rules), request, Duration.ofMinutes(15));
    }
    return live().stream()
        .map(FindingState::finding)
        .filter(finding -> finding.rule().equals("assume-role-denied"))
        .flatMap(finding -> finding.evidence().stream())
        .filter(evidence -> evidence.key().filter("eventID"::equals).isPresent())
        .flatMap(evidence -> evidence.value().stream())
        .collect(Collectors.toSet());
  }

  private static AuditRequest narrowed(
      List<String> accounts, List<String> regions, List<String> clusters) {
    String id = "narrowed-" + String.join("-", regions) + String.join("-", clusters);
    return new AuditRequest(id, Optional.empty(), false, accounts, regions, clusters);
  }

  private String refusal(TestBed bed, Map<String, String> variables, AuditRequest request) {
    return assertThrows(
            FunctionException.class, () -> handle(bed, variables, request, Duration.ofMinutes(15)))
        .getMessage();
  }

  @Test
  void whatTheStackIsNotSetUpForIsRefusedBeforeAnythingIsRead() {
    Map<String, String> stack =
        Map.of("MEMBER_ROLE_NAME", "auditor", "ACCOUNTS", "222233334444", "REGIONS", "eu-west-1");
    try (TestBed bed = TestBed.serve(TRUTH, Behaviour.PROMPT)) {
      AuditRequest other = narrowed(List.of("999999999999"), List.of(), List.of());
      assertTrue(refusal(bed, stack, other).contains("999999999999"));
      AuditRequest elsewhere = narrowed(List.of(), List.of("us-east-1"), List.of());
      assertTrue(refusal(bed, stack, elsewhere).contains("us-east-1"));
      AuditRequest future =
          new AuditRequest(
              "f",
              Optional.of(Instant.parse("9999-12-31T00:00:00Z")),
              false,
              List.of(),
              List.of(),
              List.of());
      assertTrue(refusal(bed, stack, future).contains("30 days in the future"));
      assertEquals(List.of(), bed.calls());
      assertEquals(List.of(), store.runs(OWN.id(), 1));
    }
  }

  @Test
  void aClusterThatIsNotThereIsRefusedAndNoFindingIsTouched() {
    try (TestBed bed = TestBed.serve(TRUTH, Behaviour.PROMPT)) {
      handle(bed, Map.of(), day(1), Duration.ofMinutes(15));
      List<FindingState> known = live();
      AuditRequest cluster = narrowed(List.of(), List.of(), List.of("no-such-cluster"));
      assertTrue(refusal(bed, Map.of(), cluster).contains("no-such-cluster"));
      assertEquals(known, live());
    }
  }

  @Test
  void aRegionThatIsNotThereIsRefused() {
    try (TestBed bed = TestBed.serve(TRUTH, Behaviour.PROMPT)) {
      AuditRequest region = narrowed(List.of(), List.of("eu-wst-1"), List.of());
      assertTrue(refusal(bed, Map.of(), region).contains("eu-wst-1"));
      assertEquals(List.of(), live());
    }
  }

  @Test
  void anOlderEventHasNothingToAdd() {
    try (TestBed bed = TestBed.serve(TRUTH, Behaviour.PROMPT)) {
      handle(bed, Map.of(), day(2), Duration.ofMinutes(15));
      assertInstanceOf(
          Outdated.class, handle(bed, Map.of(), day(1), Duration.ofMinutes(15)).getFirst());
    }
  }
}
