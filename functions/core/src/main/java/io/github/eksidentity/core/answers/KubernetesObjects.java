package io.github.eksidentity.core.answers;

import io.github.eksidentity.core.facts.AwsAnnotations;
import io.github.eksidentity.core.facts.LabelSelector;
import io.github.eksidentity.core.facts.Rbac;
import io.github.eksidentity.core.facts.ServiceAccount;
import io.github.eksidentity.core.facts.WebhookConfiguration;
import io.github.eksidentity.core.json.Json;
import io.github.eksidentity.core.json.JsonMembers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Objects of Kubernetes' API as facts. Whatever the facts do not name is dropped here, at the
/// first opportunity. Pods are read by [PodReader].
///
/// Documented at <https://kubernetes.io/docs/reference/kubernetes-api/>.
public final class KubernetesObjects {
  private static final String BUILT_IN = "kubernetes.io/bootstrapping";

  private KubernetesObjects() {}

  /// A ServiceAccount, or its PartialObjectMetadata.
  public static ServiceAccount serviceAccount(Json.Obj object) throws ShapeException {
    JsonMembers<ShapeException> metadata = ShapeException.members(object).object("metadata");
    return new ServiceAccount(
        metadata.text("namespace"),
        metadata.text("name"),
        metadata.time("creationTimestamp"),
        metadata.textMap("labels"),
        annotations(metadata));
  }

  static Map<String, String> annotations(JsonMembers<ShapeException> metadata)
      throws ShapeException {
    Map<String, String> kept = new LinkedHashMap<>();
    metadata
        .textMap("annotations")
        .forEach(
            (key, value) -> {
              if (AwsAnnotations.kept(key, value)) {
                kept.put(key, value);
              }
            });
    return kept;
  }

  /// A MutatingWebhookConfiguration.
  public static WebhookConfiguration webhookConfiguration(Json.Obj object) throws ShapeException {
    JsonMembers<ShapeException> members = ShapeException.members(object);
    List<WebhookConfiguration.Webhook> webhooks = new ArrayList<>();
    for (JsonMembers<ShapeException> webhook : members.objects("webhooks")) {
      webhooks.add(webhook(webhook));
    }
    return new WebhookConfiguration(members.object("metadata").text("name"), webhooks);
  }

  private static WebhookConfiguration.Webhook webhook(JsonMembers<ShapeException> webhook)
      throws ShapeException {
    List<WebhookConfiguration.Rule> rules = new ArrayList<>();
    for (JsonMembers<ShapeException> rule : webhook.objects("rules")) {
      rules.add(
          new WebhookConfiguration.Rule(
              rule.texts("apiGroups"),
              rule.texts("apiVersions"),
              rule.texts("operations"),
              rule.texts("resources"),
              rule.optionalText("scope").orElse("*")));
    }
    List<String> conditions = new ArrayList<>();
    for (JsonMembers<ShapeException> condition : webhook.objects("matchConditions")) {
      conditions.add(condition.text("expression"));
    }
    JsonMembers<ShapeException> client = webhook.objectOrEmpty("clientConfig");
    Optional<String> service = Optional.empty();
    if (client.value("service").isPresent()) {
      JsonMembers<ShapeException> named = client.objectOrEmpty("service");
      service = Optional.of(named.text("namespace") + "/" + named.text("name"));
    }
    return new WebhookConfiguration.Webhook(
        webhook.text("name"),
        webhook.optionalText("failurePolicy").orElse("Fail"),
        rules,
        selector(webhook.objectOrEmpty("namespaceSelector")),
        selector(webhook.objectOrEmpty("objectSelector")),
        conditions,
        client.optionalText("url"),
        service);
  }

  private static LabelSelector selector(JsonMembers<ShapeException> selector)
      throws ShapeException {
    List<LabelSelector.Requirement> requirements = new ArrayList<>();
    for (JsonMembers<ShapeException> requirement : selector.objects("matchExpressions")) {
      requirements.add(
          new LabelSelector.Requirement(
              requirement.text("key"), requirement.text("operator"), requirement.texts("values")));
    }
    return new LabelSelector(selector.textMap("matchLabels"), requirements);
  }

  /// A Role or ClusterRole.
  public static Rbac.Role role(Json.Obj object) throws ShapeException {
    JsonMembers<ShapeException> members = ShapeException.members(object);
    JsonMembers<ShapeException> metadata = members.object("metadata");
    List<Rbac.Rule> rules = new ArrayList<>();
    for (JsonMembers<ShapeException> rule : members.objects("rules")) {
      if (!rule.texts("resources").isEmpty()) {
        rules.add(
            new Rbac.Rule(
                rule.texts("apiGroups"),
                rule.texts("resources"),
                rule.texts("verbs"),
                rule.texts("resourceNames")));
      }
    }
    return new Rbac.Role(
        metadata.optionalText("namespace"), metadata.text("name"), builtIn(metadata), rules);
  }

  /// A RoleBinding or ClusterRoleBinding.
  public static Rbac.Binding binding(Json.Obj object) throws ShapeException {
    JsonMembers<ShapeException> members = ShapeException.members(object);
    JsonMembers<ShapeException> metadata = members.object("metadata");
    JsonMembers<ShapeException> role = members.object("roleRef");
    List<Rbac.Holder> holders = new ArrayList<>();
    for (JsonMembers<ShapeException> holder : members.objects("subjects")) {
      holders.add(
          new Rbac.Holder(
              holder.text("kind"), holder.optionalText("namespace"), holder.text("name")));
    }
    return new Rbac.Binding(
        metadata.optionalText("namespace"),
        metadata.text("name"),
        builtIn(metadata),
        role.text("kind").equals("ClusterRole"),
        role.text("name"),
        holders);
  }

  private static boolean builtIn(JsonMembers<ShapeException> metadata) throws ShapeException {
    return metadata.textMap("labels").containsKey(BUILT_IN);
  }

  /// Which kind an object of a mixed list is, as `kubectl get clusterroles,roles -o json` prints
  /// one.
  public static String kind(Json.Obj object) throws ShapeException {
    return ShapeException.members(object).text("kind");
  }
}
