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
import io.github.eksidentity.core.facts.AwsAnnotations;
import io.github.eksidentity.core.facts.Container;
import io.github.eksidentity.core.facts.Injected;
import io.github.eksidentity.core.facts.Pod;
import io.github.eksidentity.core.index.Resource;
import io.github.eksidentity.core.remedy.Change;
import io.github.eksidentity.core.remedy.Remediation;
import io.github.eksidentity.core.rules.shared.BoundPods;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Flags running pods of a bound service account that lack what the webhook gives them.
public final class PodNotInjected implements Rule.OnServiceAccount {
  private static final RuleMetadata METADATA =
      rule(
              "pod-not-injected",
              Severity.CRITICAL,
              Impact.OUTAGE,
              Category.SERVICE_ACCOUNT,
              "Running pods lack the variables and the token of their role")
          .why(
              "EKS's webhook adds variables and token when a pod is created, never later. It does"
                  + " nothing where the binding came after the pod, where a label or annotation"
                  + " tells it to skip, or where it could not be reached, and nothing says so.")
          .risk("The pods run with the role of the node, or without credentials.")
          .remediation("Restart the workload; remove what tells the webhook to skip it.")
          .references(
              "https://docs.aws.amazon.com/eks/latest/userguide/associate-service-account-role.html",
              "https://github.com/aws/amazon-eks-pod-identity-webhook/blob/master/pkg/handler/handler.go")
          .breaks(ExplainStep.POD)
          .needs(Need.SERVICE_ACCOUNTS, Need.PODS)
          .refinedBy(Need.ASSOCIATIONS, Need.WEBHOOKS)
          .yieldsTo("webhook-missing", "pod-unsupported-compute", "pod-partial-environment")
          .build();

  @Override
  public RuleMetadata metadata() {
    return METADATA;
  }

  @Override
  public Verdict evaluate(Resource.OfServiceAccount subject, AuditContext context) {
    BoundPods bound = BoundPods.of(subject, context);
    List<BoundPods.Spot> bare =
        bound.where(
            (_, container) ->
                !BoundPods.hasWebIdentity(container) && !BoundPods.hasPodIdentity(container));
    if (bound.binding().isEmpty() || bare.isEmpty()) {
      return Verdict.satisfied();
    }
    List<Evidence> evidence = new ArrayList<>();
    bare.forEach(spot -> evidence.add(spot.evidence("has no variables of a role")));
    evidence.addAll(skipped(bound, bare));
    return Verdict.violated(
            METADATA.severity(),
            "Running pods of %s do not carry its role".formatted(bound.named()),
            evidence,
            remediation(bound, bare))
        .withRole(bound.binding().get().roleArn())
        .withConcern(
            subject.cluster().arn(),
            Evidence.of("pods of " + subject.serviceAccount().qualifiedName() + " go without"));
  }

  /// What tells the webhook to leave a pod or container alone.
  private static List<Evidence> skipped(BoundPods bound, List<BoundPods.Spot> bare) {
    List<Evidence> evidence = new ArrayList<>();
    for (Pod pod : bound.pods()) {
      if (BoundPods.workloads(bare).contains(pod.workload())) {
        if (pod.labels().containsKey(Injected.SKIP_LABEL)) {
          evidence.add(
              Evidence.of("a label of %s tells the webhook to skip it".formatted(pod.workload()))
                  .withKey(Injected.SKIP_LABEL)
                  .withValue(String.valueOf(pod.labels().get(Injected.SKIP_LABEL))));
        }
        if (skips(pod)) {
          evidence.add(
              Evidence.of("an annotation of %s names the container".formatted(pod.workload()))
                  .withKey(AwsAnnotations.SKIP_CONTAINERS)
                  .withValue(
                      String.valueOf(pod.annotations().get(AwsAnnotations.SKIP_CONTAINERS))));
        }
      }
    }
    return evidence.stream().distinct().toList();
  }

  /// The webhook takes the list apart at its commas and trims nothing.
  private static boolean skips(Pod pod) {
    String list = pod.annotations().getOrDefault(AwsAnnotations.SKIP_CONTAINERS, "");
    List<String> names = Arrays.asList(list.split(",", -1));
    return pod.containers().stream().map(Container::name).anyMatch(names::contains);
  }

  private static Remediation remediation(BoundPods bound, List<BoundPods.Spot> bare) {
    List<Pod.Workload> workloads = BoundPods.workloads(bare);
    boolean labelled =
        bound.pods().stream()
            .filter(pod -> workloads.contains(pod.workload()))
            .anyMatch(pod -> pod.labels().containsKey(Injected.SKIP_LABEL));
    if (labelled) {
      return Remediation.decide(
          "Decide whether the pods are to have the role; their label says that they are not.",
          "Remove the label " + Injected.SKIP_LABEL + " from the template of the workload.",
          "Let the workload run with another service account.");
    }
    List<Change> unskipped =
        bound.pods().stream()
            .filter(pod -> workloads.contains(pod.workload()) && skips(pod))
            .map(Pod::workload)
            .distinct()
            .<Change>map(
                workload ->
                    new Change.RemovePodAnnotation(
                        bound.cluster().arn(), workload, AwsAnnotations.SKIP_CONTAINERS))
            .toList();
    if (!unskipped.isEmpty()) {
      return new Remediation.Fix(
          "Remove the annotation, so that new pods get the role in every container.", unskipped);
    }
    return bound.restart("Restart the workload: new pods get variables and token.", workloads);
  }
}
