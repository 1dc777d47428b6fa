package io.github.eksidentity.testbed.runtime;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;

/// Lambda's runtime API for one function: hands out events one at a time and takes what comes of
/// them.
///
/// Documented at <https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html>.
final class RuntimeApi implements AutoCloseable {
  private static final String BASE = "/2018-06-01/runtime/";

  private final String functionArn;
  private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
  private final Map<String, Event> running = new ConcurrentHashMap<>();
  private final CompletableFuture<Report> started = new CompletableFuture<>();
  private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpServer server;

  /// What the runtime client reports.
  ///
  /// @param payload the result, or the description of the error; empty for a started runtime
  record Report(boolean good, String payload) {}

  /// @param answered completed when the function has dealt with the event
  record Event(
      String requestId, String payload, Instant deadline, CompletableFuture<Report> answered) {}

  private RuntimeApi(String functionArn, HttpServer server) {
    this.functionArn = functionArn;
    this.server = server;
  }

  static RuntimeApi serve(String functionArn) throws IOException {
    // Without it every answer waits for the client's delayed acknowledgement.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    RuntimeApi api =
        new RuntimeApi(
            functionArn,
            HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
    api.server.setExecutor(api.workers);
    api.server.createContext(BASE + "invocation/", api::invocation);
    api.server.createContext(BASE + "init/error", api::initError);
    api.server.start();
    return api;
  }

  String address() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  /// Completed when the function asks for its first event, or cannot be started.
  CompletableFuture<Report> started() {
    return started;
  }

  void deliver(Event event) {
    events.add(event);
  }

  @Override
  public void close() {
    workers.shutdownNow();
    server.stop(0);
  }

  private void invocation(HttpExchange exchange) throws IOException {
    String rest = exchange.getRequestURI().getPath().substring((BASE + "invocation/").length());
    if (rest.equals("next")) {
      next(exchange);
      return;
    }
    int slash = rest.indexOf('/');
    String body = body(exchange);
    answer(exchange, 202, "{\"status\":\"OK\"}");
    Event event = running.remove(rest.substring(0, slash));
    if (event != null) {
      event.answered().complete(new Report(rest.endsWith("/response"), body));
    }
  }

  private void next(HttpExchange exchange) throws IOException {
    started.complete(new Report(true, ""));
    try {
      Event event = events.take();
      running.put(event.requestId(), event);
      var headers = exchange.getResponseHeaders();
      headers.set("Lambda-Runtime-Aws-Request-Id", event.requestId());
      headers.set("Lambda-Runtime-Deadline-Ms", Long.toString(event.deadline().toEpochMilli()));
      headers.set("Lambda-Runtime-Invoked-Function-Arn", functionArn);
      answer(exchange, 200, event.payload());
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      exchange.close();
    }
  }

  private void initError(HttpExchange exchange) throws IOException {
    String body = body(exchange);
    answer(exchange, 202, "{\"status\":\"OK\"}");
    started.complete(new Report(false, body));
  }

  private static String body(HttpExchange exchange) throws IOException {
    return new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
  }

  /// The runtime client crashes on an answer without a content type.
  private static void answer(HttpExchange exchange, int status, String json) throws IOException {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }
}
