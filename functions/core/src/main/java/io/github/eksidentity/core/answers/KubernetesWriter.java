package io.github.eksidentity.core.answers;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.eksidentity.core.facts.Container;
import io.github.eksidentity.core.facts.LabelSelector;
import io.github.eksidentity.core.facts.Pod;
import io.github.eksidentity.core.facts.Rbac;
import io.github.eksidentity.core.facts.ServiceAccount;
import io.github.eksidentity.core.facts.WebhookConfiguration;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Writes facts as the objects of Kubernetes' API that they were read from, as far as they tell.
/// Reading what it wrote gives the same facts.
public final class KubernetesWriter {
  private static final String WITHHELD = "withheld";

  private final JsonGenerator json;

  /// Writes to a generator, one object after the other.
  public KubernetesWriter(JsonGenerator json) {
    this.json = json;
  }

  public void serviceAccount(ServiceAccount account) throws IOException {
    json.writeStartObject();
    json.writeStringField("apiVersion", "v1");
    json.writeStringField("kind", "ServiceAccount");
    json.writeObjectFieldStart("metadata");
    metadata(Optional.of(account.namespace()), account.name(), account.created(), account.labels());
    map("annotations", account.annotations());
    json.writeEndObject();
    json.writeEndObject();
  }

  private void metadata(
      Optional<String> namespace,
      String name,
      Optional<Instant> created,
      Map<String, String> labels)
      throws IOException {
    json.writeStringField("name", name);
    text("namespace", namespace);
    text("creationTimestamp", created.map(Instant::toString));
    map("labels", labels);
  }

  private void map(String name, Map<String, String> map) throws IOException {
    if (!map.isEmpty()) {
      json.writeObjectFieldStart(name);
      for (Map.Entry<String, String> entry : new TreeMap<>(map).entrySet()) {
        json.writeStringField(entry.getKey(), entry.getValue());
      }
      json.writeEndObject();
    }
  }

  private void text(String name, Optional<String> text) throws IOException {
    if (text.isPresent()) {
      json.writeStringField(name, text.get());
    }
  }

  private void texts(String name, Collection<String> texts) throws IOException {
    if (!texts.isEmpty()) {
      json.writeArrayFieldStart(name);
      for (String text : texts) {
        json.writeString(text);
      }
      json.writeEndArray();
    }
  }

  public void pod(Pod pod) throws IOException {
    json.writeStartObject();
    json.writeStringField("apiVersion", "v1");
    json.writeStringField("kind", "Pod");
    json.writeObjectFieldStart("metadata");
    metadata(Optional.of(pod.namespace()), pod.name(), pod.created(), pod.labels());
    map("annotations", pod.annotations());
    if (pod.terminating()) {
      json.writeStringField("deletionTimestamp", pod.created().orElse(Instant.EPOCH).toString());
    }
    if (pod.owner().isPresent()) {
      json.writeArrayFieldStart("ownerReferences");
      json.writeStartObject();
      json.writeStringField("kind", pod.owner().get().kind());
      json.writeStringField("name", pod.owner().get().name());
      json.writeBooleanField("controller", true);
      json.writeEndObject();
      json.writeEndArray();
    }
    json.writeEndObject();
    json.writeObjectFieldStart("spec");
    json.writeStringField("serviceAccountName", pod.serviceAccount());
    text("nodeName", pod.node());
    text("schedulerName", pod.scheduler());
    if (pod.hostNetwork()) {
      json.writeBooleanField("hostNetwork", true);
    }
    os(pod.os());
    containers("initContainers", pod.containers().stream().filter(Container::init).toList());
    containers("containers", pod.containers().stream().filter(one -> !one.init()).toList());
    volumes(pod);
    json.writeEndObject();
    json.writeObjectFieldStart("status");
    json.writeStringField("phase", pod.phase());
    if (pod.ready().isPresent()) {
      json.writeArrayFieldStart("conditions");
      json.writeStartObject();
      json.writeStringField("type", "Ready");
      json.writeStringField("status", pod.ready().get() ? "True" : "False");
      json.writeEndObject();
      json.writeEndArray();
    }
    json.writeEndObject();
    json.writeEndObject();
  }

