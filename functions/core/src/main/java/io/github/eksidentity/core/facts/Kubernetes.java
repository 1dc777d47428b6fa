package io.github.eksidentity.core.facts;

import java.util.Comparator;
import java.util.List;

/// What one cluster's Kubernetes API answered. How well each part was read is the coverage of
/// [Scope.Kind#SERVICE_ACCOUNTS], [Scope.Kind#PODS], [Scope.Kind#WEBHOOKS] and [Scope.Kind#RBAC].
///
/// @param serviceAccounts of every namespace
/// @param pods of every namespace, whatever their phase
/// @param webhooks mutating webhook configurations
public record Kubernetes(
    List<ServiceAccount> serviceAccounts,
    List<Pod> pods,
    List<WebhookConfiguration> webhooks,
    Rbac rbac) {
  /// Nothing was read.
  public static final Kubernetes NOT_READ =
      new Kubernetes(List.of(), List.of(), List.of(), Rbac.NOT_READ);

  public Kubernetes {
    serviceAccounts = List.copyOf(serviceAccounts);
    pods = List.copyOf(pods);
    webhooks = List.copyOf(webhooks);
  }

  /// The same facts in the order of namespaces and names.
  Kubernetes sorted() {
    return new Kubernetes(
        serviceAccounts.stream()
            .sorted(
                Comparator.comparing(ServiceAccount::namespace).thenComparing(ServiceAccount::name))
            .toList(),
        pods.stream()
            .sorted(Comparator.comparing(Pod::namespace).thenComparing(Pod::name))
            .toList(),
        webhooks.stream().sorted(Comparator.comparing(WebhookConfiguration::name)).toList(),
        rbac.sorted());
  }
}
