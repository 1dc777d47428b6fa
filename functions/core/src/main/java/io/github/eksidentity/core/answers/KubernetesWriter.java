package io.github.eksidentity.core.answers;

import io.github.eksidentity.core.facts.Container;
import io.github.eksidentity.core.facts.LabelSelector;
import io.github.eksidentity.core.facts.Pod;
import io.github.eksidentity.core.facts.Rbac;
import io.github.eksidentity.core.facts.ServiceAccount;
import io.github.eksidentity.core.facts.WebhookConfiguration;
import io.github.eksidentity.core.json.JsonWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/// Writes facts as the objects of Kubernetes' API that they were read from, as far as they tell.
/// Reading what it wrote gives the same facts.
public final class KubernetesWriter {
  private static final String WITHHELD = "withheld";

  private KubernetesWriter() {}

  public static void serviceAccount(JsonWriter json, ServiceAccount account) {
    object(
        json,
        "v1",
        "ServiceAccount",
        metadata -> {
          named(metadata, Optional.of(account.namespace()), account.name());
          metadata.text("creationTimestamp", account.created().map(Instant::toString));
          map(metadata, "labels", account.labels());
          map(metadata, "annotations", account.annotations());
        },
        _ -> {});
  }

  private static void object(
      JsonWriter json,
      String version,
      String kind,
      Consumer<JsonWriter> metadata,
      Consumer<JsonWriter> rest) {
    json.object(
        object -> {
          object.text("apiVersion", version).text("kind", kind).object("metadata", metadata);
          rest.accept(object);
        });
  }

  private static void named(JsonWriter metadata, Optional<String> namespace, String name) {
    metadata.text("name", name).text("namespace", namespace);
  }

  private static void map(JsonWriter json, String name, Map<String, String> map) {
    if (!map.isEmpty()) {
      json.texts(name, new TreeMap<>(map));
    }
  }

  private static void texts(JsonWriter json, String name, Collection<String> texts) {
    if (!texts.isEmpty()) {
      json.texts(name, texts);
    }
  }

  public static void pod(JsonWriter json, Pod pod) {
    object(
        json,
        "v1",
        "Pod",
        metadata -> podMetadata(metadata, pod),
        object ->
            object
                .object("spec", spec -> spec(spec, pod))
                .object("status", status -> status(status, pod)));
  }

  private static void status(JsonWriter status, Pod pod) {
    status.text("phase", pod.phase());
    pod.ready()
        .ifPresent(
            ready ->
                status.objects(
                    "conditions",
                    List.of(ready ? "True" : "False"),
                    (json, value) -> json.text("type", "Ready").text("status", value)));
  }

  private static void podMetadata(JsonWriter metadata, Pod pod) {
    named(metadata, Optional.of(pod.namespace()), pod.name());
    metadata.text("creationTimestamp", pod.created().map(Instant::toString));
    map(metadata, "labels", pod.labels());
    map(metadata, "annotations", pod.annotations());
    if (pod.terminating()) {
      metadata.text("deletionTimestamp", pod.created().orElse(Instant.EPOCH).toString());
    }
    pod.owner()
        .ifPresent(
            owner ->
                metadata.objects(
                    "ownerReferences",
                    List.of(owner),
                    (json, one) ->
                        json.text("kind", one.kind())
                            .text("name", one.name())
                            .flag("controller", true)));
  }

  private static void spec(JsonWriter spec, Pod pod) {
    spec.text("serviceAccountName", pod.serviceAccount())
        .text("nodeName", pod.node())
        .text("schedulerName", pod.scheduler());
    if (pod.hostNetwork()) {
      spec.flag("hostNetwork", true);
    }
    os(spec, pod.os());
    containers(spec, "initContainers", pod.containers().stream().filter(Container::init).toList());
    containers(spec, "containers", pod.containers().stream().filter(one -> !one.init()).toList());
    spec.list("volumes", volumes -> volumes(volumes, pod));
  }

