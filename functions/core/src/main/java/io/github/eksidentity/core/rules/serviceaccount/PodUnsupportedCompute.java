package io.github.eksidentity.core.rules.serviceaccount;

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
import io.github.eksidentity.core.facts.Pod;
import io.github.eksidentity.core.index.Binding;
import io.github.eksidentity.core.index.Resource;
import io.github.eksidentity.core.remedy.Remediation;
import io.github.eksidentity.core.rules.shared.BoundPods;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Flags pods of an association that run where no agent does.
public final class PodUnsupportedCompute implements Rule.OnServiceAccount {
  private static final RuleMetadata METADATA =
      rule(
              "pod-unsupported-compute",
              Severity.CRITICAL,
              Impact.OUTAGE,
              Category.SERVICE_ACCOUNT,
              "Pods of an association run on compute without an agent")
          .why(
              "Pod Identity needs its agent on the node. Fargate runs no DaemonSets, and the agent"
                  + " runs on Linux only, so nothing answers the pod's SDK there.")
          .risk("The pods get no credentials.")
          .remediation("Use IRSA for these pods, or run them on EC2 nodes.")
          .references(
              "https://docs.aws.amazon.com/eks/latest/userguide/pod-identities.html",
              "https://docs.aws.amazon.com/eks/latest/userguide/fargate.html")
          .breaks(ExplainStep.ENDPOINT)
          .needs(Need.SERVICE_ACCOUNTS, Need.PODS, Need.ASSOCIATIONS)
          .build();

  @Override
  public RuleMetadata metadata() {
    return METADATA;
  }

  @Override
  public Verdict evaluate(Resource.OfServiceAccount subject, AuditContext context) {
    BoundPods bound = BoundPods.of(subject, context);
    if (!(bound.binding().orElse(null) instanceof Binding.PodIdentity binding)) {
      return Verdict.satisfied();
    }
    List<Pod.Workload> onFargate = workloads(bound, Pod::onFargate);
    List<Pod.Workload> onWindows =
        workloads(bound, pod -> pod.os().windows() && !pod.onFargate() && asksAgent(pod));
    if (onFargate.isEmpty() && onWindows.isEmpty()) {
      return bound.pods().stream().anyMatch(pod -> pod.os().windows())
          ? Verdict.undecided(
              "pods run on Windows, where Pod Identity has no agent, and do not ask it yet")
          : Verdict.satisfied();
    }
    String compute =
        onFargate.isEmpty() ? "Windows" : onWindows.isEmpty() ? "Fargate" : "Fargate and Windows";
    return Verdict.violated(
            METADATA.severity(),
            "Pods of %s run on %s, where Pod Identity has no agent"
                .formatted(bound.named(), compute),
            Stream.concat(
                    onFargate.stream().map(workload -> Evidence.of(workload + " runs on Fargate")),
                    onWindows.stream().map(workload -> Evidence.of(workload + " runs on Windows")))
                .toList(),
            Remediation.decide(
                "Decide where the pods are to run, or by which mechanism they get the role.",
                "Annotate the service account with a role for IRSA and delete the association.",
                "Keep the workload off Fargate by the selectors of the Fargate profile, and on"
                    + " nodes of Linux."))
        .withStsError(StsError.AGENT_UNREACHABLE)
        .withRole(binding.roleArn());
  }

  private static boolean asksAgent(Pod pod) {
    return pod.containers().stream().anyMatch(BoundPods::hasPodIdentity);
  }

  private static List<Pod.Workload> workloads(BoundPods bound, Predicate<Pod> test) {
    return bound.pods().stream().filter(test).map(Pod::workload).distinct().toList();
  }
}
