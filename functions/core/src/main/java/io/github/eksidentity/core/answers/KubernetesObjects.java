package io.github.eksidentity.core.answers;

import io.github.eksidentity.core.facts.AwsAnnotations;
import io.github.eksidentity.core.facts.LabelSelector;
import io.github.eksidentity.core.facts.Rbac;
import io.github.eksidentity.core.facts.ServiceAccount;
import io.github.eksidentity.core.facts.WebhookConfiguration;
import io.github.eksidentity.core.json.Json;
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
    Members metadata = new Members(object).required("metadata");
    return new ServiceAccount(
        metadata.text("namespace"),
        metadata.text("name"),
        metadata.time("creationTimestamp"),
        metadata.textMap("labels"),
        annotations(metadata));
  }

  static Map<String, String> annotations(Members metadata) throws ShapeException {
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
    Members members = new Members(object);
    List<WebhookConfiguration.Webhook> webhooks = new ArrayList<>();
    for (Members webhook : members.members("webhooks")) {
      webhooks.add(webhook(webhook));
    }
    return new WebhookConfiguration(members.required("metadata").text("name"), webhooks);
  }

  private static WebhookConfiguration.Webhook webhook(Members webhook) throws ShapeException {
    List<WebhookConfiguration.Rule> rules = new ArrayList<>();
    for (Members rule : webhook.members("rules")) {
      rules.add(
          new WebhookConfiguration.Rule(
              rule.texts("apiGroups"),
              rule.texts("apiVersions"),
              rule.texts("operations"),
              rule.texts("resources"),
              rule.optionalText("scope").orElse("*")));
    }
    List<String> conditions = new ArrayList<>();
    for (Members condition : webhook.members("matchConditions")) {
      conditions.add(condition.text("expression"));
    }
    Members client = webhook.member("clientConfig");
    Optional<String> service = Optional.empty();
    if (client.value("service").isPresent()) {
      Members named = client.member("service");
      service = Optional.of(named.text("namespace") + "/" + named.text("name"));
    }
    return new WebhookConfiguration.Webhook(
        webhook.text("name"),
        webhook.optionalText("failurePolicy").orElse("Fail"),
        rules,
        selector(webhook.member("namespaceSelector")),
        selector(webhook.member("objectSelector")),
        conditions,
        client.optionalText("url"),
        service);
  }

  private static LabelSelector selector(Members selector) throws ShapeException {
    List<LabelSelector.Requirement> requirements = new ArrayList<>();
    for (Members requirement : selector.members("matchExpressions")) {
      requirements.add(
          new LabelSelector.Requirement(
              requirement.text("key"), requirement.text("operator"), requirement.texts("values")));
    }
    return new LabelSelector(selector.textMap("matchLabels"), requirements);
  }

  /// A Role or ClusterRole.
  public static Rbac.Role role(Json.Obj object) throws ShapeException {
    Members members = new Members(object);
    Members metadata = members.required("metadata");
    List<Rbac.Rule> rules = new ArrayList<>();
    for (Members rule : members.members("rules")) {
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
    Members members = new Members(object);
    Members metadata = members.required("metadata");
    Members role = members.required("roleRef");
    List<Rbac.Holder> holders = new ArrayList<>();
    for (Members holder : members.members("subjects")) {
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

  private static boolean builtIn(Members metadata) throws ShapeException {
    return metadata.textMap("labels").containsKey(BUILT_IN);
  }

  /// Which kind an object of a mixed list is, as `kubectl get clusterroles,roles -o json` prints
  /// one.
  public static String kind(Json.Obj object) throws ShapeException {
    return new Members(object).text("kind");
  }
}
