package io.github.eksidentity.kubernetes;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.github.eksidentity.core.answers.AccessReview;
import io.github.eksidentity.core.answers.IssuedToken;
import io.github.eksidentity.core.answers.ObjectList;
import io.github.eksidentity.core.answers.PercentEncoding;
import io.github.eksidentity.core.answers.ShapeException;
import io.github.eksidentity.core.json.Json;
import io.github.eksidentity.core.json.JsonLimits;
import io.github.eksidentity.core.json.JsonReader;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/// Calls the Kubernetes API of one cluster. It reads no more of an answer than any real cluster
/// would send.
///
/// Documented at <https://kubernetes.io/docs/reference/using-api/api-concepts/>.
final class ApiClient implements AutoCloseable {
  private static final int PAGE = 500;
  private static final int RESTARTS = 3;
  private static final long MOST_BYTES = 256L << 20;
  private static final long MOST_BYTES_OF_ONE = 1 << 20;
  private static final int MOST_OBJECTS = 500_000;

  private static final JsonFactory JSON =
      JsonReader.factory(new JsonLimits(Integer.MAX_VALUE, 100, Integer.MAX_VALUE, 4 << 20, 1000));

  private final Transport transport;

  /// @param budget how long everything may take from now on
  ApiClient(ClusterAccess access, Duration budget) throws IOException {
    this.transport = new Transport(access, budget);
  }

  /// Takes the objects of a list. A page that broke off is read again, and a list whose next page
  /// has expired begins anew.
  interface Sink {
    void add(Json.Obj object) throws ShapeException;

    /// How many objects it has.
    int size();

    /// Forgets all objects but the first few.
    void cutTo(int size);
  }

  /// Reads every page of a list.
  ///
  /// @param path without a query
  /// @param accept the forms of answer that are wanted
  void list(String path, String accept, Sink sink)
      throws UnreadableException, InterruptedException {
    for (int restart = 0; restart <= RESTARTS; restart++) {
      sink.cutTo(0);
      if (pages(path, accept, sink)) {
        return;
      }
    }
    sink.cutTo(0);
    throw malformed("its list of " + path + " expires before it is read (410)");
  }

  /// What came of one page.
  ///
  /// @param expired whether the list has to begin anew
  /// @param next the token of the next page; empty on the last one
  private record Page(boolean expired, Optional<String> next) {}

  /// Whether all pages were read; false where a page had expired.
  private boolean pages(String path, String accept, Sink sink)
      throws UnreadableException, InterruptedException {
    Set<String> tokens = new HashSet<>();
    Optional<String> token = Optional.empty();
    do {
      String next = token.map(text -> "&continue=" + PercentEncoding.encode(text)).orElse("");
      int read = sink.size();
      Page page =
          transport.exchange(
              path + "?limit=" + PAGE + next,
              request -> request.header("Accept", accept).GET(),
              answer -> {
                sink.cutTo(read);
                return page(answer, sink);
              });
      if (page.expired()) {
        return false;
      }
      token = page.next();
      if (token.isPresent() && !tokens.add(token.get())) {
        throw malformed("it names the same next page again and again");
      }
    } while (token.isPresent());
    return true;
  }

  private static Page page(HttpResponse<InputStream> answer, Sink sink)
      throws IOException, UnreadableException {
    if (answer.statusCode() == 410) {
      Transport.discard(answer);
      return new Page(true, Optional.empty());
    }
    try {
      return json(
          answer,
          MOST_BYTES,
          "a list",
          parser ->
              new Page(false, ObjectList.read(parser, object -> addTo(sink, object)).continues()));
    } catch (IllegalStateException e) {
      throw malformed("its list holds " + e.getMessage());
    }
  }

  /// Stops a list that has no end.
  private static void addTo(Sink sink, Json.Obj object) throws ShapeException {
    if (sink.size() >= MOST_OBJECTS) {
      throw new IllegalStateException("more than " + MOST_OBJECTS + " objects");
    }
    sink.add(object);
  }

  /// What the cluster says of a right of the caller.
  enum Review {
    ALLOWED,
    DENIED,
    /// It may not be asked, or could not decide. That says nothing of the right.
    UNKNOWN
  }

  /// Whether the caller may list a resource, as the cluster itself judges.
  Review mayList(String group, String resource) throws UnreadableException, InterruptedException {
    String review =
        """
        {"apiVersion": "authorization.k8s.io/v1", "kind": "SelfSubjectAccessReview",
         "spec": {"resourceAttributes": {"verb": "list", "group": "%s", "resource": "%s"}}}
        """
            .formatted(group, resource);
    try {
      return transport.exchange(
          "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews",
          posting(review),
          answer ->
              json(
                  answer,
                  MOST_BYTES_OF_ONE,
                  "a review",
                  parser ->
                      AccessReview.allowed(parser)
                          .map(allowed -> allowed ? Review.ALLOWED : Review.DENIED)
                          .orElse(Review.UNKNOWN)));
    } catch (UnreadableException e) {
      return switch (e.reason()) {
        case Unreadable.Forbidden _, Unreadable.Answered _, Unreadable.Malformed _ ->
            Review.UNKNOWN;
        case Unreadable.Unauthorized _,
            Unreadable.MalformedToken _,
            Unreadable.Unreachable _,
            Unreadable.Untrusted _,
            Unreadable.Handshake _,
            Unreadable.Broken _,
            Unreadable.Busy _,
            Unreadable.TimedOut _ ->
            throw e;
      };
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
    return transport.exchange(
        "/api/v1/namespaces/%s/serviceaccounts/%s/token"
            .formatted(PercentEncoding.encode(namespace), PercentEncoding.encode(serviceAccount)),
        posting(body),
        answer -> json(answer, MOST_BYTES_OF_ONE, "a token", IssuedToken::read));
  }

  private static UnaryOperator<HttpRequest.Builder> posting(String body) {
    return request ->
        request
            .header("Accept", "application/json")
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body));
  }

  private interface Decoder<T> {
    T decode(JsonParser parser) throws ShapeException, IOException;
  }

  /// @param what as `a list`
  private static <T> T json(
      HttpResponse<InputStream> answer, long most, String what, Decoder<T> decoder)
      throws IOException, UnreadableException {
    String type = answer.headers().firstValue("Content-Type").orElse("");
    if (!type.startsWith("application/json")) {
      Transport.discard(answer);
      throw malformed("its answer is not JSON, so something else answers at its address");
    }
    try (InputStream body = new Limited(answer.body(), most);
        JsonParser parser = JSON.createParser(body)) {
      return decoder.decode(parser);
    } catch (ShapeException e) {
      throw malformed("its answer is not " + what + " of Kubernetes: " + e.problem());
    } catch (Limited.TooLong _) {
      throw malformed("its answer is longer than any real one");
    } catch (JsonProcessingException _) {
      throw malformed("its answer is not JSON");
    }
  }

  /// An audience comes from an annotation, so it may be any text.
  private static String quoted(String text) {
    return '"' + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
  }

  private static UnreadableException malformed(String detail) {
    return new UnreadableException(new Unreadable.Malformed(detail));
  }

  /// Whether anything was answered so far.
  boolean answered() {
    return transport.answered();
  }

  /// Ends every request under way.
  void abort() {
    transport.abort();
  }

  @Override
  public void close() {
    abort();
  }
}
