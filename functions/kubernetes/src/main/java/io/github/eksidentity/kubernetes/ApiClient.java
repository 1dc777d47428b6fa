package io.github.eksidentity.kubernetes;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.github.eksidentity.core.answers.AccessReview;
import io.github.eksidentity.core.answers.IssuedToken;
import io.github.eksidentity.core.answers.ObjectList;
import io.github.eksidentity.core.answers.PercentEncoding;
import io.github.eksidentity.core.answers.ShapeException;
import io.github.eksidentity.core.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import javax.net.ssl.SSLException;

/// Calls the Kubernetes API of one cluster. It follows no redirect, and reads no more of an answer
/// than any real cluster would send.
///
/// Documented at <https://kubernetes.io/docs/reference/using-api/api-concepts/>.
final class ApiClient implements AutoCloseable {
  private static final Duration CONNECT = Duration.ofSeconds(3);
  private static final int PAGE = 500;
  private static final int RESTARTS = 3;
  private static final int CONNECTS = 3;
  private static final int ATTEMPTS = 5;
  private static final long MOST_BYTES = 256L << 20;
  private static final int MOST_OBJECTS = 500_000;
  private static final long FIRST_PAUSE_MILLIS = 100;
  private static final long LONGEST_PAUSE_SECONDS = 60;

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .streamReadConstraints(
              StreamReadConstraints.builder().maxNestingDepth(100).maxStringLength(4 << 20).build())
          .build();

  private final ClusterAccess access;
  private final HttpClient http;