  private static void os(JsonWriter spec, Pod.Os os) {
    os.declared().ifPresent(name -> spec.object("os", json -> json.text("name", name)));
    map(spec, "nodeSelector", os.selected());
    if (!os.affinity().isEmpty()) {
      spec.object(
          "affinity",
          affinity ->
              affinity.object(
                  "nodeAffinity",
                  nodes ->
                      nodes.object(
                          "requiredDuringSchedulingIgnoredDuringExecution",
                          required ->
                              required.objects(
                                  "nodeSelectorTerms",
                                  List.of(os.affinity()),
                                  KubernetesWriter::nodeSelectorTerm))));
    }
  }

  private static void nodeSelectorTerm(JsonWriter term, List<String> systems) {
    term.objects(
        "matchExpressions",
        List.of(systems),
        (json, values) ->
            json.text("key", Pod.Os.LABELS.getFirst())
                .text("operator", "In")
                .texts("values", values));
  }

  private static void containers(JsonWriter spec, String name, List<Container> containers) {
    if (!containers.isEmpty()) {
      spec.objects(name, containers, KubernetesWriter::container);
    }
  }

  private static void container(JsonWriter json, Container container) {
    json.text("name", container.name())
        .objects("env", container.variables(), KubernetesWriter::variable);
    if (!container.sources().isEmpty()) {
      json.objects("envFrom", container.sources(), KubernetesWriter::source);
    }
    json.objects("volumeMounts", container.mounts(), KubernetesWriter::mount);
  }

  private static void source(JsonWriter json, Container.Source source) {
    json.text("prefix", present(source.prefix()));
    if (!source.kind().isEmpty()) {
      json.object(source.kind(), named -> named.text("name", source.name()));
    }
  }

  private static void mount(JsonWriter json, Container.Mount mount) {
    json.text("name", mount.volume())
        .text("mountPath", mount.path())
        .text("subPath", present(mount.subPath()));
  }

  private static Optional<String> present(String text) {
    return Optional.of(text).filter(some -> !some.isEmpty());
  }

  private static void variable(JsonWriter json, Container.Variable variable) {
    json.text("name", variable.name());
    switch (variable.value()) {
      case Container.Value.Literal(String text) -> json.text("value", text);
      case Container.Value.Withheld() -> json.text("value", WITHHELD);
      case Container.Value.FromElsewhere(String source) ->
          json.object("valueFrom", from -> from.object(source, _ -> {}));
    }
  }

  private static void volumes(JsonWriter json, Pod pod) {
    Map<String, List<Pod.TokenVolume>> byVolume = new LinkedHashMap<>();
    pod.tokens()
        .forEach(
            token -> byVolume.computeIfAbsent(token.volume(), _ -> new ArrayList<>()).add(token));
    byVolume.forEach(
        (name, tokens) ->
            json.object(
                volume ->
                    volume
                        .text("name", name)
                        .object(
                            "projected",
                            projected ->
                                projected.objects(
                                    "sources", tokens, KubernetesWriter::projection))));
    for (Pod.Volume volume : pod.volumes()) {
      json.object(
          out -> {
            out.text("name", volume.name());
            if (!volume.kind().isEmpty()) {
              out.object(volume.kind(), _ -> {});
            }
          });
    }
  }

  private static void projection(JsonWriter json, Pod.TokenVolume token) {
    json.object("serviceAccountToken", out -> token(out, token));
  }

  private static void token(JsonWriter json, Pod.TokenVolume token) {
    json.text("audience", token.audience());
    token.expirationSeconds().ifPresent(seconds -> json.number("expirationSeconds", seconds));
    json.text("path", token.path());
  }

  public static void webhookConfiguration(JsonWriter json, WebhookConfiguration configuration) {
    object(
        json,
        "admissionregistration.k8s.io/v1",
        "MutatingWebhookConfiguration",
        metadata -> metadata.text("name", configuration.name()),
        object -> object.objects("webhooks", configuration.webhooks(), KubernetesWriter::webhook));
  }

