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
import io.github.eksidentity.core.rules.shared.Clusters;
import java.util.List;

/// Flags a cluster with associations and without the Pod Identity agent.
public final class AssociationAgentMissing implements Rule.OnCluster {
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
                  + " read.")
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
    if (!Clusters.runs(cluster)
        || cluster.associations().isEmpty()
        || cluster.autoMode()
        || cluster.addon(Addon.POD_IDENTITY_AGENT).isPresent()
        || runsAsDaemonSet(cluster)) {
      return Verdict.satisfied();
    }
    boolean podsRead =
        context
            .inventory()
            .coverageOf(Scope.cluster(Scope.Kind.PODS, cluster.region(), cluster.name()))
            .isComplete();
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

  /// The Helm chart may be installed under another name, but its DaemonSet and label keep the
  /// agent's.
  private static boolean runsAsDaemonSet(Cluster cluster) {
    return cluster.kubernetes().pods().stream()
        .anyMatch(
            pod ->
                pod.workload().kind().equals("DaemonSet")
                    && (pod.workload().name().contains(Addon.POD_IDENTITY_AGENT)
                        || Addon.POD_IDENTITY_AGENT.equals(
                            pod.labels().get("app.kubernetes.io/name"))));
  }
}
