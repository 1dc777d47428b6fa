package io.github.eksidentity.endtoend;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.eksidentity.core.json.Json;
import io.github.eksidentity.core.json.JsonPath;
import io.github.eksidentity.lambda.Event;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Stands before an emulator and counts the IAM actions that its callers need, and the units of
/// DynamoDB that they consume.
final class RecordingProxy implements AutoCloseable {
  private static final Pattern FORM_ACTION = Pattern.compile("(?:^|&)Action=(\\w+)");
  private static final Map<String, String> REST_ACTIONS =
      Map.of("/findings/import", "BatchImportFindings");
  private static final Set<String> HOP_BY_HOP =
      Set.of("host", "connection", "content-length", "expect", "transfer-encoding", "upgrade");

  private final String service;
  private final URI target;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final DoubleAdder readUnits = new DoubleAdder();
  private final DoubleAdder writeUnits = new DoubleAdder();
  private final Map<String, Integer> actions = Collections.synchronizedMap(new TreeMap<>());
  private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpServer server;

  /// @param service as IAM names it: `dynamodb`, `sns`, `ssm`, `securityhub`, `sts`
  RecordingProxy(String service, URI target) {
    this.service = service;
    this.target = target;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(workers);
    server.createContext("/", this::forward);
    server.start();
  }

  String endpoint() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /// How often each action was needed, as `dynamodb:PutItem`.
  Map<String, Integer> actions() {
    return Map.copyOf(actions);
  }

  /// The request units of DynamoDB that reads consumed.
  double readUnits() {
    return readUnits.sum();
  }

  /// The request units of DynamoDB that writes consumed, those of the indexes included.
  double writeUnits() {
    return writeUnits.sum();
  }

  @Override
  public void close() {
    server.stop(0);
    workers.shutdownNow();
  }

  private void forward(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    Optional<String> wireTarget =
        Optional.ofNullable(exchange.getRequestHeaders().getFirst("X-Amz-Target"));
    record(wireTarget, exchange.getRequestURI().getPath(), body);
    Optional<DoubleAdder> units = wireTarget.flatMap(this::units);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(target.resolve(exchange.getRequestURI()))
            .method(
                exchange.getRequestMethod(),
                HttpRequest.BodyPublishers.ofByteArray(
                    units.isPresent() ? askingForUnits(body) : body));
    exchange
        .getRequestHeaders()
        .forEach(
            (name, values) -> {
              if (!HOP_BY_HOP.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
              }
            });
    try {
      HttpResponse<byte[]> answer =
          http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
      units.ifPresent(sum -> consumed(answer.body()).forEach(sum::add));
      answer
          .headers()
          .map()
          .forEach(
              (name, values) -> {
                if (!HOP_BY_HOP.contains(name.toLowerCase(Locale.ROOT))) {
                  values.forEach(value -> exchange.getResponseHeaders().add(name, value));
                }
              });
      exchange.sendResponseHeaders(
          answer.statusCode(), answer.body().length == 0 ? -1 : answer.body().length);
      exchange.getResponseBody().write(answer.body());
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      exchange.close();
    }
  }

  /// Where the units of an operation are added up; empty where it tells none.
  private Optional<DoubleAdder> units(String wireTarget) {
    return switch (wireTarget.substring(wireTarget.indexOf('.') + 1)) {
      case "GetItem", "Query" -> Optional.of(readUnits);
      case "PutItem", "UpdateItem", "DeleteItem", "BatchWriteItem", "TransactWriteItems" ->
          Optional.of(writeUnits);
      default -> Optional.empty();
    };
  }

  private static byte[] askingForUnits(byte[] body) {
    String text = new String(body, StandardCharsets.UTF_8);
    return ("{\"ReturnConsumedCapacity\":\"TOTAL\"," + text.substring(1))
        .getBytes(StandardCharsets.UTF_8);
  }

  /// Of one table, or of each table of a batch.
  private static Stream<Double> consumed(byte[] answer) {
    Optional<Json> told =
        Event.parse(new String(answer, StandardCharsets.UTF_8))
            .flatMap(json -> JsonPath.at(json, "ConsumedCapacity"));
    return told.stream()
        .flatMap(it -> it instanceof Json.Arr(_, List<Json> items) ? items.stream() : Stream.of(it))
        .flatMap(it -> JsonPath.at(it, "CapacityUnits").stream())
        .map(it -> it instanceof Json.Num number ? Double.parseDouble(number.text()) : 0);
  }

  private void record(Optional<String> wireTarget, String path, byte[] body) {
    String text = new String(body, StandardCharsets.UTF_8);
    Matcher form = FORM_ACTION.matcher(text);
    if (wireTarget.isPresent()) {
      operation(wireTarget.get().substring(wireTarget.get().indexOf('.') + 1), text);
    } else if (form.find()) {
      count(form.group(1));
    } else {
      count(Optional.ofNullable(REST_ACTIONS.get(path)).orElse(path));
    }
  }

  private void operation(String name, String body) {
    switch (name) {
      case "TransactWriteItems" -> transaction(body);
      case "GetParameter" -> {
        count(name);
        parameter(body);
      }
      default -> count(name);
    }
  }

  /// A secret that is read through Parameter Store needs the right to the secret too.
  ///
  /// Documented at
  /// <https://docs.aws.amazon.com/systems-manager/latest/userguide/integration-ps-secretsmanager.html>.
  private void parameter(String body) {
    String name = Event.parse(body).flatMap(json -> JsonPath.text(json, "Name")).orElse("");
    if (name.startsWith("/aws/reference/secretsmanager/")) {
      actions.merge("secretsmanager:GetSecretValue", 1, Integer::sum);
    }
  }

  /// IAM asks for the action of each item, not for one of the transaction.
  ///
  /// Documented at
  /// <https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis-iam.html>.
  private void transaction(String body) {
    for (Json item : JsonPath.items(Event.parse(body).orElseThrow(), "TransactItems")) {
      if (item instanceof Json.Obj(_, List<Json.Member> members)) {
        members.forEach(
            member ->
                count(
                    member.name().equals("ConditionCheck")
                        ? "ConditionCheckItem"
                        : member.name() + "Item"));
      }
    }
  }

  private void count(String action) {
    actions.merge(service + ":" + action, 1, Integer::sum);
  }
}
