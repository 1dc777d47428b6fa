package io.github.eksidentity.endtoend;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;

/// Stands for Slack's webhooks.
final class HooksServer implements AutoCloseable {
  private final HttpServer server;
  private final ConcurrentLinkedQueue<String> posted = new ConcurrentLinkedQueue<>();

  HooksServer() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/services/", this::take);
    server.createContext("/gone/", HooksServer::refuse);
    server.start();
  }

  /// A webhook that takes every message.
  String webhook() {
    return url("/services/T0/B0/hidden");
  }

  /// A webhook that was removed.
  String removed() {
    return url("/gone/T0/B0/hidden");
  }

  /// The messages so far.
  List<String> posted() {
    return List.copyOf(posted);
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private String url(String path) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + path;
  }

  private void take(HttpExchange exchange) throws IOException {
    posted.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    answer(exchange, 200, "ok");
  }

  private static void refuse(HttpExchange exchange) throws IOException {
    answer(exchange, 404, "no_service");
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }
}
