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
import io.github.eksidentity.core.audit.Verdict;
import io.github.eksidentity.core.facts.Pod;
import io.github.eksidentity.core.facts.ServiceAccount;
import io.github.eksidentity.core.index.Binding;
import io.github.eksidentity.core.index.ClusterIndex;
import io.github.eksidentity.core.index.Resource;
import io.github.eksidentity.core.remedy.Change;
import io.github.eksidentity.core.remedy.Remediation;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Flags a bound service account that its workload seems to have forgotten.
public final class PodWrongServiceAccount implements Rule.OnServiceAccount {
  /// The id under which other rooms look up this rule's findings.
  public static final String ID = "pod-wrong-service-account";

  private static final List<String> NAME_LABELS = List.of("app.kubernetes.io/name", "app");
  private static final RuleMetadata METADATA =
      rule(
              ID,
              Severity.MEDIUM,
              Impact.OUTAGE,
              Category.SERVICE_ACCOUNT,
              "A workload does not run with the service account made for it")
          .why(
              "The pod's template names no service account, so Kubernetes takes the namespace's"
                  + " default one, or it names another. The one with the role stays unused beside"
                  + " it.")
          .risk("The pods run with the role of the node, or without credentials.")
          .remediation("Set serviceAccountName in the template of the workload.")
          .references(
              "https://docs.aws.amazon.com/eks/latest/userguide/pod-configuration.html",
              "https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/")
          .breaks(ExplainStep.POD)
          .needs(Need.SERVICE_ACCOUNTS, Need.PODS)
          .refinedBy(Need.ASSOCIATIONS)
          .build();

  @Override
  public RuleMetadata metadata() {
    return METADATA;
  }

  @Override
  public Verdict evaluate(Resource.OfServiceAccount subject, AuditContext context) {
    ClusterIndex there = context.index().in(subject.cluster());
    ServiceAccount account = subject.serviceAccount();
    Optional<Binding> binding = there.binding(account.subject());
    if (binding.isEmpty() || !there.pods(account.subject()).isEmpty()) {
      return Verdict.satisfied();
    }
    List<Pod> strays =
        subject.cluster().kubernetes().pods().stream()
            .filter(Pod::running)
            .filter(pod -> pod.namespace().equals(account.namespace()))
            .filter(pod -> isNamed(pod, account.name()))
            .filter(pod -> there.binding(pod.subject()).isEmpty())
            .toList();
    if (strays.isEmpty()) {
      return Verdict.satisfied();
    }
    List<Pod.Workload> workloads = strays.stream().map(Pod::workload).distinct().toList();
    return Verdict.violated(
            METADATA.severity(),
            "The pods of %s do not run with %s of cluster %s, which has the role"
                .formatted(workloads.getFirst(), account.qualifiedName(), subject.cluster().name()),
            strays.stream()
                .map(
                    pod ->
                        Evidence.of(pod.workload() + " runs with another service account")
                            .withKey("serviceAccountName")
                            .withValue(pod.serviceAccount())
                            .withNearest(account.name()))
                .distinct()
                .toList(),
            new Remediation.Fix(
                "Let the workload run with the service account that has the role.",
                workloads.stream()
                    .<Change>map(
                        workload ->
                            new Change.SetServiceAccount(
                                subject.cluster().arn(), workload, account.name()))
                    .toList()))
        .withRole(binding.get().roleArn());
  }

  private static boolean isNamed(Pod pod, String name) {
    return Stream.concat(
            Stream.of(pod.workload().name()),
            NAME_LABELS.stream().flatMap(label -> Stream.ofNullable(pod.labels().get(label))))
        .anyMatch(name::equals);
  }
}
