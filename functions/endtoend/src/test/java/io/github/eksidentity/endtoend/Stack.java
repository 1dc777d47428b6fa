package io.github.eksidentity.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.eksidentity.core.json.Json;
import io.github.eksidentity.dynamodb.LocalTable;
import io.github.eksidentity.lambda.Event;
import io.github.eksidentity.testbed.runtime.FunctionSettings;
import io.github.eksidentity.testbed.runtime.LambdaFunction;
import io.github.eksidentity.testbed.runtime.Outcome;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/// What template.yaml puts together, as far as an audit and its alert need it: the table with its
/// stream, the topic with a queue that subscribes to it, and both functions' zips.
final class Stack implements AutoCloseable {
  private static final String TABLE = "findings";
  private static final StaticCredentialsProvider CREDENTIALS =
      StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIATESTBED", "secret"));
  private static final Duration DELIVERY = Duration.ofSeconds(60);

  private final LocalTable table;
  private final RecordingProxy tableOfAudit;
  private final RecordingProxy tableOfAlert;
  private final RecordingProxy topics;
  private final StreamPump pump;
  private final SqsClient sqs;
  private final String queue;
  private final String topic;
  private int received;

  private Stack(Emulators emulators) {
    table = LocalTable.at(emulators.dynamoDb());
    table.create(TABLE);
    tableOfAudit = new RecordingProxy("dynamodb", emulators.dynamoDb());
    tableOfAlert = new RecordingProxy("dynamodb", emulators.dynamoDb());
    topics = new RecordingProxy("sns", emulators.messages());
    pump = pump(table, emulators.dynamoDb());
    sqs = sqs(emulators.messages());
    queue = sqs.createQueue(request -> request.queueName("reader")).queueUrl();
    topic = topic(emulators.messages());
  }

  /// Makes table, topic and queue.
  static Stack create(Emulators emulators) {
    return new Stack(emulators);
  }

  private static SqsClient sqs(URI endpoint) {
    return SqsClient.builder()
        .endpointOverride(endpoint)
        .region(Region.EU_WEST_1)
        .credentialsProvider(CREDENTIALS)
        .httpClient(UrlConnectionHttpClient.create())
        .build();
  }

  private String topic(URI endpoint) {
    String queueArn =
        sqs.getQueueAttributes(
                request -> request.queueUrl(queue).attributeNames(QueueAttributeName.QUEUE_ARN))
            .attributes()
            .get(QueueAttributeName.QUEUE_ARN);
    try (SnsClient sns =
        SnsClient.builder()
            .endpointOverride(endpoint)
            .region(Region.EU_WEST_1)
            .credentialsProvider(CREDENTIALS)
            .httpClient(UrlConnectionHttpClient.create())
            .build()) {
      String made = sns.createTopic(request -> request.name("alerts")).topicArn();
      sns.subscribe(request -> request.topicArn(made).protocol("sqs").endpoint(queueArn));
      return made;
    }
  }

  private static StreamPump pump(LocalTable table, URI endpoint) {
    DynamoDbStreamsClient streams =
        DynamoDbStreamsClient.builder()
            .endpointOverride(endpoint)
            .region(Region.EU_WEST_1)
            .credentialsProvider(CREDENTIALS)
            .httpClient(UrlConnectionHttpClient.create())
            .build();
    return new StreamPump(
        streams, table.client(), TABLE, Template.filters("AlertFunction", "CompletedRuns"));
  }

  /// Starts audit.zip.
  ///
  /// @param variables those that an audit of the account needs besides the table
  LambdaFunction audit(Map<String, String> variables) {
    Map<String, String> all = new TreeMap<>(variables);
    all.put("TABLE_NAME", TABLE);
    all.put("AWS_ENDPOINT_URL_DYNAMODB", tableOfAudit.endpoint());
    return start("audit", "io.github.eksidentity.audit.AuditHandler::handleRequest", all);
  }

  /// Delivers what the stream holds to alert.zip.
  ///
  /// @return the messages that arrived in the queue
  List<Json> alerts(String reminder) {
    Optional<String> event = pump.next();
    if (event.isEmpty()) {
      return List.of();
    }
    try (LambdaFunction alert =
        start(
            "alert",
            "io.github.eksidentity.alert.AlertHandler::handleRequest",
            Map.of(
                "TABLE_NAME",
                TABLE,
                "AWS_ENDPOINT_URL_DYNAMODB",
                tableOfAlert.endpoint(),
                "AWS_ENDPOINT_URL_SNS",
                topics.endpoint(),
                "TOPIC_ARN",
                topic,
                "HEARTBEAT",
                "false",
                "REMINDER",
                reminder))) {
      Outcome outcome = alert.invoke(event.get());
      Figures.record("alert", alert, outcome);
      returned(alert, outcome);
    }
    // The note that it was told is a record of the stream too.
    assertEquals(Optional.empty(), pump.next());
    return messages();
  }

  /// As many messages as were published and not yet received: a topic delivers in its own time.
  private List<Json> messages() {
    int published = topics.actions().getOrDefault("sns:Publish", 0);
    long end = System.nanoTime() + DELIVERY.toNanos();
    List<Json> bodies = new ArrayList<>();
    while (received < published && System.nanoTime() < end) {
      for (Message message :
          sqs.receiveMessage(
                  request -> request.queueUrl(queue).maxNumberOfMessages(10).waitTimeSeconds(1))
              .messages()) {
        bodies.add(Event.parse(message.body()).orElseThrow());
        sqs.deleteMessage(
            request -> request.queueUrl(queue).receiptHandle(message.receiptHandle()));
        received++;
      }
    }
    assertEquals(published, received, "published and received messages");
    return bodies;
  }

  /// What the audit did with the table.
  Set<String> actionsOfAudit() {
    return tableOfAudit.actions().keySet();
  }

  /// What the alert did with table and topic.
  Set<String> actionsOfAlert() {
    Set<String> actions = new TreeSet<>(tableOfAlert.actions().keySet());
    actions.addAll(topics.actions().keySet());
    return actions;
  }

  private static LambdaFunction start(String name, String handler, Map<String, String> variables) {
    return LambdaFunction.start(
        Zips.of(name), new FunctionSettings(handler, variables, 512, Duration.ofMinutes(5)));
  }

  /// Delivers an event to a function, which must take it and log in JSON.
  ///
  /// @return its answer
  static Json returned(LambdaFunction function, String event) {
    return returned(function, function.invoke(event));
  }

  private static Json returned(LambdaFunction function, Outcome outcome) {
    var returned =
        assertInstanceOf(
            Outcome.Returned.class,
            outcome,
            () -> outcome + "\n" + String.join("\n", function.log()));
    // A JVM says so where it takes options from its environment.
    List<String> log =
        function.log().stream().filter(line -> !line.startsWith("Picked up JAVA_TOOL")).toList();
    assertTrue(log.stream().allMatch(line -> Event.parse(line).isPresent()), log::toString);
    return Event.parse(returned.payload().isBlank() ? "{}" : returned.payload()).orElseThrow();
  }

  @Override
  public void close() {
    tableOfAudit.close();
    tableOfAlert.close();
    topics.close();
    sqs.close();
    pump.close();
    table.close();
  }
}