  private static void webhook(JsonWriter json, WebhookConfiguration.Webhook webhook) {
    json.text("name", webhook.name())
        .text("failurePolicy", webhook.failurePolicy())
        .object("clientConfig", client -> client(client, webhook))
        .objects("rules", webhook.rules(), KubernetesWriter::webhookRule);
    selector(json, "namespaceSelector", webhook.namespaceSelector());
    selector(json, "objectSelector", webhook.objectSelector());
    if (!webhook.conditions().isEmpty()) {
      json.objects(
          "matchConditions",
          webhook.conditions(),
          (out, condition) -> out.text("expression", condition));
    }
  }

  private static void client(JsonWriter json, WebhookConfiguration.Webhook webhook) {
    json.text("url", webhook.url());
    webhook
        .service()
        .ifPresent(
            service -> {
              int slash = service.indexOf('/');
              json.object(
                  "service",
                  out ->
                      out.text("namespace", service.substring(0, slash))
                          .text("name", service.substring(slash + 1)));
            });
  }

  private static void webhookRule(JsonWriter json, WebhookConfiguration.Rule rule) {
    texts(json, "apiGroups", rule.apiGroups());
    texts(json, "apiVersions", rule.apiVersions());
    texts(json, "operations", rule.operations());
    texts(json, "resources", rule.resources());
    json.text("scope", rule.scope());
  }

  private static void selector(JsonWriter json, String name, LabelSelector selector) {
    json.object(
        name,
        out -> {
          map(out, "matchLabels", selector.labels());
          if (!selector.requirements().isEmpty()) {
            out.objects("matchExpressions", selector.requirements(), KubernetesWriter::requirement);
          }
        });
  }

  private static void requirement(JsonWriter json, LabelSelector.Requirement requirement) {
    json.text("key", requirement.key()).text("operator", requirement.operator());
    texts(json, "values", requirement.values());
  }

  public static void role(JsonWriter json, Rbac.Role role) {
    object(
        json,
        "rbac.authorization.k8s.io/v1",
        role.namespace().isPresent() ? "Role" : "ClusterRole",
        metadata -> rbacMetadata(metadata, role.namespace(), role.name(), role.builtIn()),
        object -> object.objects("rules", role.rules(), KubernetesWriter::rbacRule));
  }

  private static void rbacRule(JsonWriter json, Rbac.Rule rule) {
    texts(json, "apiGroups", rule.apiGroups());
    texts(json, "resources", rule.resources());
    texts(json, "verbs", rule.verbs());
    texts(json, "resourceNames", rule.resourceNames());
  }

  private static void rbacMetadata(
      JsonWriter metadata, Optional<String> namespace, String name, boolean builtIn) {
    named(metadata, namespace, name);
    map(
        metadata,
        "labels",
        builtIn ? Map.of("kubernetes.io/bootstrapping", "rbac-defaults") : Map.of());
  }

  public static void binding(JsonWriter json, Rbac.Binding binding) {
    object(
        json,
        "rbac.authorization.k8s.io/v1",
        binding.namespace().isPresent() ? "RoleBinding" : "ClusterRoleBinding",
        metadata -> rbacMetadata(metadata, binding.namespace(), binding.name(), binding.builtIn()),
        object ->
            object
                .object(
                    "roleRef",
                    role ->
                        role.text("apiGroup", "rbac.authorization.k8s.io")
                            .text("kind", binding.clusterRole() ? "ClusterRole" : "Role")
                            .text("name", binding.role()))
                .objects(
                    "subjects",
                    binding.holders(),
                    (out, holder) ->
                        out.text("kind", holder.kind())
                            .text("namespace", holder.namespace())
                            .text("name", holder.name())));
  }
}
