package io.github.eksidentity.testbed;

import io.github.eksidentity.core.answers.KubernetesWriter;
import io.github.eksidentity.core.facts.Cluster;
import io.github.eksidentity.core.facts.Kubernetes;
import io.github.eksidentity.core.facts.Rbac;
import io.github.eksidentity.core.json.JsonWriter;
import io.github.eksidentity.core.json.JsonWriter.Layout;
import java.io.ByteArrayOutputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What one cluster's API answers.
final class KubernetesWire {
  private static final String REVIEWS = "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews";
  private static final Pattern TOKEN =
      Pattern.compile("/api/v1/namespaces/([^/]+)/serviceaccounts/([^/]+)/token");
  private static final String PODS = "/api/v1/pods";
  private static final String RBAC = "/apis/rbac.authorization.k8s.io/v1/";

  private final Map<String, List<byte[]>> lists = new HashMap<>();
  private final Set<String> subjects = new HashSet<>();
  private final List<String> forbidden;
  private final String issuer;
  private final int pageSize;

  KubernetesWire(Cluster cluster, KubernetesBed.Behaviour behaviour) {
    Kubernetes facts = cluster.kubernetes();
    this.issuer = cluster.issuer().orElse("");
    facts.serviceAccounts().forEach(one -> subjects.add(one.subject()));
    this.pageSize = behaviour.pageSize();
    this.forbidden = behaviour.forbidden();
    lists.put(
        "/api/v1/serviceaccounts",
        texts(facts.serviceAccounts(), KubernetesWriter::serviceAccount));
    lists.put(PODS, padded(texts(facts.pods(), KubernetesWriter::pod), behaviour.podFields()));
    lists.put(
        "/apis/admissionregistration.k8s.io/v1/mutatingwebhookconfigurations",
        texts(facts.webhooks(), KubernetesWriter::webhookConfiguration));
    rbac(facts.rbac());
  }

  int podBytes() {
    List<byte[]> pods = lists.getOrDefault(PODS, List.of());
    return pods.isEmpty() ? 0 : pods.getFirst().length;
  }

  /// The objects with more members at their end, which no fact is made of.
  private static List<byte[]> padded(List<byte[]> objects, int fields) {
    if (fields == 0) {
      return objects;
    }
    String more =
        ",\"padding\":["
            + "{\"type\":\"PodReadyToStartContainers\",\"status\":\"True\"},".repeat(fields - 1)
            + "{}]}";
    return objects.stream()
        .map(
            object ->
                (new String(object, 0, object.length - 1, StandardCharsets.UTF_8) + more)
                    .getBytes(StandardCharsets.UTF_8))
        .toList();
  }

  private void rbac(Rbac rbac) {
    lists.put(
        RBAC + "clusterroles",
        texts(
            rbac.roles().stream().filter(role -> role.namespace().isEmpty()).toList(),
            KubernetesWriter::role));
    lists.put(
        RBAC + "roles",
        texts(
            rbac.roles().stream().filter(role -> role.namespace().isPresent()).toList(),
            KubernetesWriter::role));
    lists.put(
        RBAC + "clusterrolebindings",
        texts(
            rbac.bindings().stream().filter(one -> one.namespace().isEmpty()).toList(),
            KubernetesWriter::binding));
    lists.put(
        RBAC + "rolebindings",
        texts(
            rbac.bindings().stream().filter(one -> one.namespace().isPresent()).toList(),
            KubernetesWriter::binding));
  }

  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Answer(int status, byte[] body) {}

  private static <T> List<byte[]> texts(List<T> items, BiConsumer<JsonWriter, T> each) {
    return items.stream()
        .map(item -> JsonWriter.bytes(Layout.LINE, json -> each.accept(json, item)))
        .toList();
  }

  /// @param repeat whether every page names the same next one
  Answer answer(KubernetesBed.Request request, boolean repeat) {
    if (request.path().equals(REVIEWS)) {
      return new Answer(201, review(request));
    }
    Matcher token = TOKEN.matcher(request.path());
    if (token.matches()) {
      return token("system:serviceaccount:" + token.group(1) + ":" + token.group(2), request);
    }
    List<byte[]> items = lists.get(request.path());
    if (items == null) {
      return new Answer(404, status(404));
    }
    String resource = request.path().substring(request.path().lastIndexOf('/') + 1);
    return forbidden.contains(resource)
        ? new Answer(403, status(403))
        : new Answer(200, page(items, parameters(request.query()), repeat));
  }

  private Answer token(String subject, KubernetesBed.Request request) {
    if (forbidden.contains("serviceaccounts/token")) {
      return new Answer(403, status(403));
    }
    if (!subjects.contains(subject)) {
      return new Answer(404, status(404));
    }
    Optional<TokenRequest> wanted = TokenRequest.read(request.body());
    if (wanted.isEmpty()) {
      return new Answer(400, status(400));
    }
    String token =
        WebIdentityWire.token(issuer, subject, wanted.get().audience(), wanted.get().lifetime());
    return new Answer(
        201,
        ("{\"kind\": \"TokenRequest\", \"status\": {\"token\": \"" + token + "\"}}")
            .getBytes(StandardCharsets.UTF_8));
  }

  private byte[] review(KubernetesBed.Request request) {
    boolean allowed =
        forbidden.stream().noneMatch(name -> request.body().contains('"' + name + '"'));
    return ("{\"kind\": \"SelfSubjectAccessReview\", \"status\": {\"allowed\": " + allowed + "}}")
        .getBytes(StandardCharsets.UTF_8);
  }

  private byte[] page(List<byte[]> items, Map<String, String> parameters, boolean repeat) {
    int from = Integer.parseInt(parameters.getOrDefault("continue", "0"));
    int limit = Math.min(pageSize, Integer.parseInt(parameters.getOrDefault("limit", "500")));
    int to = Math.min(items.size(), from + limit);
    ByteArrayOutputStream page = new ByteArrayOutputStream();
    write(page, "{\"kind\": \"List\", \"metadata\": {\"continue\": \"");
    if (to < items.size()) {
      write(page, repeat ? "0" : Integer.toString(to));
    } else if (repeat) {
      write(page, "0");
    }
    write(page, "\"}, \"items\": [");
    for (int i = from; i < to; i++) {
      if (i > from) {
        page.write(',');
      }
      page.writeBytes(items.get(i));
    }
    write(page, "]}");
    return page.toByteArray();
  }

  private static void write(ByteArrayOutputStream page, String text) {
    page.writeBytes(text.getBytes(StandardCharsets.UTF_8));
  }

  private static Map<String, String> parameters(String query) {
    Map<String, String> parameters = new HashMap<>();
    for (String part : query.split("&", -1)) {
      int equals = part.indexOf('=');
      if (equals > 0) {
        parameters.put(
            part.substring(0, equals),
            URLDecoder.decode(part.substring(equals + 1), StandardCharsets.UTF_8));
      }
    }
    return parameters;
  }

  static byte[] status(int code) {
    return ("{\"kind\": \"Status\", \"status\": \"Failure\", \"code\": " + code + "}")
        .getBytes(StandardCharsets.UTF_8);
  }
}
