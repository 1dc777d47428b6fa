package io.github.eksidentity.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import io.github.eksidentity.testbed.MotoServer;
import io.github.eksidentity.testbed.runtime.FunctionSettings;
import io.github.eksidentity.testbed.runtime.LambdaFunction;
import io.github.eksidentity.testbed.runtime.Outcome;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.securityhub.SecurityHubClient;
import software.amazon.awssdk.services.securityhub.model.AwsSecurityFinding;
import software.amazon.awssdk.services.securityhub.model.RecordState;

/// securityhub.zip as Lambda runs it, with Security Hub and STS of moto.
class SecurityHubEndToEndTest {
  private static final Path PAYLOAD = Path.of("..", "..", "events", "transitions.json");

  private MotoServer moto = MotoServer.NONE;

  @BeforeEach
  void start() {
    assumeTrue(MotoServer.isInstalled(), MotoServer.MISSING);
    moto = MotoServer.start();
  }

  @AfterEach
  void stop() {
    moto.close();
  }

  private LambdaFunction function(Map<String, String> variables) {
    Map<String, String> environment = new TreeMap<>(variables);
    environment.put("AWS_ENDPOINT_URL", moto.endpoint().toString());
    return LambdaFunction.start(
        Zips.of("securityhub"),
        new FunctionSettings(
            "io.github.eksidentity.securityhub.SecurityHubHandler::handleRequest",
            environment,
            512,
            Duration.ofMinutes(1)));
  }

  private List<AwsSecurityFinding> findings() {
    try (SecurityHubClient hub =
        SecurityHubClient.builder()
            .endpointOverride(moto.endpoint())
            .region(Region.EU_WEST_1)
            .credentialsProvider(
                StaticCredentialsProvider.create(
                    AwsBasicCredentials.create("AKIATESTBED", "secret")))
            .httpClient(UrlConnectionHttpClient.create())
            .build()) {
      return hub.getFindings(request -> {}).findings();
    }
  }

  @Test
  void aFindingIsImportedAndClosedAgain() throws IOException {
    String opened = Files.readString(PAYLOAD);
    String resolved =
        opened.replace("\"open\"", "\"resolved\"").replace("1795586524", "1795672924");
    try (LambdaFunction function = function(Map.of())) {
      Outcome first = function.invoke(opened);
      assertInstanceOf(Outcome.Returned.class, first, () -> "" + function.log());
      Figures.record("securityhub", function, first);
      AwsSecurityFinding active = findings().getFirst();
      assertEquals(RecordState.ACTIVE, active.recordState());
      assertEquals("111122223333", active.awsAccountId());
      assertInstanceOf(
          Outcome.Returned.class, function.invoke(resolved), () -> "" + function.log());
      List<AwsSecurityFinding> closed = findings();
      assertEquals(1, closed.size());
      assertEquals(RecordState.ARCHIVED, closed.getFirst().recordState());
      assertEquals(active.id(), closed.getFirst().id());
    }
  }

  @Test
  void findingsOfAnotherAccountAreImportedThere() throws IOException {
    String foreign = Files.readString(PAYLOAD).replace("111122223333", "222233334444");
    try (LambdaFunction alone = function(Map.of())) {
      assertInstanceOf(Outcome.Returned.class, alone.invoke(foreign));
      assertTrue(
          said(alone, "there is no role to assume: account 222233334444"), () -> "" + alone.log());
    }
    try (LambdaFunction member =
        function(Map.of("MEMBER_ROLE_NAME", "member", "EXTERNAL_ID", "audit"))) {
      assertInstanceOf(Outcome.Returned.class, member.invoke(foreign), () -> "" + member.log());
      assertTrue(
          said(member, "1 findings imported: account 222233334444"), () -> "" + member.log());
    }
    assertEquals(List.of(), findings());
  }

  /// What is called and what template.yaml grants are the same.
  @Test
  void theFunctionCallsWhatTheTemplateGrants() throws IOException {
    String own = Files.readString(PAYLOAD);
    try (RecordingProxy hub = new RecordingProxy("securityhub", moto.endpoint());
        RecordingProxy sts = new RecordingProxy("sts", moto.endpoint());
        LambdaFunction function =
            function(
                Map.of(
                    "MEMBER_ROLE_NAME",
                    "member",
                    "EXTERNAL_ID",
                    "audit",
                    "AWS_ENDPOINT_URL_SECURITYHUB",
                    hub.endpoint(),
                    "AWS_ENDPOINT_URL_STS",
                    sts.endpoint()))) {
      function.invoke(own);
      function.invoke(own.replace("111122223333", "222233334444"));
      Set<String> called = new TreeSet<>(hub.actions().keySet());
      called.addAll(sts.actions().keySet());
      assertEquals(Template.granted("SecurityHubRole"), called);
    }
  }

  @Test
  void whatIsNotImportedIsAFailure() throws IOException {
    String payload = Files.readString(PAYLOAD);
    try (LambdaFunction function = function(Map.of())) {
      moto.close();
      var failed = assertInstanceOf(Outcome.Failed.class, function.invoke(payload));
      assertTrue(failed.payload().contains("imports failed"), failed::payload);
    }
  }

  @Test
  void anAccountWithoutSecurityHubIsPassedOver() throws IOException {
    Map<String, String> none = Map.of("x-amzn-ErrorType", "InvalidAccessException");
    try (Answering hub = new Answering(401, none, "{\"Message\": \"not subscribed\"}");
        LambdaFunction function = function(hub.asSecurityHub())) {
      assertInstanceOf(Outcome.Returned.class, function.invoke(Files.readString(PAYLOAD)));
      assertTrue(
          said(function, "Security Hub is not enabled: account 111122223333"),
          () -> "" + function.log());
    }
  }

  @Test
  void aFindingThatSecurityHubDoesNotTakeIsAFailure() throws IOException {
    String refused =
        """
        {"FailedCount": 1, "SuccessCount": 0, "FailedFindings": [
          {"Id": "a", "ErrorCode": "InvalidInput", "ErrorMessage": "no such type"}]}
        """;
    try (Answering hub = new Answering(200, Map.of(), refused);
        LambdaFunction function = function(hub.asSecurityHub())) {
      var failed =
          assertInstanceOf(Outcome.Failed.class, function.invoke(Files.readString(PAYLOAD)));
      assertTrue(failed.payload().contains("InvalidInput: no such type"), failed::payload);
    }
  }

  /// A server that has one answer.
  private static final class Answering implements AutoCloseable {
    private final HttpServer server;

    Answering(int status, Map<String, String> headers, String answer) throws IOException {
      byte[] body = answer.getBytes(StandardCharsets.UTF_8);
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext(
          "/",
          exchange -> {
            exchange.getRequestBody().readAllBytes();
            headers.forEach(exchange.getResponseHeaders()::set);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
          });
      server.start();
    }

    Map<String, String> asSecurityHub() {
      return Map.of(
          "AWS_ENDPOINT_URL_SECURITYHUB", "http://127.0.0.1:" + server.getAddress().getPort());
    }

    @Override
    public void close() {
      server.stop(0);
    }
  }

  private static boolean said(LambdaFunction function, String text) {
    return function.log().stream().anyMatch(line -> line.contains(text));
  }
}
