package io.github.eksidentity.core.rules.podidentity;

import io.github.eksidentity.core.audit.AuditContext;
import io.github.eksidentity.core.facts.Addon;
import io.github.eksidentity.core.facts.Cluster;
import io.github.eksidentity.core.facts.Pod;
import io.github.eksidentity.core.index.Binding;
import io.github.eksidentity.core.index.ClusterIndex;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/// The pods of the Pod Identity agent, node by node, beside the pods that need it there.
///
/// @param needing workloads of pods that an association binds, by node
/// @param agents the agent's pods that are not being stopped, by node
public record AgentPods(SortedMap<String, TreeSet<String>> needing, Map<String, List<Pod>> agents) {
  /// What was read of a cluster; nodes that bring an agent of their own, or on which none can run,
  /// are left out.
  public static AgentPods of(Cluster cluster, AuditContext context) {
    ClusterIndex there = context.index().in(cluster);
    SortedMap<String, TreeSet<String>> needing = new TreeMap<>();
    for (Pod pod : cluster.kubernetes().pods()) {
      if (pod.running()
          && pod.node().isPresent()
          && !bringsAgent(cluster, pod.node().get())
          && !pod.onFargate()
          && !pod.os().windows()
          && there.binding(pod.subject()).orElse(null) instanceof Binding.PodIdentity) {
        needing
            .computeIfAbsent(pod.node().get(), _ -> new TreeSet<>())
            .add(pod.namespace() + ": " + pod.workload());
      }
    }
    Map<String, List<Pod>> agents = new TreeMap<>();
    cluster.kubernetes().pods().stream()
        .filter(AgentPods::isAgent)
        .filter(pod -> !pod.terminating())
        .forEach(
            pod ->
                pod.node()
                    .ifPresent(
                        node ->
                            agents
                                .computeIfAbsent(node, _ -> new java.util.ArrayList<>())
                                .add(pod)));
    return new AgentPods(needing, agents);
  }

  /// Nodes of Auto Mode are named after their instances.
  private static boolean bringsAgent(Cluster cluster, String node) {
    return cluster.autoMode() && (node.startsWith("i-") || cluster.nodeGroups().isEmpty());
  }

  /// The Helm chart may be installed under another name, but its DaemonSet and label keep the
  /// agent's.
  static boolean isAgent(Pod pod) {
    return pod.workload().kind().equals("DaemonSet")
        && (pod.workload().name().contains(Addon.POD_IDENTITY_AGENT)
            || Addon.POD_IDENTITY_AGENT.equals(pod.labels().get("app.kubernetes.io/name")));
  }

  /// Whether any pod of an agent was read.
  boolean any() {
    return !agents.isEmpty();
  }

  /// The nodes on which a pod of the agent runs and is ready, as far as that was read.
  public long working() {
    return agents.values().stream()
        .filter(there -> there.stream().anyMatch(AgentPods::works))
        .count();
  }

  /// The nodes on which pods need the agent and none of its pods is.
  List<String> without() {
    return needing.keySet().stream().filter(node -> !agents.containsKey(node)).toList();
  }

  /// The nodes on which pods need the agent and its pod is there and does not work.
  List<String> broken() {
    return needing.keySet().stream()
        .filter(agents::containsKey)
        .filter(node -> agents.getOrDefault(node, List.of()).stream().noneMatch(AgentPods::works))
        .toList();
  }

  private static boolean works(Pod pod) {
    return pod.running() && pod.ready().orElse(true);
  }

  /// The workloads that need the agent on a node.
  Optional<String> example(String node) {
    return Optional.ofNullable(needing.get(node)).map(TreeSet::first);
  }
}
