package io.github.eksidentity.securityhub;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.StandardRetryStrategy;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.securityhub.SecurityHubClient;

/// Stands for Security Hub, on a port of the loopback interface.
final class HubServer implements AutoCloseable {
  static final String TAKEN = "{\"FailedCount\": 0, \"FailedFindings\": [], \"SuccessCount\": 1}";

  /// What the function uses, without its waiting.
  static final StandardRetryStrategy RETRIES =
      AwsRetryStrategy.standardRetryStrategy().toBuilder()
          .backoffStrategy(BackoffStrategy.retryImmediately())
          .throttlingBackoffStrategy(BackoffStrategy.retryImmediately())
          .build();

  private static final AwsCredentialsProvider CREDENTIALS =
      StaticCredentialsProvider.create(
          AwsSessionCredentials.create("AKIAHUB", "secret", "session"));

  private final HttpServer server;
  private final List<Request> requests = new ArrayList<>();
  private final Deque<Reply> replies = new ArrayDeque<>();

  /// What it was asked.
  record Request(String method, String path, Headers headers, String body) {}

  /// What it answers once; nothing at all where the status is 0.
  record Reply(int status, Map<String, String> headers, String body) {
    Reply(int status, String body) {
      this(status, Map.of(), body);
    }
  }

  HubServer() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::handle);
    server.start();
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /// The call as the function makes it.
  ImportCall call(String region) {
    return new ImportCall(
        UrlConnectionHttpClient.create(),
        RETRIES.toBuilder().build(),
        endpoint(),
        region,
        CREDENTIALS);
  }

  /// The SDK's client.
  SecurityHubClient client(String region) {
    return SecurityHubClient.builder()
        .endpointOverride(endpoint())
        .region(Region.of(region))
        .credentialsProvider(CREDENTIALS)
        .httpClient(UrlConnectionHttpClient.create())
        .build();
  }

  synchronized List<Request> requests() {
    return List.copyOf(requests);
  }

  /// Answers the next requests so, instead of taking all findings.
  synchronized void next(Reply... next) {
    replies.addAll(List.of(next));
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private synchronized void handle(HttpExchange exchange) throws IOException {
    requests.add(
        new Request(
            exchange.getRequestMethod(),
            exchange.getRequestURI().getPath(),
            exchange.getRequestHeaders(),
            new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
    Reply reply = replies.isEmpty() ? new Reply(200, TAKEN) : replies.remove();
    if (reply.status() != 0) {
      byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
      reply.headers().forEach(exchange.getResponseHeaders()::set);
      exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    }
    exchange.close();
  }
}