  private void os(Pod.Os os) throws IOException {
    if (os.declared().isPresent()) {
      json.writeObjectFieldStart("os");
      json.writeStringField("name", os.declared().get());
      json.writeEndObject();
    }
    map("nodeSelector", os.selected());
    if (os.affinity().isEmpty()) {
      return;
    }
    json.writeObjectFieldStart("affinity");
    json.writeObjectFieldStart("nodeAffinity");
    json.writeObjectFieldStart("requiredDuringSchedulingIgnoredDuringExecution");
    json.writeArrayFieldStart("nodeSelectorTerms");
    json.writeStartObject();
    json.writeArrayFieldStart("matchExpressions");
    json.writeStartObject();
    json.writeStringField("key", Pod.Os.LABELS.getFirst());
    json.writeStringField("operator", "In");
    texts("values", os.affinity());
    json.writeEndObject();
    json.writeEndArray();
    json.writeEndObject();
    json.writeEndArray();
    json.writeEndObject();
    json.writeEndObject();
    json.writeEndObject();
  }

  private void containers(String name, List<Container> containers) throws IOException {
    if (containers.isEmpty()) {
      return;
    }
    json.writeArrayFieldStart(name);
    for (Container container : containers) {
      json.writeStartObject();
      json.writeStringField("name", container.name());
      json.writeArrayFieldStart("env");
      for (Container.Variable variable : container.variables()) {
        variable(variable);
      }
      json.writeEndArray();
      sources(container.sources());
      json.writeArrayFieldStart("volumeMounts");
      for (Container.Mount mount : container.mounts()) {
        json.writeStartObject();
        json.writeStringField("name", mount.volume());
        json.writeStringField("mountPath", mount.path());
        if (!mount.subPath().isEmpty()) {
          json.writeStringField("subPath", mount.subPath());
        }
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void variable(Container.Variable variable) throws IOException {
    json.writeStartObject();
    json.writeStringField("name", variable.name());
    switch (variable.value()) {
      case Container.Value.Literal(String text) -> json.writeStringField("value", text);
      case Container.Value.Withheld() -> json.writeStringField("value", WITHHELD);
      case Container.Value.FromElsewhere(String source) -> {
        json.writeObjectFieldStart("valueFrom");
        json.writeObjectFieldStart(source);
        json.writeEndObject();
        json.writeEndObject();
      }
    }
    json.writeEndObject();
  }

  private void sources(List<Container.Source> sources) throws IOException {
    if (sources.isEmpty()) {
      return;
    }
    json.writeArrayFieldStart("envFrom");
    for (Container.Source source : sources) {
      json.writeStartObject();
      if (!source.prefix().isEmpty()) {
        json.writeStringField("prefix", source.prefix());
      }
      if (!source.kind().isEmpty()) {
        json.writeObjectFieldStart(source.kind());
        json.writeStringField("name", source.name());
        json.writeEndObject();
      }
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void volumes(Pod pod) throws IOException {
    Map<String, List<Pod.TokenVolume>> byVolume = new LinkedHashMap<>();
    pod.tokens()
        .forEach(
            token -> byVolume.computeIfAbsent(token.volume(), _ -> new ArrayList<>()).add(token));
    json.writeArrayFieldStart("volumes");
    for (Map.Entry<String, List<Pod.TokenVolume>> volume : byVolume.entrySet()) {
      json.writeStartObject();
      json.writeStringField("name", volume.getKey());
      json.writeObjectFieldStart("projected");
      json.writeArrayFieldStart("sources");
      for (Pod.TokenVolume token : volume.getValue()) {
        token(token);
      }
      json.writeEndArray();
      json.writeEndObject();
      json.writeEndObject();
    }
    for (Pod.Volume volume : pod.volumes()) {
      json.writeStartObject();
      json.writeStringField("name", volume.name());
      if (!volume.kind().isEmpty()) {
        json.writeObjectFieldStart(volume.kind());
        json.writeEndObject();
      }
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void token(Pod.TokenVolume token) throws IOException {
    json.writeStartObject();
    json.writeObjectFieldStart("serviceAccountToken");
    text("audience", token.audience());
    if (token.expirationSeconds().isPresent()) {
      json.writeNumberField("expirationSeconds", token.expirationSeconds().get());
    }
    json.writeStringField("path", token.path());
    json.writeEndObject();
    json.writeEndObject();
  }

  public void webhookConfiguration(WebhookConfiguration configuration) throws IOException {
    json.writeStartObject();
    json.writeStringField("apiVersion", "admissionregistration.k8s.io/v1");
    json.writeStringField("kind", "MutatingWebhookConfiguration");
    json.writeObjectFieldStart("metadata");
    json.writeStringField("name", configuration.name());
    json.writeEndObject();
    json.writeArrayFieldStart("webhooks");
    for (WebhookConfiguration.Webhook webhook : configuration.webhooks()) {
      webhook(webhook);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private void webhook(WebhookConfiguration.Webhook webhook) throws IOException {
    json.writeStartObject();
    json.writeStringField("name", webhook.name());
    json.writeStringField("failurePolicy", webhook.failurePolicy());
    json.writeObjectFieldStart("clientConfig");
    text("url", webhook.url());
    if (webhook.service().isPresent()) {
      String service = webhook.service().get();
      int slash = service.indexOf('/');
      json.writeObjectFieldStart("service");
      json.writeStringField("namespace", service.substring(0, slash));
      json.writeStringField("name", service.substring(slash + 1));
      json.writeEndObject();
    }
    json.writeEndObject();
    json.writeArrayFieldStart("rules");
    for (WebhookConfiguration.Rule rule : webhook.rules()) {
      json.writeStartObject();
      texts("apiGroups", rule.apiGroups());
      texts("apiVersions", rule.apiVersions());
      texts("operations", rule.operations());
      texts("resources", rule.resources());
      json.writeStringField("scope", rule.scope());
      json.writeEndObject();
    }
    json.writeEndArray();
    selector("namespaceSelector", webhook.namespaceSelector());
    selector("objectSelector", webhook.objectSelector());
    if (!webhook.conditions().isEmpty()) {
      json.writeArrayFieldStart("matchConditions");
      for (String condition : webhook.conditions()) {
        json.writeStartObject();
        json.writeStringField("expression", condition);
        json.writeEndObject();
      }
      json.writeEndArray();
    }
    json.writeEndObject();
  }

  private void selector(String name, LabelSelector selector) throws IOException {
    json.writeObjectFieldStart(name);
    map("matchLabels", selector.labels());
    if (!selector.requirements().isEmpty()) {
      json.writeArrayFieldStart("matchExpressions");
      for (LabelSelector.Requirement requirement : selector.requirements()) {
        json.writeStartObject();
        json.writeStringField("key", requirement.key());
        json.writeStringField("operator", requirement.operator());
        texts("values", requirement.values());
        json.writeEndObject();
      }
      json.writeEndArray();
    }
    json.writeEndObject();
  }

  public void role(Rbac.Role role) throws IOException {
    json.writeStartObject();
    json.writeStringField("apiVersion", "rbac.authorization.k8s.io/v1");
    json.writeStringField("kind", role.namespace().isPresent() ? "Role" : "ClusterRole");
    rbacMetadata(role.namespace(), role.name(), role.builtIn());
    json.writeArrayFieldStart("rules");
    for (Rbac.Rule rule : role.rules()) {
      json.writeStartObject();
      texts("apiGroups", rule.apiGroups());
      texts("resources", rule.resources());
      texts("verbs", rule.verbs());
      texts("resourceNames", rule.resourceNames());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private void rbacMetadata(Optional<String> namespace, String name, boolean builtIn)
      throws IOException {
    json.writeObjectFieldStart("metadata");
    metadata(
        namespace,
        name,
        Optional.empty(),
        builtIn ? Map.of("kubernetes.io/bootstrapping", "rbac-defaults") : Map.of());
    json.writeEndObject();
  }

  public void binding(Rbac.Binding binding) throws IOException {
    json.writeStartObject();
    json.writeStringField("apiVersion", "rbac.authorization.k8s.io/v1");
    json.writeStringField(
        "kind", binding.namespace().isPresent() ? "RoleBinding" : "ClusterRoleBinding");
    rbacMetadata(binding.namespace(), binding.name(), binding.builtIn());
    json.writeObjectFieldStart("roleRef");
    json.writeStringField("apiGroup", "rbac.authorization.k8s.io");
    json.writeStringField("kind", binding.clusterRole() ? "ClusterRole" : "Role");
    json.writeStringField("name", binding.role());
    json.writeEndObject();
    json.writeArrayFieldStart("subjects");
    for (Rbac.Holder holder : binding.holders()) {
      json.writeStartObject();
      json.writeStringField("kind", holder.kind());
      text("namespace", holder.namespace());
      json.writeStringField("name", holder.name());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }
}
