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
import io.github.eksidentity.core.facts.HealthIssue;
import io.github.eksidentity.core.remedy.Remediation;
import io.github.eksidentity.core.rules.shared.Clusters;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/// Flags a Pod Identity agent that EKS reports as failed or unhealthy.
public final class AssociationAgentUnhealthy implements Rule.OnCluster {
  private static final Set<String> UNHEALTHY =
      Set.of("DEGRADED", "CREATE_FAILED", "UPDATE_FAILED", "DELETE_FAILED");

  private static final RuleMetadata METADATA =
      rule(
              "association-agent-unhealthy",
              Severity.HIGH,
              Impact.OUTAGE,
              Category.POD_IDENTITY,
              "EKS reports the Pod Identity agent of the cluster as unhealthy")
          .why(
              "The add-on is degraded, could not be installed or updated, or has health issues."
                  + " Often the agent cannot start because IPv6 is switched off on the nodes. EKS"
                  + " has been seen to report DEGRADED while every pod of the agent was ready.")
          .risk("Pods on the nodes concerned get no credentials.")
          .remediation("Look at the add-on's health issues and at the agent's pods.")
          .references(
              "https://docs.aws.amazon.com/eks/latest/userguide/pod-id-agent-setup.html",
              "https://docs.aws.amazon.com/eks/latest/userguide/pod-id-agent-config-ipv6.html",
              "https://docs.aws.amazon.com/eks/latest/APIReference/API_AddonIssue.html")
          .doubts(ExplainStep.ENDPOINT)
          .needs(Need.ASSOCIATIONS, Need.ADDONS)
          .build();

  @Override
  public RuleMetadata metadata() {
    return METADATA;
  }

  @Override
  public Verdict evaluate(Cluster cluster, AuditContext context) {
    if (!Clusters.runs(cluster) || cluster.associations().isEmpty() || cluster.autoMode()) {
      return Verdict.satisfied();
    }
    return cluster
        .addon(Addon.POD_IDENTITY_AGENT)
        .filter(agent -> UNHEALTHY.contains(agent.status()) || !agent.health().isEmpty())
        .map(agent -> violated(cluster, agent))
        .orElseGet(Verdict::satisfied);
  }

  private static Verdict violated(Cluster cluster, Addon agent) {
    List<Evidence> evidence = new ArrayList<>();
    evidence.add(
        Evidence.of("EKS reports this status; the agent's pods may be ready all the same")
            .withKey("status")
            .withValue(agent.status()));
    agent.health().stream()
        .sorted(Comparator.comparing(HealthIssue::code).thenComparing(HealthIssue::message))
        .forEach(
            issue ->
                evidence.add(
                    Evidence.of(issue.message()).withKey("health").withValue(issue.code())));
    String options =
        " --cluster-name "
            + cluster.name()
            + " --region "
            + cluster.region()
            + " --addon-name "
            + agent.name();
    return Verdict.violated(
            METADATA.severity(),
            "EKS reports the Pod Identity agent of cluster " + cluster.name() + " as unhealthy",
            evidence,
            Remediation.decide(
                "Find out whether the agent's pods run; what stands against them is not in the"
                    + " account's data.",
                "kubectl --namespace kube-system get pods --selector"
                    + " app.kubernetes.io/name=eks-pod-identity-agent",
                "Where the agent crashes because the nodes have no IPv6: aws eks update-addon"
                    + options
                    + " --configuration-values"
                    + " '{\"agent\":{\"additionalArgs\":{\"-b\":\"169.254.170.23\"}}}'",
                "Otherwise bring it to the default version: aws eks update-addon" + options))
        .withStsError(StsError.AGENT_UNREACHABLE);
  }
}
