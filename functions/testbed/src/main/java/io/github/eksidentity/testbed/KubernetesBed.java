package io.github.eksidentity.testbed;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import io.github.eksidentity.core.facts.Cluster;
import io.github.eksidentity.core.facts.Inventory;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;

/// Serves the Kubernetes API of every cluster of an inventory over TLS on the loopback interface,
/// with a certificate of its own, and records the calls. Clusters differ by the first part of the
/// path, or by the host that a [Tunnel] was asked for, which is the one of their endpoint.
public final class KubernetesBed implements AutoCloseable {
  static {
    // Without it every answer waits for the client's delayed acknowledgement.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    System.setProperty("sun.net.httpserver.maxIdleConnections", "1000");
  }

  /// Where the hosts of its clusters are: its certificate is good for each name in this zone.
  public static final String ZONE = "bed.eu-west-1.eks.amazonaws.com";

  private final Behaviour behaviour;
  private final TestCertificate certificate = TestCertificate.shared();
  private final Map<String, KubernetesWire> clusters = new HashMap<>();
  private final Map<String, String> names = new HashMap<>();
  private final ConcurrentLinkedQueue<Request> requests = new ConcurrentLinkedQueue<>();
  private final Set<String> asked = ConcurrentHashMap.newKeySet();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpsServer server;

  /// How it answers.
  ///
  /// @param pageSize the most items of a page, whatever is asked for
  /// @param latency from a request's arrival to its answer
  /// @param podFields entries of 60 bytes that each pod has beside what the facts tell, as real
  /// pods weigh several kilobytes
  /// @param forbidden resources that the caller may not list, as `pods`
  /// @param faults the first that a request meets is what it gets
  public record Behaviour(
      int pageSize, Duration latency, int podFields, List<String> forbidden, List<FaultAt> faults) {
    /// At once, in the pages that are asked for, without faults.
    public static final Behaviour PROMPT =
        new Behaviour(500, Duration.ZERO, 0, List.of(), List.of());

    public Behaviour {
      forbidden = List.copyOf(forbidden);
      faults = List.copyOf(faults);
    }

    public Behaviour withPageSize(int items) {
      return new Behaviour(items, latency, podFields, forbidden, faults);
    }

    public Behaviour withLatency(Duration time) {
      return new Behaviour(pageSize, time, podFields, forbidden, faults);
    }

    public Behaviour withPodFields(int number) {
      return new Behaviour(pageSize, latency, number, forbidden, faults);
    }

    public Behaviour withForbidden(String... resources) {
      return new Behaviour(pageSize, latency, podFields, List.of(resources), faults);
    }

    public Behaviour withFault(
        KubernetesFault fault, int from, int times, Predicate<Request> requests) {
      return new Behaviour(
          pageSize,
          latency,
          podFields,
          forbidden,
          List.of(new FaultAt(fault, from, times, requests, new AtomicInteger())));
    }
  }

  /// A fault and the requests that meet it: of those that match, some after the first few.
  public record FaultAt(
      KubernetesFault fault, int from, int times, Predicate<Request> requests, AtomicInteger seen) {
    boolean meets(Request request) {
      if (!requests.test(request)) {
        return false;
      }
      int number = seen.getAndIncrement();
      return number >= from && number - from < times;
    }
  }

  /// A request that arrived.
  ///
  /// @param cluster name of the cluster
  /// @param path without the cluster's part and without a query
  public record Request(String cluster, String method, String path, String query, String body) {}

