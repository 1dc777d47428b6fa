package io.github.eksidentity.core.rules.podidentity;

import static io.github.eksidentity.core.audit.RuleMetadata.rule;

import io.github.eksidentity.core.audit.AuditContext;
import io.github.eksidentity.core.audit.Category;
import io.github.eksidentity.core.audit.Evidence;
import io.github.eksidentity.core.audit.ExplainStep;
import io.github.eksidentity.core.audit.Impact;
import io.github.eksidentity.core.audit.Need;
import io.github.eksidentity.core.audit.Rule;
import io.github.eksidentity.core.audit.RuleMetadata;
import io.github.eksidentity.core.audit.Severity;
import io.github.eksidentity.core.audit.StsError;
import io.github.eksidentity.core.audit.Verdict;
import io.github.eksidentity.core.facts.Addon;
import io.github.eksidentity.core.facts.Cluster;
import io.github.eksidentity.core.facts.Scope;
import io.github.eksidentity.core.remedy.Change;
import io.github.eksidentity.core.remedy.Remediation;
import java.util.ArrayList;
import java.util.List;

/// Flags a cluster with associations and without the Pod Identity agent.
public final class AssociationAgentMissing implements Rule.OnCluster {
  private static final int MOST_NAMED = 20;
  private static final RuleMetadata METADATA =
      rule(
              "association-agent-missing",
              Severity.CRITICAL,
              Impact.OUTAGE,
              Category.POD_IDENTITY,
              "The cluster has associations and no Pod Identity agent")
          .why(
              "Pods get their credentials from the agent on their node, which the add-on"
                  + " eks-pod-identity-agent installs. EKS Auto Mode brings its own. An agent that"
                  + " was installed by hand, with Helm, is seen only where the cluster's pods were"
                  + " read. Where they were, the agent is judged node by node: it must run on every"
                  + " node that has associated pods.")
          .risk("Every call for credentials of an associated pod runs into a timeout.")
          .remediation("Install the add-on eks-pod-identity-agent.")
          .references(
              "https://docs.aws.amazon.com/eks/latest/userguide/pod-id-agent-setup.html",
              "https://github.com/aws/karpenter-provider-aws/issues/5784")
          .breaks(ExplainStep.ENDPOINT)
          .needs(Need.ASSOCIATIONS, Need.ADDONS)
          .refinedBy(Need.PODS)
          .build();

  @Override
  public RuleMetadata metadata() {
    return METADATA;
  }

  @Override
  public Verdict evaluate(Cluster cluster, AuditContext context) {
    if (!cluster.runs() || cluster.associations().isEmpty()) {
      return Verdict.satisfied();
    }
    AgentPods pods = AgentPods.of(cluster, context);
    if (cluster.autoMode() || cluster.addon(Addon.POD_IDENTITY_AGENT).isPresent() || pods.any()) {
      return podsRead(cluster, context) && pods.any() && !pods.without().isEmpty()
          ? onNodes(cluster, pods)
          : Verdict.satisfied();
    }
    return nowhere(cluster, podsRead(cluster, context));
  }

  private static boolean podsRead(Cluster cluster, AuditContext context) {
    return context
        .inventory()
        .coverageOf(Scope.cluster(Scope.Kind.PODS, cluster.region(), cluster.name()))
        .isComplete();
  }

  /// Pods of the agent are in the cluster, and not on every node that needs one.
  private static Verdict onNodes(Cluster cluster, AgentPods pods) {
    List<String> nodes = pods.without();
    List<Evidence> evidence = new ArrayList<>();
    nodes.stream()
        .limit(MOST_NAMED)
        .forEach(
            node ->
                evidence.add(
                    Evidence.of("no pod of the agent is on this node, and associated pods are")
                        .withKey("node")
                        .withValue(node)
                        .withClaim(pods.example(node).orElse(""))
                        .passing()));
    return Verdict.violated(
            METADATA.severity(),
            "%s of cluster %s %s no Pod Identity agent, and pods there need it"
                .formatted(
                    nodes.size() == 1 ? "A node" : nodes.size() + " nodes",
                    cluster.name(),
                    nodes.size() == 1 ? "has" : "have"),
            evidence,
            Remediation.decide(
                "Find out what keeps the agent's DaemonSet off these nodes.",
                "Let it tolerate the taints of the nodes: aws eks update-addon --cluster-name %s"
                        .formatted(cluster.name())
                    + " --region %s --addon-name %s --configuration-values <values>"
                        .formatted(cluster.region(), Addon.POD_IDENTITY_AGENT),
                "Keep associated pods off these nodes."))
        .withStsError(StsError.AGENT_UNREACHABLE);
  }

  private static Verdict nowhere(Cluster cluster, boolean podsRead) {
    return Verdict.violated(
            METADATA.severity(),
            "Cluster " + cluster.name() + " has associations and no Pod Identity agent",
            List.of(
                Evidence.of(
                        podsRead
                            ? "the add-on is not among the cluster's add-ons, and no pod of another"
                                + " agent is there"
                            : "the add-on is not among the cluster's add-ons; an agent installed"
                                + " without EKS cannot be seen from here")
                    .withKey("addons")
                    .withValue(
                        String.join(
                            ", ", cluster.addons().stream().map(Addon::name).sorted().toList()))
                    .withClaim(Addon.POD_IDENTITY_AGENT)),
            Remediation.fix(
                podsRead
                    ? "Install the add-on."
                    : "Install the add-on, unless the agent runs as a DaemonSet of your own.",
                new Change.CreateAddon(cluster.region(), cluster.name(), Addon.POD_IDENTITY_AGENT)))
        .withStsError(StsError.AGENT_UNREACHABLE);
  }
}
