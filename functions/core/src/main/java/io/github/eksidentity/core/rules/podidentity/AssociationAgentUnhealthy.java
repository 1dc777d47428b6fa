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
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Flags a Pod Identity agent that EKS reports as failed or unhealthy.
public final class AssociationAgentUnhealthy implements Rule.OnCluster {
  private static final Set<String> UNHEALTHY =
      Set.of("DEGRADED", "CREATE_FAILED", "UPDATE_FAILED", "DELETE_FAILED");

  private static final int MOST_NAMED = 20;

  private static final RuleMetadata METADATA =
      rule(
              "association-agent-unhealthy",
              Severity.HIGH,
              Impact.OUTAGE,
              Category.POD_IDENTITY,
              "The Pod Identity agent of the cluster is unhealthy")
          .why(
              "A healthy add-on is no proof of a running agent: where the pods were read, the"
                  + " agent's pod must be ready on every node that has associated pods. The add-on"
                  + " is degraded, could not be installed or updated, or has health issues. Often"
                  + " the agent cannot start because IPv6 is switched off on the nodes. EKS has"
                  + " been seen to report DEGRADED while every pod of the agent was ready.")
          .risk("Pods on the nodes concerned get no credentials.")
          .remediation("Look at the add-on's health issues and at the agent's pods.")
          .references(
              "https://docs.aws.amazon.com/eks/latest/userguide/pod-id-agent-setup.html",
              "https://docs.aws.amazon.com/eks/latest/userguide/pod-id-agent-config-ipv6.html",
              "https://docs.aws.amazon.com/eks/latest/APIReference/API_AddonIssue.html")
          .doubts(ExplainStep.ENDPOINT)
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
    Optional<Addon> unhealthy =
        cluster
            .addon(Addon.POD_IDENTITY_AGENT)
            .filter(_ -> !cluster.autoMode())
            .filter(agent -> UNHEALTHY.contains(agent.status()) || !agent.health().isEmpty());
    if (unhealthy.isPresent()) {
      return violated(cluster, unhealthy.get(), pods);
    }
    return pods.broken().isEmpty() ? Verdict.satisfied() : notReady(cluster, pods);
  }

  private static List<Evidence> onNodes(AgentPods pods) {
    return pods.broken().stream()
        .limit(MOST_NAMED)
        .map(
            node ->
                Evidence.of(
                        "the agent's pod on this node is not ready, and associated pods are there")
                    .withKey("node")
                    .withValue(node)
                    .withClaim(pods.example(node).orElse(""))
                    .passing())
        .toList();
  }

  private static Verdict notReady(Cluster cluster, AgentPods pods) {
    return Verdict.violated(
            METADATA.severity(),
            "Pods of the Pod Identity agent of cluster %s are not ready".formatted(cluster.name()),
            onNodes(pods),
            Remediation.decide(
                "Find out why the agent's pods do not start.",
                "kubectl --namespace kube-system get pods --output wide --selector"
                    + " app.kubernetes.io/name=eks-pod-identity-agent",
                "kubectl --namespace kube-system logs --previous --selector"
                    + " app.kubernetes.io/name=eks-pod-identity-agent"))
        .withStsError(StsError.AGENT_UNREACHABLE);
  }

  private static Verdict violated(Cluster cluster, Addon agent, AgentPods pods) {
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
    evidence.addAll(onNodes(pods));
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
