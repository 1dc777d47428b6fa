package io.github.eksidentity.testbed;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.eksidentity.core.facts.Inventory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/// Serves one account over IAM's, STS's, EKS's, CloudTrail's and Account Management's wire
/// protocols on the loopback interface, and records the calls.
public final class TestBed implements AutoCloseable {
  static {
    // Without it every answer waits for the client's delayed acknowledgement.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    System.setProperty("sun.net.httpserver.maxIdleConnections", "1000");
  }

  private final Behaviour behaviour;
  private final Inventory inventory;
  private final IamWire iam;
  private final StsWire sts;
  private final EksWire eks;
  private final AccountWire account;
  private final TrailWire trail;
  private final ConcurrentLinkedQueue<Call> calls = new ConcurrentLinkedQueue<>();
  private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpServer server;

  private TestBed(Inventory inventory, Behaviour behaviour) throws IOException {
    this.behaviour = behaviour;
    this.inventory = inventory;
    iam = new IamWire(inventory, behaviour.pageSize());
    sts = new StsWire(inventory);
    eks = new EksWire(inventory, behaviour.pageSize());
    account = new AccountWire(inventory.regions(), behaviour.pageSize());
    trail = new TrailWire(inventory.calls(), behaviour.pageSize());
    InetSocketAddress address =
        new InetSocketAddress(InetAddress.getLoopbackAddress(), behaviour.port());
    server = HttpServer.create(address, 1000);
    server.setExecutor(workers);
    server.createContext("/", this::handle);
  }

  /// Starts serving an account.
  ///
  /// @throws UncheckedIOException where the port is taken
  public static TestBed serve(Inventory inventory, Behaviour behaviour) {
    try {
      TestBed bed = new TestBed(inventory, behaviour);
      bed.server.start();
      return bed;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Where it listens.
  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /// Every call that arrived, in order, also those that met a fault.
  public List<Call> calls() {
    return List.copyOf(calls);
  }

  /// How many calls arrived, by IAM action.
  public Map<String, Long> callCounts() {
    return calls.stream()
        .collect(Collectors.groupingBy(Call::permission, TreeMap::new, Collectors.counting()));
  }

  @Override
  public void close() {
    server.stop(0);
    workers.shutdownNow();
  }

  private void handle(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    WireRequest request =
        WireRequest.of(
            exchange.getRequestMethod(),
            exchange.getRequestURI(),
            Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization")),
            body);
    Call call = call(request);
    calls.add(call);
    Optional<Fault> fault =
        behaviour.faults().stream().flatMap(rule -> rule.meets(call).stream()).findFirst();
    Delivery delivery = delivery(request, call, fault);
    if (delivery.delay().isZero()) {
      delivery.send(exchange);
      return;
    }
    CompletableFuture.delayedExecutor(delivery.delay().toNanos(), TimeUnit.NANOSECONDS, workers)
        .execute(() -> sendLate(delivery, exchange));
  }

  private static void sendLate(Delivery delivery, HttpExchange exchange) {
    try {
      delivery.send(exchange);
    } catch (IOException _) {
      exchange.close(); // the client did not wait
    }
  }

  private static Call call(WireRequest request) {
    String service = request.service();
    return switch (service) {
      case "iam", "sts" ->
          new Call(service, request.parameter("Action"), request.region(), named(request));
      case "account" -> new Call(service, "ListRegions", request.region(), "");
      case "cloudtrail" -> new Call(service, "LookupEvents", request.region(), "");
      default ->
          new Call(service, EksWire.action(request), request.region(), EksWire.resource(request));
    };
  }

  private static String named(WireRequest request) {
    return request
        .token("RoleName")
        .or(() -> request.token("OpenIDConnectProviderArn"))
        .or(() -> request.token("RoleArn"))
        .or(() -> request.token("PolicySourceArn"))
        .orElse("");
  }

  private Delivery delivery(WireRequest request, Call call, Optional<Fault> fault) {
    Duration latency = behaviour.latency();
    if (fault.isEmpty()) {
      return new Delivery(answer(request, call, false), Delivery.Ending.WHOLE, latency);
    }
    return switch (fault.get()) {
      case Fault.Slow(Duration by) ->
          new Delivery(answer(request, call, false), Delivery.Ending.WHOLE, latency.plus(by));
      case Fault.RepeatedToken() ->
          new Delivery(answer(request, call, true), Delivery.Ending.WHOLE, latency);
      case Fault.Cut() -> new Delivery(answer(request, call, false), Delivery.Ending.CUT, latency);
      case Fault.Half() ->
          new Delivery(answer(request, call, false), Delivery.Ending.HALF, latency);
      case Fault.HangUp() ->
          new Delivery(answer(request, call, false), Delivery.Ending.NONE, latency);
      case Fault other -> new Delivery(Refusals.of(call, other), Delivery.Ending.WHOLE, latency);
    };
  }

  private Reply answer(WireRequest request, Call call, boolean repeat) {
    return switch (call.service()) {
      case "iam" -> iam.answer(request, repeat);
      case "sts" -> sts.answer(request);
      case "account" -> account.listRegions(request.token("NextToken"), repeat);
      case "cloudtrail" -> trail.lookupEvents(request, repeat);
      case "eks" ->
          inventory.regions().contains(request.region())
              ? eks.answer(request, repeat)
              : Refusals.unrecognized(call);
      default -> Reply.bare(403, "text/plain", "the request is not signed");
    };
  }
}
