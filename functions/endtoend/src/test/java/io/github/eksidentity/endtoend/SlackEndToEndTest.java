package io.github.eksidentity.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.eksidentity.core.json.JsonPath;
import io.github.eksidentity.lambda.Event;
import io.github.eksidentity.testbed.MotoServer;
import io.github.eksidentity.testbed.runtime.FunctionSettings;
import io.github.eksidentity.testbed.runtime.LambdaFunction;
import io.github.eksidentity.testbed.runtime.Outcome;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.ParameterType;

/// slack.zip as Lambda runs it, with the webhook in Parameter Store of moto.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SlackEndToEndTest {
  private static final String EVENT =
      """
      {"Records": [{"EventSource": "aws:sns", "EventVersion": "1.0", "Sns": {
        "Type": "Notification", "MessageId": "m-1", "Subject": "1 critical new",
        "Message": "{\\"version\\": 1, \\"run\\": {\\"id\\": \\"r-1\\", \\"complete\\": true}, \\"transitions\\": []}"}}]}
      """;

  private final HooksServer hooks = new HooksServer();
  private MotoServer moto = MotoServer.NONE;
  private Optional<RecordingProxy> parameters = Optional.empty();

  /// Before each test, so that each is reported as skipped where they all are.
  @BeforeEach
  void start() {
    assumeTrue(MotoServer.isInstalled(), MotoServer.MISSING);
    if (parameters.isEmpty()) {
      moto = MotoServer.start();
      parameters = Optional.of(new RecordingProxy("ssm", moto.endpoint()));
      keepWebhooks();
    }
  }

  private void keepWebhooks() {
    try (SsmClient ssm =
        SsmClient.builder()
            .endpointOverride(moto.endpoint())
            .region(Region.EU_WEST_1)
            .credentialsProvider(
                StaticCredentialsProvider.create(
                    AwsBasicCredentials.create("AKIATESTBED", "secret")))
            .httpClient(UrlConnectionHttpClient.create())
            .build()) {
      for (Map.Entry<String, String> entry :
          Map.of("/slack", hooks.webhook(), "/removed", hooks.removed()).entrySet()) {
        ssm.putParameter(
            request ->
                request
                    .name(entry.getKey())
                    .value(entry.getValue())
                    .type(ParameterType.SECURE_STRING));
      }
    }
  }

  @AfterAll
  void stop() {
    hooks.close();
    parameters.ifPresent(RecordingProxy::close);
    moto.close();
  }

  private LambdaFunction function(String parameter) {
    return LambdaFunction.start(
        Zips.of("slack"),
        new FunctionSettings(
            "io.github.eksidentity.slack.SlackHandler::handleRequest",
            Map.of(
                "WEBHOOK_PARAMETER",
                parameter,
                "AWS_ENDPOINT_URL_SSM",
                parameters.orElseThrow().endpoint()),
            512,
            Duration.ofMinutes(1)));
  }

  @Test
  void theDigestIsPosted() {
    try (LambdaFunction slack = function("/slack")) {
      Outcome outcome = slack.invoke(EVENT);
      assertInstanceOf(Outcome.Returned.class, outcome, () -> outcome + "\n" + slack.log());
      Figures.record("slack", slack, outcome);
      String message = hooks.posted().getFirst();
      assertEquals(
          Optional.of("1 critical new"), JsonPath.text(Event.parse(message).orElseThrow(), "text"));
      assertTrue(message.contains("`r-1`"), message);
      List<String> log = slack.log();
      assertTrue(log.stream().anyMatch(line -> line.contains("posted to Slack")), log::toString);
      assertTrue(log.stream().allMatch(line -> Event.parse(line).isPresent()), log::toString);
    }
  }

  /// What is called and what template.yaml grants are the same: a parameter, or a secret behind
  /// one.
  @Test
  void theFunctionCallsWhatTheTemplateGrants() throws IOException, InterruptedException {
    keepSecret();
    for (String parameter : List.of("/slack", "/aws/reference/secretsmanager/slack")) {
      try (LambdaFunction slack = function(parameter)) {
        Outcome outcome = slack.invoke(EVENT);
        assertInstanceOf(Outcome.Returned.class, outcome, () -> outcome + "\n" + slack.log());
      }
    }
    assertEquals(Template.granted("SlackRole"), parameters.orElseThrow().actions().keySet());
  }

  private void keepSecret() throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(moto.endpoint())
            .header("X-Amz-Target", "secretsmanager.CreateSecret")
            .header("Content-Type", "application/x-amz-json-1.1")
            .header(
                "Authorization",
                "AWS4-HMAC-SHA256"
                    + " Credential=AKIATESTBED/20261126/eu-west-1/secretsmanager/aws4_request")
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    "{\"Name\": \"slack\", \"ClientRequestToken\": \"%s\", \"SecretString\": \"%s\"}"
                        .formatted(UUID.randomUUID(), hooks.webhook())))
            .build();
    try (HttpClient http = HttpClient.newHttpClient()) {
      assertEquals(200, http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode());
    }
  }

  @Test
  void whatSlackDoesNotTakeIsAFailureAndTheWebhookStaysHidden() {
    for (String parameter : List.of("/removed", "/missing")) {
      try (LambdaFunction slack = function(parameter)) {
        var failed = assertInstanceOf(Outcome.Failed.class, slack.invoke(EVENT));
        assertTrue(failed.payload().contains("FunctionException"), failed::payload);
        String shown = failed.payload() + slack.log();
        assertTrue(shown.contains(parameter.equals("/removed") ? "no_service" : parameter), shown);
        assertFalse(shown.contains("hidden"), shown);
      }
    }
  }

  @Test
  void theZipIsSmall() throws IOException {
    long bytes = Files.size(Zips.of("slack"));
    assertTrue(bytes <= Zips.limit("slack"), () -> bytes + " bytes");
  }
}
