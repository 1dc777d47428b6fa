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
import io.github.eksidentity.core.remedy.Remediation;
import io.github.eksidentity.core.rules.shared.BoundPods;
import io.github.eksidentity.core.webhook.Admission;
import io.github.eksidentity.core.webhook.CredentialPair;
import io.github.eksidentity.core.webhook.PodWebhook;
import io.github.eksidentity.core.webhook.WebhookTrace;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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
                  + " tells it to skip, or where it could not be reached, and nothing says so."
                  + " Containers that eks.amazonaws.com/skip-containers names are left out on"
                  + " purpose: that is a finding, of medium severity, only where no application"
                  + " container of the pod has the role. So is a pod with the label"
                  + " eks.amazonaws.com/skip-pod-identity-webhook.")
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
    Optional<PodWebhook> webhook = bound.webhook();
    if (webhook.isEmpty()) {
      return Verdict.satisfied();
    }
    List<BoundPods.Spot> missed =
        bound.where((pod, container) -> missed(bound, webhook.get(), pod, container));
    List<BoundPods.Spot> skipped =
        bound.where((pod, container) -> skipped(bound, webhook.get(), pod, container));
    if (missed.isEmpty() && skipped.isEmpty()) {
      return Verdict.satisfied();
    }
    List<Evidence> evidence = new ArrayList<>();
    missed.forEach(spot -> evidence.add(spot.evidence("has no variables of a role")));
    skipped.forEach(spot -> evidence.add(skipped(bound, spot)));
    Verdict.Violated violated =
        Verdict.violated(
                missed.isEmpty() ? Severity.MEDIUM : METADATA.severity(),
                "Running pods of %s do not carry its role".formatted(bound.named()),
                evidence.stream().distinct().toList(),
                remediation(bound, missed, skipped))
            .withRole(bound.binding().orElseThrow().roleArn());
    return missed.stream().anyMatch(spot -> bound.concernsConfiguration(spot.pod()))
        ? violated.withConcern(
            subject.cluster().arn(),
            Evidence.of("pods of " + subject.serviceAccount().qualifiedName() + " go without"))
        : violated;
  }

  /// Whether the webhook would give this container its role if the pod were made now. Where it gave
  /// it to another container of the pod, this one was added after the webhook was asked.
  private static boolean missed(BoundPods bound, PodWebhook webhook, Pod pod, Container container) {
    return (bound.asked(pod) || bound.leftOutByConfiguration(pod))
        && webhook.admitAsked(pod).to(container).gives(webhook.pair())
        && !WebhookTrace.wrote(other(webhook.pair()), container)
        && !(WebhookTrace.wrote(webhook.pair(), pod) && hasRole(webhook, pod));
  }

  private static CredentialPair other(CredentialPair pair) {
    return pair == CredentialPair.WEB_IDENTITY
        ? CredentialPair.POD_IDENTITY
        : CredentialPair.WEB_IDENTITY;
  }

  private static boolean hasRole(PodWebhook webhook, Pod pod) {
    return pod.containers().stream().anyMatch(one -> !one.init() && webhook.pair().complete(one));
  }

  /// Whether a container is kept from the role by the pod's own word, and no application container
  /// has it or would get it.
  private static boolean skipped(
      BoundPods bound, PodWebhook webhook, Pod pod, Container container) {
    if (container.init() || bound.leftOutByConfiguration(pod)) {
      return false;
    }
    Admission admission = bound.asked(pod) ? webhook.admitAsked(pod) : Admission.NONE;
    return pod.containers().stream()
        .filter(one -> !one.init())
        .allMatch(
            one -> webhook.pair().count(one) == 0 && !admission.to(one).gives(webhook.pair()));
  }

  private static Evidence skipped(BoundPods bound, BoundPods.Spot spot) {
    return bound.asked(spot.pod())
        ? spot.evidence("is named by an annotation of its pod")
            .withKey(AwsAnnotations.SKIP_CONTAINERS)
            .withValue(spot.pod().annotations().getOrDefault(AwsAnnotations.SKIP_CONTAINERS, ""))
        : Evidence.of("a label of %s tells the webhook to skip it".formatted(spot.workload()))
            .withKey(Injected.SKIP_LABEL)
            .withValue(spot.pod().labels().getOrDefault(Injected.SKIP_LABEL, ""));
  }

  private static Remediation remediation(
      BoundPods bound, List<BoundPods.Spot> missed, List<BoundPods.Spot> skipped) {
    if (missed.isEmpty()) {
      return Remediation.decide(
          "Decide whether the pods are to have the role.",
          "If they are, remove the label or the annotation from the template of the workload.",
          "If they are not, let them run with a service account that has no role.");
    }
    List<Pod.Workload> workloads = BoundPods.workloads(missed);
    return skipped.isEmpty()
        ? bound.restart("Restart the workload: new pods get variables and token.", workloads)
        : bound.restart(
            "Restart the workload: new pods get variables and token. Others are kept from the role"
                + " by their own label or annotation.",
            workloads);
  }
}
