package io.github.eksidentity.core.rules;

import io.github.eksidentity.core.facts.Cluster;
import io.github.eksidentity.core.facts.Inventory;
import io.github.eksidentity.core.facts.Kubernetes;
import io.github.eksidentity.core.facts.Pod;
import io.github.eksidentity.core.facts.ServiceAccount;
import io.github.eksidentity.core.remedy.Change;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/// What Kubernetes would make of a proposed change. A changed pod template replaces the pods, and
/// EKS's webhook sees the new ones.
final class ClusterChanges {
  private ClusterChanges() {}

  static Inventory apply(Inventory old, Change.InCluster change) {
    return switch (change) {
      case Change.AnnotateServiceAccount(var arn, var namespace, var name, var key, var value) ->
          annotations(old, arn, namespace, name, all -> all.put(key, value));
      case Change.RemoveServiceAccountAnnotation(var arn, var namespace, var name, var key) ->
          annotations(old, arn, namespace, name, all -> all.remove(key));
      case Change.CreateServiceAccount(var arn, var namespace, var name, var annotations) ->
          onServiceAccounts(
              old,
              arn,
              all -> {
                List<ServiceAccount> more = new ArrayList<>(all);
                more.add(
                    new ServiceAccount(
                        namespace, name, Optional.of(TestAccount.NOW), Map.of(), annotations));
                return more;
              });
      case Change.RestartWorkload(var arn, var workload) ->
          replacePods(old, arn, workload, UnaryOperator.identity());
      case Change.SetServiceAccount(var arn, var workload, var serviceAccount) ->
          replacePods(old, arn, workload, PodEdits.serviceAccount(serviceAccount));
      case Change.SetVariable(var arn, var workload, var container, var name, var value) ->
          replacePods(old, arn, workload, PodEdits.variable(container, name, value));
      case Change.RemoveVariables(var arn, var workload, var container, var names) ->
          replacePods(
              old,
              arn,
              workload,
              pod -> {
                Pod changed = pod;
                for (String name : names) {
                  changed = PodEdits.withoutVariable(container, name).apply(changed);
                }
                return changed;
              });
      case Change.RemovePodAnnotation(var arn, var workload, var key) ->
          replacePods(
              old,
              arn,
              workload,
              pod -> {
                Map<String, String> annotations = new TreeMap<>(pod.annotations());
                annotations.remove(key);
                return PodEdits.annotations(annotations).apply(pod);
              });
    };
  }

  private interface Edit {
    void apply(Map<String, String> annotations);
  }

  private static Inventory annotations(
      Inventory old, String arn, String namespace, String name, Edit edit) {
    return onServiceAccounts(
        old,
        arn,
        all ->
            all.stream()
                .map(
                    one -> {
                      if (!one.namespace().equals(namespace) || !one.name().equals(name)) {
                        return one;
                      }
                      Map<String, String> annotations = new TreeMap<>(one.annotations());
                      edit.apply(annotations);
                      return new ServiceAccount(
                          namespace, name, one.created(), one.labels(), annotations);
                    })
                .toList());
  }

  private static Inventory onServiceAccounts(
      Inventory old, String arn, UnaryOperator<List<ServiceAccount>> change) {
    return onKubernetes(
        old,
        arn,
        (_, there) ->
            new Kubernetes(
                change.apply(there.serviceAccounts()),
                there.pods(),
                there.webhooks(),
                there.rbac()));
  }

  private static Inventory replacePods(
      Inventory old, String arn, Pod.Workload workload, UnaryOperator<Pod> change) {
    return onKubernetes(
        old,
        arn,
        (cluster, there) ->
            new Kubernetes(
                there.serviceAccounts(),
                there.pods().stream()
                    .map(
                        pod ->
                            pod.workload().equals(workload)
                                ? replacement(old, cluster, pod, change)
                                : pod)
                    .toList(),
                there.webhooks(),
                there.rbac()));
  }

  private static Pod replacement(
      Inventory inventory, Cluster cluster, Pod pod, UnaryOperator<Pod> change) {
    Pod changed = change.apply(Injection.stripped(pod));
    return PodEdits.created(Optional.of(TestAccount.NOW))
        .apply(Injection.recreated(inventory, cluster, changed));
  }

  private interface KubernetesChange {
    Kubernetes apply(Cluster cluster, Kubernetes there);
  }

  private static Inventory onKubernetes(Inventory old, String arn, KubernetesChange change) {
    return Inventories.withClusters(
        old,
        old.clusters().stream()
            .map(
                cluster ->
                    cluster.arn().equals(arn)
                        ? cluster.withKubernetes(change.apply(cluster, cluster.kubernetes()))
                        : cluster)
            .toList());
  }
}
