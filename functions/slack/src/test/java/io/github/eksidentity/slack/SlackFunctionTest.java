package io.github.eksidentity.slack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.eksidentity.core.json.Json;
import io.github.eksidentity.lambda.Event;
import io.github.eksidentity.lambda.FunctionException;
import io.github.eksidentity.lambda.JsonLog;
import io.github.eksidentity.slack.SlackServer.Reply;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ssm.SsmClient;

class SlackFunctionTest {
  private static final Json EVENT =
      Event.parse(
              """
              {"Records": [{"EventSource": "aws:sns", "Sns": {
                "MessageId": "m-1", "Subject": "[EKS identity] 1 critical new", "Message": "one\\ntwo"}}]}
              """)
          .orElseThrow();

  private final SlackServer server = new SlackServer();
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();
  private final List<Duration> pauses = new ArrayList<>();
  private final SsmClient ssm =
      SsmClient.builder()
          .endpointOverride(URI.create(server.endpoint()))
          .region(Region.EU_WEST_1)
          .credentialsProvider(
              StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIATESTBED", "secret")))
          .httpClient(UrlConnectionHttpClient.create())
          .build();
  private final SlackFunction function =
      new SlackFunction(
          new WebhookSecret(ssm, SlackServer.PARAMETER, true),
          new Webhook(HttpClient.newHttpClient()),
          JsonLog.to(log, InstantSource.system()));

  @AfterEach
  void stop() {
    ssm.close();
    server.close();
  }

  private void handle(Duration left) {
    function.handle(
        EVENT,
        new InvocationTime() {
          @Override
          public Duration left() {
            return left;
          }

          @Override
          public void pause(Duration time) {
            pauses.add(time);
          }
        });
  }

  private FunctionException refused(Duration left) {
    return assertThrows(FunctionException.class, () -> handle(left));
  }

  private String logged() {
    return log.toString(StandardCharsets.UTF_8);
  }

  @Test
  void aMessageIsPostedOnceAndTheSecretReadOnce() {
    handle(Duration.ofSeconds(30));
    handle(Duration.ofSeconds(30));
    assertEquals(2, server.posted().size());
    assertEquals(1, server.asked().size());
    assertTrue(server.asked().getFirst().contains("\"WithDecryption\":true"));
    assertTrue(logged().contains("\"messageId\":\"m-1\""), logged());
  }

  @Test
  void theFunctionWaitsAsLongAsSlackAsks() {
    server.next(new Reply(429, Map.of("Retry-After", "7"), "rate_limited"));
    server.next(new Reply(429, Map.of(), "rate_limited"));
    handle(Duration.ofSeconds(30));
    assertEquals(List.of(Duration.ofSeconds(7), Duration.ofSeconds(1)), pauses);
    assertEquals(3, server.posted().size());
  }

  @Test
  void aWaitBeyondTheTimeLimitIsLeftToTheRetry() {
    server.next(new Reply(429, Map.of("Retry-After", "29"), ""));
    assertEquals(
        "Slack takes no more messages for 29 s.", refused(Duration.ofSeconds(30)).getMessage());
    assertEquals(List.of(), pauses);
  }

  @Test
  void slackIsNotAskedForEver() {
    for (int i = 0; i < 5; i++) {
      server.next(new Reply(429, Map.of("Retry-After", "1"), ""));
    }
    refused(Duration.ofMinutes(5));
    assertEquals(3, server.posted().size());
  }

  @Test
  void aRefusalIsThrownAndTheSecretReadAgainAfterIt() {
    server.next(new Reply(404, Map.of(), "no_service\u001b[31m\nmore"));
    String message = refused(Duration.ofSeconds(30)).getMessage();
    assertTrue(message.contains("HTTP 404 (no_service\\u001B[31m)"), message);
    handle(Duration.ofSeconds(30));
    assertEquals(2, server.asked().size());
  }

  @Test
  void serverErrorsRedirectsAndSilenceAreThrown() {
    server.next(new Reply(500, Map.of(), ""));
    refused(Duration.ofSeconds(30));
    server.next(new Reply(302, Map.of("Location", server.endpoint() + "/elsewhere"), ""));
    refused(Duration.ofSeconds(30));
    server.store("http://127.0.0.1:1/services/secret");
    assertTrue(refused(Duration.ofSeconds(30)).getMessage().startsWith("Slack did not answer"));
  }

  @Test
  void theSecretIsNeverShown() {
    server.next(new Reply(403, Map.of(), "invalid_token"));
    String first = refused(Duration.ofSeconds(30)).toString();
    server.store("https://hooks.slack.example/services/T0/B0/secret");
    FunctionException second = refused(Duration.ofSeconds(30));
    assertTrue(second.getMessage().contains(SlackServer.PARAMETER), second::getMessage);
    assertTrue(logged().contains("not the URL of an incoming webhook"), logged());
    assertFalse((first + second + logged()).contains("/services/T0"), logged());
  }

  @Test
  void anEventThatIsNotFromATopicIsRefused() {
    for (String event :
        List.of("{}", "[]", "{\"Records\": [{\"Sns\": {}}]}", "{\"Records\": [1]}")) {
      Json json = Event.parse(event).orElseThrow();
      assertThrows(FunctionException.class, () -> Notification.of(json), event);
    }
  }
}
