package io.github.eksidentity.kubernetes;

import java.io.IOException;
import java.io.InputStream;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// Sends requests to one cluster, and sends them again where a connection breaks or the cluster is
/// busy, as long as its time lasts. It follows no redirect.
///
/// Documented at <https://kubernetes.io/docs/concepts/cluster-administration/flow-control/>.
final class Transport implements AutoCloseable {
  private static final Duration CONNECT = Duration.ofSeconds(3);
  private static final int ATTEMPTS = 5;
  private static final long FIRST_PAUSE_MILLIS = 50;
  private static final int MOST_DOUBLINGS = 8;
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int GONE = 410;

  private final ClusterAccess access;
  private final NamedTls tls;
  private final Optional<Relay> relay;
  private final HttpClient http;
  private final long end;
  private volatile boolean aborted;
  private boolean answered;

  /// @param budget how long everything may take from now on
  Transport(ClusterAccess access, Duration budget) throws IOException {
    this.access = access;
    this.end = System.nanoTime() + budget.toNanos();
    this.tls = new NamedTls(access.tls(), access.serverName());
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .sslContext(tls.context())
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT);
    relay =
        access.proxy().isPresent() ? Optional.of(relay(access.proxy().get())) : Optional.empty();
    relay.ifPresent(way -> builder.proxy(ProxySelector.of(way.entry())));
    this.http = builder.build();
  }

  private Relay relay(ProxyUrl proxy) throws IOException {
    URI server = access.server();
    return Relay.open(
        proxy,
        server.getHost().replaceAll("[\\[\\]]", ""),
        server.getPort() < 0 ? 443 : server.getPort(),
        CONNECT);
  }

  /// Reads the body of an answer. It may be called again with another answer to the same request.
  interface Reader<T> {
    /// Reads it to its end.
    ///
    /// @throws IOException where the connection breaks
    /// @throws UnreadableException where another answer would be no better
    T read(HttpResponse<InputStream> answer) throws IOException, UnreadableException;
  }

  /// Sends a request until it is answered whole with something else than "later".
  ///
  /// @param shape adds what the request has beside its address and token
  /// @param reader of an answer that is a success, or 410
  <T> T exchange(String pathAndQuery, UnaryOperator<HttpRequest.Builder> shape, Reader<T> reader)
      throws UnreadableException, InterruptedException {
    for (int attempt = 1; ; attempt++) {
      Optional<String> token = access.caller().token();
      HttpRequest request = shape.apply(request(pathAndQuery, token)).build();
      Duration pause;
      try {
        HttpResponse<InputStream> answer =
            http.send(request, HttpResponse.BodyHandlers.ofInputStream());
        answered = true;
        pause = pause(answer, attempt);
        if (!isLater(answer.statusCode(), attempt) || !lasts(pause)) {
          return reader.read(checked(answer, access.caller(), token, attempt));
        }
        discard(answer);
      } catch (IOException e) {
        pause = backoff(attempt);
        requireAgain(e, attempt, pause);
      }
      Thread.sleep(pause);
    }
  }

  /// Whether anything was answered so far.
  boolean answered() {
    return answered;
  }

  private HttpRequest.Builder request(String pathAndQuery, Optional<String> token)
      throws UnreadableException {
    Optional<String> fault = token.flatMap(BearerToken::fault);
    if (fault.isPresent()) {
      throw new UnreadableException(new Unreadable.MalformedToken(fault.get()));
    }
    String base = access.server().toString();
    String root = base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(root + pathAndQuery));
    token.ifPresent(text -> request.header("Authorization", "Bearer " + text));
    return request;
  }

  private static boolean isLater(int status, int attempt) {
    return status == TOO_MANY_REQUESTS || (status >= 500 && attempt < ATTEMPTS);
  }

  private boolean lasts(Duration pause) {
    return end - System.nanoTime() > pause.toNanos();
  }

  private void requireAgain(IOException e, int attempt, Duration pause) throws UnreadableException {
    if (aborted) {
      throw new UnreadableException(new Unreadable.TimedOut());
    }
    Obstacle obstacle =
        relay
            .flatMap(Relay::refusal)
            .map(Obstacle::ofProxy)
            .orElseGet(() -> Obstacle.of(e, tls.stage(), CONNECT.toSeconds()));
    if (attempt >= obstacle.attempts() || !lasts(pause)) {
      throw new UnreadableException(obstacle.reason().apply(attempt));
    }
  }

  /// What the cluster asks for, but never less than what grows with each attempt.
  private static Duration pause(HttpResponse<?> answer, int attempt) {
    Duration least = backoff(attempt);
    return Stream.concat(
            answer.headers().firstValue("Retry-After").stream()
                .filter(text -> text.matches("[0-9]{1,6}"))
                .map(text -> Duration.ofSeconds(Long.parseLong(text))),
            Stream.of(least))
        .max(Duration::compareTo)
        .orElse(least);
  }

  private static Duration backoff(int attempt) {
    return Duration.ofMillis(FIRST_PAUSE_MILLIS << Math.min(attempt, MOST_DOUBLINGS));
  }

  private static HttpResponse<InputStream> checked(
      HttpResponse<InputStream> answer, Caller caller, Optional<String> token, int attempt)
      throws UnreadableException {
    int status = answer.statusCode();
    if (status / 100 == 2 || status == GONE) {
      return answer;
    }
    discard(answer);
    throw new UnreadableException(
        switch (status) {
          case 401 ->
              new Unreadable.Unauthorized(
                  caller, token.map(BearerToken::signedBytes).orElse(OptionalInt.empty()));
          case 403 -> new Unreadable.Forbidden();
          case TOO_MANY_REQUESTS -> new Unreadable.Busy(attempt);
          default -> new Unreadable.Answered(status, attempt);
        });
  }

  static void discard(HttpResponse<InputStream> answer) {
    try (InputStream body = answer.body()) {
      body.skipNBytes(0);
    } catch (IOException _) {
      // nothing of it was wanted
    }
  }

  /// Ends every request under way.
  void abort() {
    aborted = true;
    http.shutdownNow();
    relay.ifPresent(Transport::close);
  }

  private static void close(Relay relay) {
    try {
      relay.close();
    } catch (IOException _) {
      // it leads nowhere any more
    }
  }

  @Override
  public void close() {
    abort();
  }
}