  private KubernetesBed(Inventory inventory, Behaviour behaviour) throws IOException {
    this.behaviour = behaviour;
    for (Cluster cluster : inventory.clusters()) {
      clusters.put(cluster.name(), new KubernetesWire(cluster, behaviour));
      cluster
          .endpoint()
          .filter(endpoint -> endpoint.endsWith(ZONE))
          .ifPresent(endpoint -> names.put(URI.create(endpoint).getHost(), cluster.name()));
    }
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1000);
    server.setHttpsConfigurator(askingForClients(certificate.context()));
    server.setExecutor(workers);
    server.createContext("/", this::handle);
  }

  private static HttpsConfigurator askingForClients(SSLContext tls) {
    return new HttpsConfigurator(tls) {
      @Override
      public void configure(HttpsParameters parameters) {
        SSLParameters asking = tls.getDefaultSSLParameters();
        asking.setWantClientAuth(true);
        parameters.setSSLParameters(asking);
      }
    };
  }

  /// Starts serving the clusters of an account.
  ///
  /// @throws UncheckedIOException where no port is free
  public static KubernetesBed serve(Inventory inventory, Behaviour behaviour) {
    try {
      KubernetesBed bed = new KubernetesBed(inventory, behaviour);
      bed.server.start();
      return bed;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The address of a cluster's API.
  public URI endpoint(String cluster) {
    return URI.create("https://127.0.0.1:" + server.getAddress().getPort() + "/" + cluster);
  }

  /// A way to its clusters by the hosts of their endpoints.
  ///
  /// @param unreachable those to which no connection comes about
  public Tunnel tunnel(Set<String> unreachable) {
    return Tunnel.to(URI.create("https://127.0.0.1:" + server.getAddress().getPort()), unreachable);
  }

  /// The PEM certificate that its clients trust.
  public byte[] authority() {
    return certificate.pem();
  }

  /// A PEM certificate that signed nothing here.
  public static byte[] foreignAuthority() {
    return TestCertificate.make().pem();
  }

  /// The PEM key of [#authority()], in PKCS #8: a client that shows both needs no token.
  public byte[] clientKey() {
    return certificate.pemKey();
  }

  /// A bearer token that a cluster takes besides those that AWS credentials sign.
  public static String token(String cluster) {
    return "k8s-aws-v1." + cluster;
  }

  /// Every request that arrived, in order.
  public List<Request> requests() {
    return List.copyOf(requests);
  }

  /// The hosts that clients asked for in the TLS handshake.
  public Set<String> askedHosts() {
    return Set.copyOf(asked);
  }

  /// How many bytes the first pod of a cluster has.
  public int podBytes(String cluster) {
    KubernetesWire wire = clusters.get(cluster);
    return wire == null ? 0 : wire.podBytes();
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    workers.shutdownNow();
  }

  private void handle(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    String path = path(exchange);
    int slash = path.indexOf('/', 1);
    String cluster = slash < 0 ? path.substring(1) : path.substring(1, slash);
    String query = Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse("");
    Request request =
        new Request(
            cluster,
            exchange.getRequestMethod(),
            slash < 0 ? "/" : path.substring(slash),
            query,
            body);
    requests.add(request);
    if (((HttpsExchange) exchange).getSSLSession() instanceof ExtendedSSLSession session) {
      session.getRequestedServerNames().stream()
          .map(name -> new String(name.getEncoded(), StandardCharsets.US_ASCII))
          .forEach(asked::add);
    }
    Optional<KubernetesFault> fault =
        behaviour.faults().stream()
            .filter(rule -> rule.meets(request))
            .map(FaultAt::fault)
            .findFirst();
    Duration delay =
        fault.filter(KubernetesFault.Late.class::isInstance).isPresent()
            ? behaviour.latency().plus(((KubernetesFault.Late) fault.orElseThrow()).by())
            : behaviour.latency();
    if (delay.isZero()) {
      answer(exchange, request, fault);
      return;
    }
    CompletableFuture.delayedExecutor(delay.toNanos(), TimeUnit.NANOSECONDS, workers)
        .execute(
            () -> {
              try {
                answer(exchange, request, fault);
              } catch (IOException _) {
                exchange.close(); // the client did not wait
              }
            });
  }

  /// The path with the cluster's name at its beginning.
  private String path(HttpExchange exchange) {
    String host = exchange.getRequestHeaders().getFirst("Host");
    String path = exchange.getRequestURI().getPath();
    String cluster = host == null ? null : names.get(host);
    return cluster == null ? path : "/" + cluster + path;
  }

  private void answer(HttpExchange exchange, Request request, Optional<KubernetesFault> fault)
      throws IOException {
    KubernetesWire wire = clusters.get(request.cluster());
    if (wire == null || !admits(exchange, request.cluster())) {
      send(exchange, 401, KubernetesWire.status(401));
      return;
    }
    if (fault.isPresent()) {
      misbehave(exchange, request, wire, fault.get());
      return;
    }
    KubernetesWire.Answer answer = wire.answer(request, false);
    send(exchange, answer.status(), answer.body());
  }

  private static boolean admits(HttpExchange exchange, String cluster) {
    String header =
        Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization")).orElse("");
    String token = header.startsWith("Bearer ") ? header.substring("Bearer ".length()) : "";
    return token.equals(token(cluster))
        || ClusterToken.admits(token, cluster)
        || (header.isEmpty() && showsCertificate(exchange));
  }

  private static boolean showsCertificate(HttpExchange exchange) {
    try {
      return ((HttpsExchange) exchange).getSSLSession().getPeerCertificates().length > 0;
    } catch (SSLPeerUnverifiedException _) {
      return false;
    }
  }

  private void misbehave(
      HttpExchange exchange, Request request, KubernetesWire wire, KubernetesFault fault)
      throws IOException {
    switch (fault) {
      case KubernetesFault.Refused(int status, Map<String, String> headers) -> {
        headers.forEach(exchange.getResponseHeaders()::set);
        send(exchange, status, KubernetesWire.status(status));
      }
      case KubernetesFault.Says(String contentType, String text) -> {
        exchange.getResponseHeaders().set("Content-Type", contentType);
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
      }
      case KubernetesFault.Cut() -> {
        byte[] body = wire.answer(request, false).body();
        json(exchange);
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body, 0, body.length / 2);
        exchange.close();
      }
      case KubernetesFault.HangsUp() -> exchange.close();
      case KubernetesFault.Endless() -> endless(exchange);
      case KubernetesFault.RepeatedToken() -> {
        KubernetesWire.Answer answer = wire.answer(request, true);
        send(exchange, answer.status(), answer.body());
      }
      case KubernetesFault.Late(Duration _) -> {
        KubernetesWire.Answer answer = wire.answer(request, false);
        send(exchange, answer.status(), answer.body());
      }
      case KubernetesFault.Stalls() -> {
        json(exchange);
        exchange.sendResponseHeaders(200, 1_000_000);
        exchange.getResponseBody().write('{');
        exchange.getResponseBody().flush();
        awaitClose();
      }
    }
  }

  private void awaitClose() {
    try {
      closed.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void endless(HttpExchange exchange) throws IOException {
    json(exchange);
    exchange.sendResponseHeaders(200, 0);
    byte[] item =
        "{\"metadata\": {\"name\": \"x\", \"namespace\": \"y\"}, \"spec\": {}},"
            .getBytes(StandardCharsets.UTF_8);
    try (OutputStream body = exchange.getResponseBody()) {
      body.write("{\"items\": [".getBytes(StandardCharsets.UTF_8));
      while (closed.getCount() > 0) {
        body.write(item);
      }
    } finally {
      exchange.close();
    }
  }

  private static void json(HttpExchange exchange) {
    exchange.getResponseHeaders().set("Content-Type", "application/json");
  }

  private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
    json(exchange);
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }
}
