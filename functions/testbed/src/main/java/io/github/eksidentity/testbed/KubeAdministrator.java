package io.github.eksidentity.testbed;

import io.github.eksidentity.core.facts.Kubernetes;
import io.github.eksidentity.core.facts.Pod;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;

/// Whoever may do everything to an API server, and to the etcd behind it.
final class KubeAdministrator implements AutoCloseable {
  private static final int AT_ONCE = 16;
  private static final Pattern ALLOWED = Pattern.compile("\"allowed\":\\s*true");
  private static final Pattern REVISION = Pattern.compile("\"revision\":\\s*\"(\\d+)\"");

  private final URI endpoint;
  private final URI store;
  private final String token;
  private final HttpClient http;

  KubeAdministrator(URI endpoint, URI store, SSLContext tls, String token) {
    this.endpoint = endpoint;
    this.store = store;
    this.token = token;
    this.http = HttpClient.newBuilder().sslContext(tls).build();
  }

  boolean ready() {
    try {
      return send(request("/readyz").GET().build()).statusCode() == 200;
    } catch (IOException _) {
      return false; // it does not listen yet
    }
  }

  void load(Kubernetes facts) {
    Stream.of(
            facts.serviceAccounts().stream().map(one -> one.namespace()),
            facts.pods().stream().map(Pod::namespace),
            facts.rbac().roles().stream().flatMap(role -> role.namespace().stream()),
            facts.rbac().bindings().stream().flatMap(one -> one.namespace().stream()))
        .flatMap(names -> names)
        .distinct()
        .map(ApiObject::namespace)
        .forEach(this::apply);
    // nobody answers the webhooks, so they come when there is nothing left to ask them about
    all(facts.serviceAccounts().stream().map(ApiObject::of), this::create);
    all(facts.pods().stream(), this::create);
    all(facts.webhooks().stream().map(ApiObject::of), this::create);
    all(ApiObject.ofRbac(facts.rbac()), this::create);
  }

  private interface Each<T> {
    void to(T item);
  }

  private static <T> void all(Stream<T> items, Each<T> each) {
    List<Future<?>> done = new ArrayList<>();
    try (ExecutorService workers =
        Executors.newFixedThreadPool(AT_ONCE, Thread.ofVirtual().factory())) {
      items.forEach(item -> done.add(workers.submit(() -> each.to(item))));
      for (Future<?> one : done) {
        one.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  private void create(ApiObject object) {
    String collection = object.path().substring(0, object.path().lastIndexOf('/'));
    require(
        request(collection)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(object.text())));
  }

  /// Phase and readiness are the word of the pod's node, and are told apart from the pod.
  private void create(Pod pod) {
    ApiObject object = ApiObject.of(pod);
    create(object);
    require(
        request(object.path() + "/status")
            .header("Content-Type", "application/merge-patch+json")
            .method(
                "PATCH",
                HttpRequest.BodyPublishers.ofString(
                    "{\"status\": {\"phase\": \"%s\", \"conditions\": [%s]}}"
                        .formatted(
                            pod.phase(),
                            pod.ready()
                                .map(ready -> ready ? "True" : "False")
                                .map("{\"type\": \"Ready\", \"status\": \"%s\"}"::formatted)
                                .orElse("")))));
    if (pod.terminating()) {
      delete(object);
    }
  }

  void apply(ApiObject object) {
    require(
        request(object.path() + "?fieldManager=test-bed")
            .header("Content-Type", "application/apply-patch+yaml")
            .method("PATCH", HttpRequest.BodyPublishers.ofString(object.text())));
  }

  void delete(ApiObject object) {
    require(request(object.path()).DELETE());
  }

  boolean allows(String group, KubeRight right) {
    String review =
        """
        {"apiVersion": "authorization.k8s.io/v1", "kind": "SubjectAccessReview",
         "spec": {"groups": ["%s"], "resourceAttributes": %s}}
        """
            .formatted(group, right.json());
    return ALLOWED
        .matcher(
            require(
                request("/apis/authorization.k8s.io/v1/subjectaccessreviews")
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(review))))
        .find();
  }

  /// Makes etcd forget every state but the latest, which is one that no list was begun in.
  void compact() {
    String latest = store("/v3/kv/put", "{\"key\": \"YQ==\", \"value\": \"YQ==\"}");
    Matcher revision = REVISION.matcher(latest);
    if (!revision.find()) {
      throw new IllegalStateException(latest);
    }
    store("/v3/kv/compaction", "{\"revision\": \"" + revision.group(1) + "\"}");
  }

  private String store(String path, String body) {
    return require(
        HttpRequest.newBuilder(store.resolve(path))
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(endpoint.resolve(path))
        .header("Authorization", "Bearer " + token);
  }

  private String require(HttpRequest.Builder request) {
    HttpRequest built = request.build();
    try {
      HttpResponse<String> answer = send(built);
      if (answer.statusCode() / 100 != 2) {
        throw new IllegalStateException(
            built.method() + " " + built.uri() + ": " + answer.statusCode() + " " + answer.body());
      }
      return answer.body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private HttpResponse<String> send(HttpRequest request) throws IOException {
    try {
      return http.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    http.shutdownNow();
    http.close();
  }
}
