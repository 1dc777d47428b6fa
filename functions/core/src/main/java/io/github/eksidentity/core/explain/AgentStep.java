package io.github.eksidentity.core.explain;

import io.github.eksidentity.core.audit.ExplainStep;
import io.github.eksidentity.core.audit.Finding;
import io.github.eksidentity.core.facts.Addon;
import io.github.eksidentity.core.facts.Cluster;
import io.github.eksidentity.core.rules.podidentity.AssociationNodeRoleLacksEksAuth;
import java.util.List;
import java.util.Optional;

/// Whether pods of a cluster get an answer from the Pod Identity agent on their node.
///
/// @param said what the audit says of everything on the way
record AgentStep(Cluster cluster, InCluster inCluster, WayFindings said) {
  /// The step, with the audit's findings about the agent and about the role of its nodes.
  Step step() {
    Step agent = said.overlaid(installed(), found -> !isNodeRole(found));
    Optional<Finding> node = said.first(ExplainStep.ENDPOINT, AgentStep::isNodeRole);
    if (agent.status() != Step.Status.OK) {
      return agent;
    }
    return node.isPresent() ? withNodeRole(node) : onOtherNodes().orElse(agent);
  }

  private Step withNodeRole(Optional<Finding> node) {
    boolean everywhere =
        said.nodeRoles().stream()
            .allMatch(role -> said.at(role).stream().anyMatch(AgentStep::isNodeRole));
    return everywhere
        ? Step.broken(ExplainStep.ENDPOINT, node.orElseThrow().title(), node)
        : new Step(
            ExplainStep.ENDPOINT,
            Step.Status.UNKNOWN,
            "pods on some of the nodes get none: " + node.orElseThrow().title(),
            List.of(),
            node);
  }

  private Optional<Step> onOtherNodes() {
    return inCluster
        .doubtfulNodeRole()
        .map(
            role ->
                Step.unknown(
                    ExplainStep.ENDPOINT,
                    "the cluster has nodes outside node groups, which may run with "
                        + role.arn()
                        + ", and that role is not known to let the agent ask for credentials"));
  }

  private Step installed() {
    if (cluster.autoMode()) {
      return Step.ok(ExplainStep.ENDPOINT, "EKS Auto Mode brings the Pod Identity agent along");
    }
    Optional<Addon> addon = cluster.addon(Addon.POD_IDENTITY_AGENT);
    if (addon.isPresent()) {
      return Step.ok(
          ExplainStep.ENDPOINT, "the add-on " + addon.get().name() + " is " + addon.get().status());
    }
    long nodes = inCluster.agents();
    return nodes > 0
        ? Step.ok(
            ExplainStep.ENDPOINT,
            "a DaemonSet runs the agent; its pods are ready on "
                + (nodes == 1 ? "1 node" : nodes + " nodes"))
        : Step.unknown(
            ExplainStep.ENDPOINT,
            "the cluster has no add-on "
                + Addon.POD_IDENTITY_AGENT
                + " that was read; a DaemonSet may run the agent");
  }

  private static boolean isNodeRole(Finding finding) {
    return finding.rule().equals(AssociationNodeRoleLacksEksAuth.ID);
  }
}
