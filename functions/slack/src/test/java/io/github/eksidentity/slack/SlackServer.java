package io.github.eksidentity.slack;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/// Stands for Parameter Store and for Slack, on one port of the loopback interface.
final class SlackServer implements AutoCloseable {
  static final String PARAMETER = "/eks-identity/slack";

  private final HttpServer server;
  private final List<String> posted = new ArrayList<>();
  private final List<String> asked = new ArrayList<>();
  private final Deque<Reply> replies = new ArrayDeque<>();
  private String url;

  /// What Slack answers once.
  record Reply(int status, Map<String, String> headers, String body) {}

  SlackServer() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    url = endpoint() + "/services/T0/B0/secret";
    server.createContext("/", this::parameter);
    server.createContext("/services/", this::webhook);
    server.createContext(
        "/elsewhere", exchange -> answer(exchange, new Reply(200, Map.of(), "ok")));
    server.start();
  }

  String endpoint() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /// The messages that arrived at the webhook.
  synchronized List<String> posted() {
    return List.copyOf(posted);
  }

  /// The requests for the parameter.
  synchronized List<String> asked() {
    return List.copyOf(asked);
  }

  /// Answers the next message so, instead of accepting it.
  synchronized void next(Reply reply) {
    replies.add(reply);
  }

  /// Stores another webhook.
  synchronized void store(String webhook) {
    url = webhook;
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private synchronized void parameter(HttpExchange exchange) throws IOException {
    asked.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    String body =
        "{\"Parameter\": {\"Name\": \"%s\", \"Type\": \"SecureString\", \"Value\": \"%s\"}}"
            .formatted(PARAMETER, url);
    answer(exchange, new Reply(200, Map.of("Content-Type", "application/x-amz-json-1.1"), body));
  }

  private synchronized void webhook(HttpExchange exchange) throws IOException {
    posted.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    answer(exchange, replies.isEmpty() ? new Reply(200, Map.of(), "ok") : replies.remove());
  }

  private static void answer(HttpExchange exchange, Reply reply) throws IOException {
    reply.headers().forEach(exchange.getResponseHeaders()::set);
    byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }
}
