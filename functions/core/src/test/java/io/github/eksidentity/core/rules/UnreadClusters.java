package io.github.eksidentity.core.rules;

import io.github.eksidentity.core.facts.Cluster;
import io.github.eksidentity.core.facts.Coverage;
import io.github.eksidentity.core.facts.Inventory;
import io.github.eksidentity.core.facts.Kubernetes;
import io.github.eksidentity.core.facts.Rbac;
import io.github.eksidentity.core.facts.Scope;
import io.github.eksidentity.core.facts.Scope.Kind;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/// An inventory as it would be, had reading some parts of its clusters failed.
record UnreadClusters(Set<Kind> kinds, Inventory inventory) {
  /// Without each part alone, and without all of them; nothing where no cluster was read.
  static Stream<UnreadClusters> of(Inventory whole) {
    boolean read =
        whole.coverage().entrySet().stream()
            .anyMatch(
                entry ->
                    Kind.OF_KUBERNETES.contains(entry.getKey().kind())
                        && entry.getValue().isComplete());
    return read
        ? Stream.concat(
                Kind.OF_KUBERNETES.stream().map(EnumSet::of),
                Stream.of(EnumSet.copyOf(Kind.OF_KUBERNETES)))
            .map(kinds -> without(kinds, whole))
        : Stream.empty();
  }

  private static UnreadClusters without(Set<Kind> kinds, Inventory whole) {
    Map<Scope, Coverage> coverage = new TreeMap<>(whole.coverage());
    coverage.replaceAll(
        (scope, how) ->
            kinds.contains(scope.kind()) && how.isComplete()
                ? new Coverage.Failed("no connection within 3 seconds", Optional.empty())
                : how);
    List<Cluster> clusters =
        whole.clusters().stream()
            .map(cluster -> cluster.withKubernetes(without(kinds, cluster.kubernetes())))
            .toList();
    return new UnreadClusters(
        kinds, Inventories.withCoverage(Inventories.withClusters(whole, clusters), coverage));
  }

  private static Kubernetes without(Set<Kind> kinds, Kubernetes facts) {
    return new Kubernetes(
        kinds.contains(Kind.SERVICE_ACCOUNTS) ? List.of() : facts.serviceAccounts(),
        kinds.contains(Kind.PODS) ? List.of() : facts.pods(),
        kinds.contains(Kind.WEBHOOKS) ? List.of() : facts.webhooks(),
        kinds.contains(Kind.RBAC) ? Rbac.NOT_READ : facts.rbac());
  }
}
