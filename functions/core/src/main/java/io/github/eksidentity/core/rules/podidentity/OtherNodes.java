package io.github.eksidentity.core.rules.podidentity;

import io.github.eksidentity.core.audit.AuditContext;
import io.github.eksidentity.core.facts.Cluster;
import io.github.eksidentity.core.facts.Pod;
import io.github.eksidentity.core.facts.Role;
import io.github.eksidentity.core.permissions.Permission;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// Nodes that belong to no managed node group, so that EKS does not tell their role: self-managed
/// ones and those of Karpenter.
final class OtherNodes {
  private static final String KARPENTER = "karpenter";

  private OtherNodes() {}

  /// Why it is open whether nodes run with a role that does not allow an action; empty where no
  /// cluster has such nodes, or nothing speaks for the role being theirs.
  static Optional<String> doubt(Role role, String action, AuditContext context) {
    if (!context.index().clustersWithNodeRole(role.arn()).isEmpty() || !ofInstances(role)) {
      return Optional.empty();
    }
    return context.inventory().clusters().stream()
        .filter(cluster -> concerns(cluster) && looksLikeNodesOf(role, cluster))
        .sorted(Comparator.comparing(Cluster::arn))
        .filter(cluster -> !allows(role, action, cluster, context))
        .map(
            cluster ->
                "cluster %s has nodes outside node groups, which may run with the role, and the role"
                        .formatted(cluster.name())
                    + " does not allow "
                    + action)
        .findFirst();
  }

  /// A role that nodes of a cluster may run with and that does not allow an action; empty where the
  /// cluster has no such nodes, or nothing speaks for a role being theirs.
  static Optional<Role> doubtful(Cluster cluster, String action, AuditContext context) {
    return concerns(cluster)
        ? context.inventory().roles().stream()
            .filter(OtherNodes::ofInstances)
            .filter(role -> looksLikeNodesOf(role, cluster))
            .filter(role -> context.index().clustersWithNodeRole(role.arn()).isEmpty())
            .filter(role -> !allows(role, action, cluster, context))
            .min(Comparator.comparing(Role::arn))
        : Optional.empty();
  }

  private static boolean concerns(Cluster cluster) {
    return cluster.runs() && !cluster.associations().isEmpty() && mayHave(cluster);
  }

  private static boolean allows(Role role, String action, Cluster cluster, AuditContext context) {
    return context.index().permissions(role).on(action, cluster.arn())
        instanceof Permission.Allowed;
  }

  private static boolean ofInstances(Role role) {
    return role.trustDocument().contains("ec2.amazonaws.com");
  }

  /// Without node groups and Auto Mode the nodes are others; with Karpenter some are.
  private static boolean mayHave(Cluster cluster) {
    List<Pod> placed =
        cluster.kubernetes().pods().stream().filter(pod -> pod.node().isPresent()).toList();
    boolean onlyFargate = !placed.isEmpty() && placed.stream().allMatch(Pod::onFargate);
    return (cluster.nodeGroups().isEmpty() && !cluster.autoMode() && !onlyFargate)
        || cluster.kubernetes().pods().stream()
            .filter(Pod::running)
            .anyMatch(
                pod ->
                    KARPENTER.equals(pod.labels().get("app.kubernetes.io/name"))
                        || pod.workload().name().equals(KARPENTER));
  }

  private static boolean looksLikeNodesOf(Role role, Cluster cluster) {
    String name = role.name().toLowerCase(Locale.ROOT);
    return Stream.of(KARPENTER, "node", "worker", cluster.name().toLowerCase(Locale.ROOT))
            .anyMatch(name::contains)
        || role.attachedPolicies().stream().anyMatch(policy -> policy.contains("AmazonEKS"))
        || role.tags().keySet().stream()
            .anyMatch(
                key ->
                    key.equals("kubernetes.io/cluster/" + cluster.name())
                        || key.startsWith("karpenter."));
  }
}
