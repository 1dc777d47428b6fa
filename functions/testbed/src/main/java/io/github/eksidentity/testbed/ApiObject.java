package io.github.eksidentity.testbed;

import io.github.eksidentity.core.answers.KubernetesWriter;
import io.github.eksidentity.core.facts.Pod;
import io.github.eksidentity.core.facts.Rbac;
import io.github.eksidentity.core.facts.ServiceAccount;
import io.github.eksidentity.core.facts.WebhookConfiguration;
import io.github.eksidentity.core.json.JsonReader;
import io.github.eksidentity.core.json.JsonWriter;
import io.github.eksidentity.core.json.JsonWriter.Layout;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// An object for an API server.
///
/// @param path without a query
/// @param text YAML, of which JSON is a part
record ApiObject(String path, String text) {
  private static final Pattern SEPARATOR = Pattern.compile("(?m)^---$");
  private static final Pattern KIND = Pattern.compile("(?m)^kind: (\\w+)$");
  private static final Pattern NAME = Pattern.compile("(?m)^  name: (\\S+)$");
  private static final Pattern NAMESPACE = Pattern.compile("(?m)^  namespace: (\\S+)$");

  /// The objects of a manifest as this project writes them.
  static List<ApiObject> ofManifest(String manifest) {
    return Arrays.stream(SEPARATOR.split(manifest))
        .map(
            text ->
                of(
                    first(KIND, text).orElseThrow(),
                    first(NAMESPACE, text),
                    first(NAME, text).orElseThrow(),
                    text))
        .toList();
  }

  private static Optional<String> first(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  static ApiObject namespace(String name) {
    return of(
        "Namespace",
        Optional.empty(),
        name,
        "{\"apiVersion\": \"v1\", \"kind\": \"Namespace\", \"metadata\": {\"name\": \""
            + name
            + "\"}}");
  }

  static ApiObject of(WebhookConfiguration configuration) {
    return of(
        "MutatingWebhookConfiguration",
        Optional.empty(),
        configuration.name(),
        text(json -> KubernetesWriter.webhookConfiguration(json, configuration)));
  }

  static ApiObject of(ServiceAccount account) {
    return of(
        "ServiceAccount",
        Optional.of(account.namespace()),
        account.name(),
        text(json -> KubernetesWriter.serviceAccount(json, account)));
  }

  static ApiObject of(Pod pod) {
    return of(
        "Pod",
        Optional.of(pod.namespace()),
        pod.name(),
        text(json -> KubernetesWriter.pod(json, pod)));
  }

  /// Roles and bindings, without those that Kubernetes itself makes.
  static Stream<ApiObject> ofRbac(Rbac rbac) {
    return Stream.concat(roles(rbac), bindings(rbac));
  }

  private static Stream<ApiObject> roles(Rbac rbac) {
    return rbac.roles().stream()
        .filter(role -> !role.builtIn())
        .map(
            role ->
                of(
                    role.namespace().isPresent() ? "Role" : "ClusterRole",
                    role.namespace(),
                    role.name(),
                    text(json -> KubernetesWriter.role(json, role))));
  }

  private static Stream<ApiObject> bindings(Rbac rbac) {
    return rbac.bindings().stream()
        .filter(binding -> !binding.builtIn())
        .map(
            binding ->
                of(
                    binding.namespace().isPresent() ? "RoleBinding" : "ClusterRoleBinding",
                    binding.namespace(),
                    binding.name(),
                    text(json -> KubernetesWriter.binding(json, binding))));
  }

  /// What an API server accepts of what is written.
  private static String text(Consumer<JsonWriter> object) {
    return JsonWriter.render(
        Layout.LINE,
        CompleteObjects.complete(JsonReader.object(JsonWriter.render(Layout.LINE, object))));
  }

  private static ApiObject of(String kind, Optional<String> namespace, String name, String text) {
    String group =
        switch (kind) {
          case "Namespace", "ServiceAccount", "Pod" -> "/api/v1";
          case "MutatingWebhookConfiguration" -> "/apis/admissionregistration.k8s.io/v1";
          case "Role", "ClusterRole", "RoleBinding", "ClusterRoleBinding" ->
              "/apis/rbac.authorization.k8s.io/v1";
          default -> throw new IllegalArgumentException(kind);
        };
    String plural = kind.toLowerCase(java.util.Locale.ROOT) + "s";
    return new ApiObject(
        group + namespace.map(in -> "/namespaces/" + in).orElse("") + "/" + plural + "/" + name,
        text);
  }
}
