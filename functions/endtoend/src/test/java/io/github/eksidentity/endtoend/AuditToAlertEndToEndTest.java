package io.github.eksidentity.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.eksidentity.core.facts.Inventory;
import io.github.eksidentity.core.facts.LastUsed;
import io.github.eksidentity.core.facts.Partition;
import io.github.eksidentity.core.facts.Role;
import io.github.eksidentity.core.json.Json;
import io.github.eksidentity.dynamodb.LocalTable;
import io.github.eksidentity.lambda.Event;
import io.github.eksidentity.testbed.Accounts;
import io.github.eksidentity.testbed.Behaviour;
import io.github.eksidentity.testbed.Fault;
import io.github.eksidentity.testbed.FaultRule;
import io.github.eksidentity.testbed.MotoServer;
import io.github.eksidentity.testbed.TestBed;
import io.github.eksidentity.testbed.runtime.FunctionSettings;
import io.github.eksidentity.testbed.runtime.LambdaFunction;
import io.github.eksidentity.testbed.runtime.Outcome;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/// From the scheduler's event to the message that a person gets, with the zips as they are
/// deployed: audit.zip on an emulated account, its table on DynamoDB Local, alert.zip from the
/// table's stream through template.yaml's filter, SNS and SQS on moto.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AuditToAlertEndToEndTest {
  private static final String TABLE = "findings";
  private static final StaticCredentialsProvider CREDENTIALS =
      StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIATESTBED", "secret"));
  private static final Inventory ACCOUNT =
      Accounts.generate(
          new Accounts.Size(
              Partition.AWS, List.of("us-east-1", "eu-west-1"), 30, 0, 4, 4, 12, 8, 1),
          7);
  private static final String OPEN_ROLE = "arn:aws:iam::111122223333:role/wide-open";

  /// The IAM actions of the audit's calls to the account.
  private final Set<String> audited = new TreeSet<>();

  private MotoServer moto = MotoServer.NONE;
  private Optional<World> world = Optional.empty();

  /// What outlives a day.
  ///
  /// @param tableOf the way of each function to the table
  private record World(
      LocalTable.Server table,
      Map<String, RecordingProxy> tableOf,
      RecordingProxy sns,
      StreamPump pump,
      SqsClient sqs,
      String queue,
      String topic) {}

  @BeforeAll
  void start() {
    assumeTrue(MotoServer.isInstalled(), MotoServer.MISSING);
    moto = MotoServer.start();
    URI endpoint = moto.endpoint();
    SnsClient sns =
        SnsClient.builder()
            .endpointOverride(endpoint)
            .region(Region.EU_WEST_1)
            .credentialsProvider(CREDENTIALS)
            .httpClient(UrlConnectionHttpClient.create())
            .build();
    SqsClient sqs =
        SqsClient.builder()
            .endpointOverride(endpoint)
            .region(Region.EU_WEST_1)
            .credentialsProvider(CREDENTIALS)
            .httpClient(UrlConnectionHttpClient.create())
            .build();
    String topic = sns.createTopic(request -> request.name("alerts")).topicArn();
    String queue = sqs.createQueue(request -> request.queueName("reader")).queueUrl();
    String queueArn =
        sqs.getQueueAttributes(
                request -> request.queueUrl(queue).attributeNames(QueueAttributeName.QUEUE_ARN))
            .attributes()
            .get(QueueAttributeName.QUEUE_ARN);
    sns.subscribe(request -> request.topicArn(topic).protocol("sqs").endpoint(queueArn));
    sns.close();
    LocalTable.Server table = LocalTable.Server.start();
    String streamArn;
    try (LocalTable local = LocalTable.at(table.endpoint())) {
      local.create(TABLE);
      streamArn = local.client().describeTable(it -> it.tableName(TABLE)).table().latestStreamArn();
    }
    world =
        Optional.of(
            new World(
                table,
                Map.of(
                    "audit", new RecordingProxy("dynamodb", table.endpoint()),
                    "alert", new RecordingProxy("dynamodb", table.endpoint())),
                new RecordingProxy("sns", endpoint),
                pump(table, streamArn),
                sqs,
                queue,
                topic));
  }

  private static StreamPump pump(LocalTable.Server table, String stream) {
    DynamoDbStreamsClient streams =
        DynamoDbStreamsClient.builder()
            .endpointOverride(table.endpoint())
            .region(Region.EU_WEST_1)
            .credentialsProvider(CREDENTIALS)
            .httpClient(UrlConnectionHttpClient.create())
            .build();
    List<Json> filters =
        Event.items(
                LocalTable.template(),
                "Resources",
                "AlertFunction",
                "Properties",
                "Events",
                "CompletedRuns",
                "Properties",
                "FilterCriteria",
                "Filters")
            .stream()
            .map(filter -> Event.text(filter, "Pattern").orElseThrow())
            .map(pattern -> Event.parse(pattern).orElseThrow())
            .toList();
    return new StreamPump(streams, stream, filters);
  }

  @AfterAll
  void stop() {
    world.ifPresent(
        it -> {
          it.tableOf().values().forEach(RecordingProxy::close);
          it.sns().close();
          it.table().close();
          it.sqs().close();
        });
    moto.close();
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
            function(
                "audit",
                Map.of(
                    "AWS_ENDPOINT_URL", bed.endpoint().toString(),
                    "MEMBER_ROLE_NAME", "auditor",
                    "EXTERNAL_ID", "outside"))) {
      Json answer = returned(audit, event);
      audited.addAll(bed.callCounts().keySet());
      return answer;
    }
  }

  /// Delivers what the stream holds to the alert function.
  ///
  /// @return the messages that arrived in the queue
  private List<Json> alerts() {
    return alerts("none");
  }

  private List<Json> alerts(String reminder) {
    World it = world.orElseThrow();
    Optional<String> event = it.pump().next();
    if (event.isEmpty()) {
      return List.of();
    }
    try (LambdaFunction alert =
        function(
            "alert",
            Map.of(
                "AWS_ENDPOINT_URL_SNS",
                it.sns().endpoint(),
                "TOPIC_ARN",
                it.topic(),
                "HEARTBEAT",
                "false",
                "REMINDER",
                reminder))) {
      returned(alert, event.get());
      // The note that it was told is a record of the stream too.
      assertEquals(Optional.empty(), it.pump().next());
    }
    List<Json> bodies = new ArrayList<>();
    for (Message message :
        it.sqs()
            .receiveMessage(request -> request.queueUrl(it.queue()).maxNumberOfMessages(10))
            .messages()) {
      bodies.add(Event.parse(message.body()).orElseThrow());
      it.sqs()
          .deleteMessage(
              request -> request.queueUrl(it.queue()).receiptHandle(message.receiptHandle()));
    }
    return bodies;
  }

  private LambdaFunction function(String name, Map<String, String> variables) {
    Map<String, String> all = new TreeMap<>(variables);
    all.put("TABLE_NAME", TABLE);
    RecordingProxy table =
        Optional.ofNullable(world.orElseThrow().tableOf().get(name)).orElseThrow();
    all.put("AWS_ENDPOINT_URL_DYNAMODB", table.endpoint());
    String handler =
        name.equals("audit")
            ? "io.github.eksidentity.audit.AuditHandler::handleRequest"
            : "io.github.eksidentity.alert.AlertHandler::handleRequest";
    return LambdaFunction.start(
        Zips.of(name), new FunctionSettings(handler, all, 512, Duration.ofMinutes(5)));
  }

  private static Json returned(LambdaFunction function, String event) {
    Outcome outcome = function.invoke(event);
    var returned =
        assertInstanceOf(
            Outcome.Returned.class,
            outcome,
            () -> outcome + "\n" + String.join("\n", function.log()));
    System.out.printf(
        "init %d ms, event %d ms, peak %d MiB%n",
        function.init().toMillis(),
        outcome.duration().toMillis(),
        function.peakKiB().orElse(0) / 1024);
    List<String> log = function.log();
    assertTrue(log.stream().allMatch(line -> Event.parse(line).isPresent()), log::toString);
    return Event.parse(returned.payload().isBlank() ? "{}" : returned.payload()).orElseThrow();
  }

  private static Inventory withOpenRole(Inventory account) {
    String provider = account.providers().getFirst().arn();
    String issuer = account.providers().getFirst().url();
    List<Role> roles = new ArrayList<>(account.roles());
    roles.add(
        new Role(
            OPEN_ROLE,
            "wide-open",
            "/",
            "AROAOPEN",
            Optional.of(day(0)),
            """
            {"Version": "2012-10-17", "Statement": [{"Effect": "Allow",
             "Principal": {"Federated": "%s"}, "Action": "sts:AssumeRoleWithWebIdentity",
             "Condition": {"StringLike": {"%s:sub": "system:serviceaccount:*:*"}}}]}
            """
                .formatted(provider, issuer),
            List.of(),
            List.of(),
            List.of(),
            Optional.empty(),
            new LastUsed.Never(),
            Map.of()));
    return new Inventory(
        account.account(),
        account.regions(),
        roles,
        account.providers(),
        account.clusters(),
        account.calls(),
        account.managedPolicies(),
        account.quotas(),
        account.coverage());
  }

  @Test
  void aPersonHearsOfEachChangeOnceAndOfARegionThatCannotBeRead() {
    Json first = audit(ACCOUNT, 1);
    assertEquals(
        Optional.of("completed"), Event.text(Event.items(first, "accounts").getFirst(), "outcome"));
    List<Json> baseline = alerts();
    assertEquals(1, baseline.size());

    Json again = audit(ACCOUNT, 1);
    assertEquals(
        Optional.of("completed before"),
        Event.text(Event.items(again, "accounts").getFirst(), "outcome"));
    assertEquals(List.of(), alerts());

    Inventory drifted = withOpenRole(ACCOUNT);
    audit(drifted, 2);
    List<Json> news = alerts();
    assertEquals(1, news.size());
    String subject = Event.text(news.getFirst(), "Subject").orElse("");
    String message = Event.text(news.getFirst(), "Message").orElse("");
    assertTrue(subject.contains("new"), subject);
    assertTrue(message.contains(OPEN_ROLE), message);
    assertTrue(Event.parse(message).isPresent(), message);

    FaultRule denied =
        FaultRule.always(
            new Fault.Denied(),
            call -> call.service().equals("eks") && call.region().equals("eu-west-1"));
    audit(drifted, 3, denied);
    List<Json> lost = alerts();
    assertEquals(1, lost.size());
    String told = lost.getFirst().toString();
    assertTrue(told.contains("lost"), told);
    assertTrue(told.contains("eks/eu-west-1"), told);
    assertFalse(Event.text(lost.getFirst(), "Subject").orElse("").contains("resolved"), told);

    FaultRule still =
        FaultRule.always(
            new Fault.Denied(),
            call -> call.service().equals("eks") && call.region().equals("eu-west-1"));
    audit(drifted, 4, still);
    assertEquals(List.of(), alerts());
  }

  /// What is called and what template.yaml grants are the same: of the audit, with the calls that
  /// take the place of one that is denied, and of another account; of the alert, with its reminder.
  @Test
  void theFunctionsCallWhatTheTemplateGrants() {
    audit(withOpenRole(ACCOUNT), 20);
    alerts("weekly");
    FaultRule denied =
        FaultRule.always(
            new Fault.Denied(), FaultRule.action("iam:GetAccountAuthorizationDetails"));
    audit(withoutClusters(ACCOUNT), 30, denied);
    alerts("weekly");
    audit(ACCOUNT, "{\"account\": \"222233334444\", \"id\": \"other\"}");
    World it = world.orElseThrow();
    Set<String> ofAudit = new TreeSet<>(audited);
    ofAudit.remove("sts:GetCallerIdentity"); // AWS allows it to everybody
    ofAudit.addAll(Optional.ofNullable(it.tableOf().get("audit")).orElseThrow().actions().keySet());
    assertEquals(granted("AuditRole", "iam:", "eks:", "account:", "sts:", "dynamodb:"), ofAudit);
    Set<String> ofAlert =
        new TreeSet<>(
            Optional.ofNullable(it.tableOf().get("alert")).orElseThrow().actions().keySet());
    ofAlert.addAll(it.sns().actions().keySet());
    // What the event source mapping does with the stream, it does with the function's rights.
    ofAlert.addAll(
        Set.of(
            "dynamodb:DescribeStream",
            "dynamodb:GetRecords",
            "dynamodb:GetShardIterator",
            "dynamodb:ListStreams"));
    assertEquals(granted("AlertRole", "dynamodb:", "sns:"), ofAlert);
  }

  private static Inventory withoutClusters(Inventory account) {
    return new Inventory(
        account.account(),
        account.regions(),
        account.roles(),
        account.providers(),
        account.clusters().subList(0, 1),
        account.calls(),
        account.managedPolicies(),
        account.quotas(),
        account.coverage());
  }

  private static Set<String> granted(String role, String... services) {
    Json policies =
        Event.at(LocalTable.template(), "Resources", role, "Properties", "Policies").orElseThrow();
    Set<String> actions = new TreeSet<>();
    actions(policies)
        .filter(action -> Stream.of(services).anyMatch(action::startsWith))
        .forEach(actions::add);
    return actions;
  }

  /// The texts of every member named Action, also below a condition.
  private static Stream<String> actions(Json json) {
    return switch (json) {
      case Json.Obj(_, List<Json.Member> members) ->
          members.stream()
              .flatMap(
                  member ->
                      member.name().equals("Action")
                          ? texts(member.value())
                          : actions(member.value()));
      case Json.Arr(_, List<Json> items) ->
          items.stream().flatMap(AuditToAlertEndToEndTest::actions);
      case Json.Str _, Json.Num _, Json.Bool _, Json.Null _ -> Stream.empty();
    };
  }

  private static Stream<String> texts(Json json) {
    return switch (json) {
      case Json.Str(_, String text) -> Stream.of(text);
      case Json.Arr(_, List<Json> items) -> items.stream().flatMap(AuditToAlertEndToEndTest::texts);
      case Json.Obj _, Json.Num _, Json.Bool _, Json.Null _ -> Stream.empty();
    };
  }

  @Test
  void theZipsAreSmall() throws IOException {
    for (String module : List.of("audit", "alert")) {
      long bytes = Files.size(Zips.of(module));
      System.out.printf("%s.zip: %.1f MB%n", module, bytes / 1e6);
      assertTrue(bytes <= Zips.limit(module), () -> module + ".zip has " + bytes + " bytes");
    }
  }
}
