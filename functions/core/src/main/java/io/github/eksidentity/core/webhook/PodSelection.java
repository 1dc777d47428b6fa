package io.github.eksidentity.core.webhook;

import io.github.eksidentity.core.facts.LabelSelector;
import io.github.eksidentity.core.facts.WebhookConfiguration;
import io.github.eksidentity.core.facts.WebhookConfiguration.Webhook;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Which new pods a configuration sends to a webhook: one that any of its webhooks selects. Of a
/// namespace's labels only its name is known.
///
/// @see <a
/// href="https://kubernetes.io/docs/reference/access-authn-authz/extensible-admission-controllers/#matching-requests-rules">Kubernetes:
/// matching requests</a>
public record PodSelection(List<Webhook> webhooks) {
  /// Label of every namespace, with its own name.
  public static final String NAMESPACE_NAME = "kubernetes.io/metadata.name";

  private static final Set<String> PODS = Set.of("pods", "*", "*/*");

  public PodSelection {
    webhooks = List.copyOf(webhooks);
  }

  /// The selection of EKS's configuration among those of a cluster; empty where it is not there.
  public static Optional<PodSelection> ofEks(List<WebhookConfiguration> configurations) {
    return configurations.stream()
        .filter(one -> one.name().equals(WebhookConfiguration.POD_IDENTITY))
        .findFirst()
        .map(one -> new PodSelection(one.webhooks()));
  }

  /// Whether a new pod is sent, the conditions of the webhooks left aside.
  public boolean sends(String namespace, Map<String, String> podLabels) {
    return webhooks.stream()
        .anyMatch(
            webhook ->
                asksAboutNewPods(webhook)
                    && webhook.namespaceSelector().matches(Map.of(NAMESPACE_NAME, namespace))
                    && webhook.objectSelector().matches(podLabels));
  }

  /// Whether some webhook is asked about new pods at all.
  public boolean asksAboutNewPods() {
    return webhooks.stream().anyMatch(PodSelection::asksAboutNewPods);
  }

  private static boolean asksAboutNewPods(Webhook webhook) {
    return webhook.rules().stream()
        .anyMatch(
            rule ->
                covers(rule.operations(), "CREATE")
                    && rule.resources().stream().anyMatch(PODS::contains)
                    && covers(rule.apiGroups(), "")
                    && covers(rule.apiVersions(), "v1")
                    && !rule.scope().equals("Cluster"));
  }

  private static boolean covers(List<String> values, String wanted) {
    return values.contains("*") || values.contains(wanted);
  }

  /// Whether it hangs on expressions or on labels of namespaces, neither of which is known.
  public boolean open() {
    return webhooks.stream()
        .filter(PodSelection::asksAboutNewPods)
        .anyMatch(
            webhook ->
                !webhook.conditions().isEmpty()
                    || webhook.namespaceSelector().requirements().stream()
                        .filter(one -> !one.key().equals(NAMESPACE_NAME))
                        .anyMatch(PodSelection::leavesOutByLabel));
  }

  private static boolean leavesOutByLabel(LabelSelector.Requirement requirement) {
    return requirement.operator().equals("NotIn") || requirement.operator().equals("DoesNotExist");
  }
}
