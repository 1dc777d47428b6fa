package io.github.eksidentity.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.eksidentity.core.facts.Association;
import io.github.eksidentity.core.facts.Inventory;
import io.github.eksidentity.core.facts.Partition;
import io.github.eksidentity.core.index.Mechanism;
import io.github.eksidentity.core.json.Json;
import io.github.eksidentity.core.json.JsonPath;
import io.github.eksidentity.lambda.Event;
import io.github.eksidentity.testbed.Accounts;
import io.github.eksidentity.testbed.Behaviour;
import io.github.eksidentity.testbed.Fault;
import io.github.eksidentity.testbed.FaultRule;
import io.github.eksidentity.testbed.TestBed;
import io.github.eksidentity.testbed.runtime.LambdaFunction;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// From the scheduler's event to the message that a person gets, with the zips as they are
/// deployed: audit.zip on an emulated account, its table, alert.zip from the table's stream through
/// template.yaml's filter, SNS and SQS. A subclass says on which emulators.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class AuditToAlertSuite {
  private static final Inventory ACCOUNT =
      Accounts.generate(
          new Accounts.Size(
              Partition.AWS, List.of("us-east-1", "eu-west-1"), 30, 0, 4, 4, 12, 8, 1),
          7);
  private static final String OPEN_ROLE = "arn:aws:iam::111122223333:role/wide-open";

  /// The IAM actions of the audit's calls to the account.
  private final Set<String> audited = new TreeSet<>();

  private final Supplier<Emulators> maker;
  private Optional<Emulators> emulators = Optional.empty();
  private Optional<Stack> stack = Optional.empty();

  /// @param maker starts the emulators, or skips the tests and says why
  AuditToAlertSuite(Supplier<Emulators> maker) {
    this.maker = maker;
  }

  /// Before each test, so that each is reported as skipped where they all are.
  @BeforeEach
  void start() {
    if (stack.isEmpty()) {
      Emulators started = maker.get();
      emulators = Optional.of(started);
      stack = Optional.of(Stack.create(started));
    }
  }

  @AfterAll
  void stop() {
    stack.ifPresent(Stack::close);
    emulators.ifPresent(Emulators::close);
  }

  private Stack stack() {
    return stack.orElseThrow();
  }

  private static Instant day(int day) {
    return Instant.parse("2026-11-20T06:00:00Z").plus(Duration.ofDays(day));
  }

  /// Runs the audit as the schedule does.
  private Json audit(Inventory account, int day, FaultRule... faults) {
    return audit(
        account, "{\"trigger\": \"schedule\", \"time\": \"%s\"}".formatted(day(day)), faults);
  }

  private Json audit(Inventory account, String event, FaultRule... faults) {
    try (TestBed bed = TestBed.serve(account, Behaviour.PROMPT.withFaults(faults));
        LambdaFunction audit =
            stack()
                .audit(
                    Map.of(
                        "AWS_ENDPOINT_URL", bed.endpoint().toString(),
                        "MEMBER_ROLE_NAME", "auditor",
                        "EXTERNAL_ID", "outside",
                        "READ_TRAIL", "true"))) {
      Json answer = Stack.returned(audit, event);
      audited.addAll(bed.callCounts().keySet());
      return answer;
    }
  }

  private List<Json> alerts() {
    return alerts("none");
  }

  private List<Json> alerts(String reminder) {
    return stack().alerts(reminder);
  }

  private Json alert() {
    List<Json> alerts = alerts();
    assertEquals(1, alerts.size());
    return alerts.getFirst();
  }

  private static String subject(Json alert) {
    return JsonPath.text(alert, "Subject").orElse("");
  }

  private static String message(Json alert) {
    return JsonPath.text(alert, "Message").orElse("");
  }

  private static Inventory withOpenRole(Inventory account) {
    return Drift.withRole(account, OPEN_ROLE, "system:serviceaccount:*:*");
  }

  /// The first association of a region.
  private static Association association(String region) {
    return ACCOUNT.clusters().stream()
        .filter(cluster -> cluster.region().equals(region))
        .flatMap(cluster -> cluster.associations().stream())
        .findFirst()
        .orElseThrow();
  }

  /// A way to a role, as the machine's message names it.
  private static String way(String serviceAccount, Mechanism mechanism, String role) {
    return String.join(" ", serviceAccount, mechanism.id(), role);
  }

  private static String way(Association association) {
    return way(
        association.namespace() + "/" + association.serviceAccount(),
        Mechanism.POD_IDENTITY,
        association.roleArn());
  }

  private static void assertEdges(List<String> added, List<String> removed, Json alert) {
    Json message = Event.parse(message(alert)).orElseThrow();
    assertEquals(added, ways(message, "edgesAdded"));
    assertEquals(removed, ways(message, "edgesRemoved"));
  }

  private static List<String> ways(Json message, String list) {
    return JsonPath.items(message, list).stream()
        .map(
            edge ->
                String.join(
                    " ",
                    JsonPath.text(edge, "serviceAccount").orElseThrow(),
                    JsonPath.text(edge, "mechanism").orElseThrow(),
                    JsonPath.text(edge, "role").orElseThrow()))
        .toList();
  }

  @Test
  void aPersonHearsOfEachChangeOnceAndOfARegionThatCannotBeRead() {
    Json first = audit(ACCOUNT, 1);
    assertEquals(
        Optional.of("completed"),
        JsonPath.text(JsonPath.items(first, "accounts").getFirst(), "outcome"));
    assertEdges(List.of(), List.of(), alert());

    Json again = audit(ACCOUNT, 1);
    assertEquals(
        Optional.of("completed before"),
        JsonPath.text(JsonPath.items(again, "accounts").getFirst(), "outcome"));
    assertEquals(List.of(), alerts());

    Association unbound = association("us-east-1");
    Inventory drifted = Drift.without(withOpenRole(ACCOUNT), unbound);
    audit(drifted, 2);
    Json news = alert();
    assertTrue(subject(news).contains("new"), subject(news));
    assertTrue(message(news).contains(OPEN_ROLE), message(news));
    assertEdges(List.of(way("*/*", Mechanism.IRSA, OPEN_ROLE)), List.of(way(unbound)), news);

    // What goes while nobody can look is told once somebody can.
    Association unseen = association("eu-west-1");
    Inventory later = Drift.without(drifted, unseen);
    FaultRule denied =
        FaultRule.always(
            new Fault.Denied(),
            call -> call.service().equals("eks") && call.region().equals("eu-west-1"));
    audit(later, 3, denied);
    Json lost = alert();
    assertTrue(lost.toString().contains("lost"), lost.toString());
    assertTrue(lost.toString().contains("eks/eu-west-1"), lost.toString());
    assertFalse(subject(lost).contains("resolved"), subject(lost));
    assertEdges(List.of(), List.of(), lost);

    audit(later, 4, denied);
    assertEquals(List.of(), alerts());

    audit(later, 5);
    assertEdges(List.of(), List.of(way(unseen)), alert());
  }

  /// What is called and what template.yaml grants are the same: of the audit, with the calls that
  /// take the place of one that is denied, and of another account; of the alert, with its reminder.
  @Test
  void theFunctionsCallWhatTheTemplateGrants() {
    Inventory withAddon =
        Drift.withRole(
            ACCOUNT,
            "arn:aws:iam::111122223333:role/dns",
            "system:serviceaccount:external-dns:external-dns");
    audit(withOpenRole(withAddon), 20);
    alerts("weekly");
    FaultRule denied =
        FaultRule.always(
            new Fault.Denied(), FaultRule.action("iam:GetAccountAuthorizationDetails"));
    audit(Drift.withOneCluster(ACCOUNT), 30, denied);
    // A week later what is open is told again, beside what changed.
    assertTrue(
        alerts("weekly").stream()
            .flatMap(it -> JsonPath.text(it, "Message").flatMap(Event::parse).stream())
            .anyMatch(it -> JsonPath.text(it, "kind").filter("reminder"::equals).isPresent()));
    audit(ACCOUNT, "{\"account\": \"222233334444\", \"id\": \"other\"}");
    Set<String> ofAudit = new TreeSet<>(audited);
    ofAudit.remove("sts:GetCallerIdentity"); // AWS allows it to everybody
    ofAudit.addAll(stack().actionsOfAudit());
    assertEquals(Template.granted("AuditRole"), ofAudit);
    assertEquals(Template.granted("AlertRole"), stack().actionsOfAlert());
  }
}
