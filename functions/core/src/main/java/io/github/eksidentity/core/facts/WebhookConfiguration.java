package io.github.eksidentity.core.facts;

import java.util.List;
import java.util.Optional;

/// A MutatingWebhookConfiguration.
///
/// Documented at
/// <https://kubernetes.io/docs/reference/kubernetes-api/extend-resources/mutating-webhook-configuration-v1/>.
public record WebhookConfiguration(String name, List<Webhook> webhooks) {
  /// The configuration that EKS makes in every cluster: it gives pods their variables and tokens.
  public static final String POD_IDENTITY = "pod-identity-webhook";

  public WebhookConfiguration {
    webhooks = List.copyOf(webhooks);
  }

  /// One webhook.
  ///
  /// @param failurePolicy `Ignore` or `Fail`
  /// @param namespaceSelector selects by the labels of the namespace; every namespace has the label
  /// `kubernetes.io/metadata.name` with its own name
  /// @param objectSelector selects by the labels of the pod
  /// @param conditions CEL expressions of `matchConditions`; all must be true
  /// @param url where the webhook is, unless it is a service
  /// @param service namespace and name of the service that answers, as `kube-system/webhook`
  public record Webhook(
      String name,
      String failurePolicy,
      List<Rule> rules,
      LabelSelector namespaceSelector,
      LabelSelector objectSelector,
      List<String> conditions,
      Optional<String> url,
      Optional<String> service) {
    public Webhook {
      rules = List.copyOf(rules);
      conditions = List.copyOf(conditions);
    }
  }

  /// What a webhook is asked about. `*` stands for all.
  ///
  /// @param scope `Namespaced`, `Cluster` or `*`
  public record Rule(
      List<String> apiGroups,
      List<String> apiVersions,
      List<String> operations,
      List<String> resources,
      String scope) {
    public Rule {
      apiGroups = List.copyOf(apiGroups);
      apiVersions = List.copyOf(apiVersions);
      operations = List.copyOf(operations);
      resources = List.copyOf(resources);
    }
  }
}
