package io.github.eksidentity.alert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.eksidentity.core.drift.Counts;
import io.github.eksidentity.core.drift.LoggedStore;
import io.github.eksidentity.core.drift.Run;
import io.github.eksidentity.core.drift.RunId;
import io.github.eksidentity.core.drift.RunRequest;
import io.github.eksidentity.core.drift.RunScope;
import io.github.eksidentity.lambda.Event;
import io.github.eksidentity.lambda.FunctionException;
import io.github.eksidentity.lambda.JsonLog;
import io.github.eksidentity.report.alert.FindingsPlace;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sns.SnsClient;

class AlertFunctionTest {
  private static final String ACCOUNT = "111122223333";
  private static final Instant NOW = Instant.parse("2026-11-25T06:00:00Z");

  private final LoggedStore store = new LoggedStore(_ -> {});
  private final List<String> published = Collections.synchronizedList(new ArrayList<>());
  private final HttpServer topic = server();
  private volatile int status = 200;
  private final SnsClient sns =
      SnsClient.builder()
          .endpointOverride(URI.create("http://127.0.0.1:" + topic.getAddress().getPort()))
          .region(Region.EU_WEST_1)
          .credentialsProvider(
              StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIATESTBED", "secret")))
          .httpClient(UrlConnectionHttpClient.create())
          .build();

  private static HttpServer server() {
    try {
      return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @BeforeEach
  void start() {
    topic.createContext("/", this::publish);
    topic.start();
  }

  @AfterEach
  void stop() {
    sns.close();
    topic.stop(0);
  }

  private void publish(HttpExchange exchange) throws IOException {
    String form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    byte[] answer =
        "<PublishResponse><PublishResult><MessageId>m</MessageId></PublishResult></PublishResponse>"
            .getBytes(StandardCharsets.UTF_8);
    if (status == 200) {
      published.add(URLDecoder.decode(form, StandardCharsets.UTF_8));
    }
    exchange.sendResponseHeaders(status, answer.length);
    exchange.getResponseBody().write(answer);
    exchange.close();
  }

  private AlertFunction function(boolean heartbeat) {
    return new AlertFunction(
        store,
        new Publisher(sns, "arn:aws:sns:eu-west-1:111122223333:alerts"),
        new FindingsPlace.Table("eu-west-1", "findings"),
        new AlertFunction.Options(heartbeat, Reminders.NONE),
        InstantSource.fixed(NOW),
        JsonLog.to(new ByteArrayOutputStream(), InstantSource.system()));
  }

  /// A run that changed nothing.
  private CompletedRun quietRun() {
    RunId id = new RunId("run-1");
    store.begin(new RunRequest(id, ACCOUNT, NOW, NOW, NOW.plusSeconds(900), RunScope.ALL));
    Run run = store.run(ACCOUNT, id).orElseThrow();
    store.complete(run.completed(NOW, true, Counts.NONE));
    return new CompletedRun(ACCOUNT, id);
  }

  @Test
  void nothingChangedNothingSent() {
    function(false).handle(List.of(quietRun()));
    assertEquals(List.of(), published);
  }

  @Test
  void aHeartbeatIsSentOnceHoweverOftenTheRecordComes() {
    CompletedRun run = quietRun();
    function(true).handle(List.of(run));
    function(true).handle(List.of(run));
    assertEquals(1, published.size());
    assertTrue(published.getFirst().contains("MessageStructure=json"), published::toString);
    assertEquals(NOW, store.run(ACCOUNT, run.id()).orElseThrow().alertedAt().orElseThrow());
  }

  @Test
  void whatIsNotPublishedIsNotNotedAsTold() {
    CompletedRun run = quietRun();
    status = 400;
    assertThrows(SdkException.class, () -> function(true).handle(List.of(run)));
    assertTrue(store.run(ACCOUNT, run.id()).orElseThrow().alertedAt().isEmpty());
    status = 200;
    function(true).handle(List.of(run));
    assertEquals(1, published.size());
  }

  @Test
  void aRecordThatIsNoRunIsRefused() {
    for (String event :
        List.of(
            "{}",
            "{\"Records\": [1]}",
            "{\"Records\": [{\"dynamodb\": {\"NewImage\": {}}}]}",
            "{\"Records\": [{\"dynamodb\": {\"NewImage\": {\"accountId\": {\"S\": \"1\"},"
                + " \"runId\": {\"S\": \"a b\"}}}}]}")) {
      assertThrows(
          FunctionException.class, () -> CompletedRun.of(Event.parse(event).orElseThrow()), event);
    }
    CompletedRun unknown = new CompletedRun(ACCOUNT, new RunId("other"));
    assertThrows(FunctionException.class, () -> function(false).handle(List.of(unknown)));
  }
}