  ApiClient(ClusterAccess access) {
    this.access = access;
    this.http =
        HttpClient.newBuilder()
            .sslContext(access.tls())
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT)
            .build();
  }

  /// Takes the objects of a list. A list whose next page has expired begins anew.
  interface Sink {
    void add(Json.Obj object) throws ShapeException;

    void startOver();
  }

  /// Reads every page of a list.
  ///
  /// @param path without a query
  /// @param accept the forms of answer that are wanted
  void list(String path, String accept, Sink sink)
      throws UnreadableException, InterruptedException {
    for (int restart = 0; restart <= RESTARTS; restart++) {
      sink.startOver();
      if (pages(path, accept, sink)) {
        return;
      }
    }
    sink.startOver();
    throw malformed("its list of " + path + " expires before it is read (410)");
  }

  /// Whether all pages were read; false where a page had expired.
  private boolean pages(String path, String accept, Sink sink)
      throws UnreadableException, InterruptedException {
    Set<String> tokens = new HashSet<>();
    Counter counter = new Counter(sink);
    Optional<String> token = Optional.empty();
    do {
      String query =
          "?limit="
              + PAGE
              + token.map(text -> "&continue=" + PercentEncoding.encode(text)).orElse("");
      HttpResponse<InputStream> answer =
          send(() -> request(path + query).header("Accept", accept).GET().build());
      if (answer.statusCode() == 410) {
        discard(answer);
        return false;
      }
      token = page(answer, counter);
      if (token.isPresent() && !tokens.add(token.get())) {
        throw malformed("it names the same next page again and again");
      }
    } while (token.isPresent());
    return true;
  }

  /// Stops a list that has no end.
  private static final class Counter {
    private final Sink sink;
    private int objects;

    Counter(Sink sink) {
      this.sink = sink;
    }

    void add(Json.Obj object) throws ShapeException {
      if (++objects > MOST_OBJECTS) {
        throw new IllegalStateException("more than " + MOST_OBJECTS + " objects");
      }
      sink.add(object);
    }
  }

  private static Optional<String> page(HttpResponse<InputStream> answer, Counter counter)
      throws UnreadableException {
    requireJson(answer);
    try (InputStream body = new Limited(answer.body(), MOST_BYTES);
        JsonParser parser = JSON.createParser(body)) {
      return ObjectList.read(parser, counter::add).continues();
    } catch (ShapeException e) {
      throw malformed("its answer is not a list of Kubernetes: " + e.problem());
    } catch (IllegalStateException e) {
      throw malformed("its list holds " + e.getMessage());
    } catch (IOException e) {
      throw new UnreadableException(reason(e));
    }
  }

  /// Whether the caller may list a resource, as the cluster itself judges.
  boolean mayList(String group, String resource) throws UnreadableException, InterruptedException {
    String review =
        """
        {"apiVersion": "authorization.k8s.io/v1", "kind": "SelfSubjectAccessReview",
         "spec": {"resourceAttributes": {"verb": "list", "group": "%s", "resource": "%s"}}}
        """
            .formatted(group, resource);
    HttpResponse<InputStream> answer =
        send(
            () ->
                request("/apis/authorization.k8s.io/v1/selfsubjectaccessreviews")
                    .header("Accept", "application/json")
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(review))
                    .build());
    requireJson(answer);
    try (InputStream body = new Limited(answer.body(), 1 << 20);
        JsonParser parser = JSON.createParser(body)) {
      return AccessReview.allowed(parser);
    } catch (ShapeException e) {
      throw malformed("its answer is not a review of Kubernetes: " + e.problem());
    } catch (IOException e) {
      throw new UnreadableException(reason(e));
    }
  }

  /// Makes a token for a service account, as short-lived as Kubernetes lets it be.
  String token(String namespace, String serviceAccount, String audience)
      throws UnreadableException, InterruptedException {
    String body =
        """
        {"apiVersion": "authentication.k8s.io/v1", "kind": "TokenRequest",
         "spec": {"audiences": [%s], "expirationSeconds": 600}}
        """
            .formatted(quoted(audience));
    String path =
        "/api/v1/namespaces/%s/serviceaccounts/%s/token"
            .formatted(PercentEncoding.encode(namespace), PercentEncoding.encode(serviceAccount));
    HttpResponse<InputStream> answer =
        send(
            () ->
                request(path)
                    .header("Accept", "application/json")
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(body))
                    .build());
    requireJson(answer);
    try (InputStream limited = new Limited(answer.body(), 1 << 20);
        JsonParser parser = JSON.createParser(limited)) {
      return IssuedToken.read(parser);
    } catch (ShapeException e) {
      throw malformed("its answer is not a token of Kubernetes: " + e.problem());
    } catch (IOException e) {
      throw new UnreadableException(reason(e));
    }
  }

  /// An audience comes from an annotation, so it may be any text.
  private static String quoted(String text) {
    return '"' + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
  }

  private HttpRequest.Builder request(String pathAndQuery) {
    String base = access.server().toString();
    String root = base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(root + pathAndQuery));
    access.token().ifPresent(token -> request.header("Authorization", "Bearer " + token.get()));
    return request;
  }

  /// Sends a request until it is answered with something else than "later".
  private HttpResponse<InputStream> send(Supplier<HttpRequest> request)
      throws UnreadableException, InterruptedException {
    for (int attempt = 1; ; attempt++) {
      HttpResponse<InputStream> answer;
      try {
        answer = http.send(request.get(), HttpResponse.BodyHandlers.ofInputStream());
      } catch (HttpTimeoutException e) {
        // requests have no time limit of their own, so that it is the connection that took too long
        if (attempt < CONNECTS) {
          continue;
        }
        throw new UnreadableException(reason(e));
      } catch (IOException e) {
        throw new UnreadableException(reason(e));
      }
      int status = answer.statusCode();
      boolean later = status == 429 || status >= 500;
      if (!later || attempt == ATTEMPTS) {
        return checked(answer);
      }
      Duration pause = pause(answer, attempt);
      discard(answer);
      Thread.sleep(pause);
    }
  }

  private static Duration pause(HttpResponse<?> answer, int attempt) {
    return answer
        .headers()
        .firstValue("Retry-After")
        .filter(text -> text.matches("[0-9]{1,6}"))
        .map(text -> Duration.ofSeconds(Math.min(Long.parseLong(text), LONGEST_PAUSE_SECONDS)))
        .orElseGet(() -> Duration.ofMillis(FIRST_PAUSE_MILLIS << attempt));
  }

  private static HttpResponse<InputStream> checked(HttpResponse<InputStream> answer)
      throws UnreadableException {
    int status = answer.statusCode();
    if (status / 100 == 2 || status == 410) {
      return answer;
    }
    discard(answer);
    throw new UnreadableException(
        switch (status) {
          case 401 -> new Unreadable.Unauthorized();
          case 403 -> new Unreadable.Forbidden();
          default ->
              new Unreadable.Malformed(
                  status / 100 == 3
                      ? "it answers with a redirect (" + status + "), which is not followed"
                      : "it answers with HTTP " + status);
        });
  }

  private static void requireJson(HttpResponse<InputStream> answer) throws UnreadableException {
    String type = answer.headers().firstValue("Content-Type").orElse("");
    if (!type.startsWith("application/json")) {
      discard(answer);
      throw malformed("its answer is not JSON, so something else answers at its address");
    }
  }

  private static void discard(HttpResponse<InputStream> answer) {
    try (InputStream body = answer.body()) {
      body.skipNBytes(0);
    } catch (IOException _) {
      // nothing of it was wanted
    }
  }

  private static Unreadable reason(IOException e) {
    return switch (e) {
      case HttpTimeoutException _ ->
          new Unreadable.Unreachable("no connection within " + CONNECT.toSeconds() + " seconds");
      case ConnectException refused when refused.getCause() instanceof UnresolvedAddressException ->
          new Unreadable.Unreachable("its name has no address");
      case ConnectException _ -> new Unreadable.Unreachable("connection refused");
      case SSLException _ ->
          new Unreadable.Malformed(
              "its certificate is not signed by the cluster's certificate authority");
      case Limited.TooLong _ -> new Unreadable.Malformed("its answer is longer than any real one");
      default -> new Unreadable.Malformed("its answer broke off");
    };
  }

  private static UnreadableException malformed(String detail) {
    return new UnreadableException(new Unreadable.Malformed(detail));
  }

  /// Ends every request under way.
  void abort() {
    http.shutdownNow();
  }

  @Override
  public void close() {
    abort();
  }
}
