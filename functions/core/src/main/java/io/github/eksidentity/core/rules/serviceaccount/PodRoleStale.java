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
import io.github.eksidentity.core.facts.AwsVariables;
import io.github.eksidentity.core.facts.Container;
import io.github.eksidentity.core.facts.Pod;
import io.github.eksidentity.core.index.Binding;
import io.github.eksidentity.core.index.Resource;
import io.github.eksidentity.core.remedy.Remediation;
import io.github.eksidentity.core.rules.shared.BoundPods;
import io.github.eksidentity.core.webhook.CredentialPair;
import io.github.eksidentity.core.webhook.TokenFile;
import io.github.eksidentity.core.webhook.WebhookTrace;
import java.util.List;
import java.util.Optional;

/// Flags running pods that still carry another role than their binding gives now.
public final class PodRoleStale implements Rule.OnServiceAccount {
  private static final String SUMMARY = "has another role than its binding gives";
  private static final RuleMetadata METADATA =
      rule(
              "pod-role-stale",
              Severity.HIGH,
              Impact.OUTAGE,
              Category.SERVICE_ACCOUNT,
              "Running pods carry another role than their binding gives now")
          .why(
              "A pod keeps the role, and the audience of its token, that it got when it was"
                  + " created. A change of the annotations, a new association beside them, or the"
                  + " end of both counts for pods that are created afterwards.")
          .risk(
              "The pods go on with the old role: they lack new permissions, or keep rights that"
                  + " were meant to be taken away.")
          .remediation("Restart the workload.")
          .references(
              "https://docs.aws.amazon.com/eks/latest/userguide/pod-configuration.html",
              "https://github.com/aws/amazon-eks-pod-identity-webhook/blob/master/pkg/handler/handler.go")
          .breaks(ExplainStep.POD)
          .needs(Need.SERVICE_ACCOUNTS, Need.PODS, Need.ASSOCIATIONS)
          .refinedBy(Need.WEBHOOKS)
          .yieldsTo("webhook-missing")
          .build();

  @Override
  public RuleMetadata metadata() {
    return METADATA;
  }

  @Override
  public Verdict evaluate(Resource.OfServiceAccount subject, AuditContext context) {
    BoundPods bound = BoundPods.of(subject, context);
    List<BoundPods.Spot> stale =
        bound.where((pod, container) -> fault(bound, pod, container).isPresent());
    if (stale.isEmpty()) {
      return Verdict.satisfied();
    }
    List<Pod.Workload> workloads = BoundPods.workloads(stale);
    Verdict.Violated violated =
        Verdict.violated(
            METADATA.severity(),
            bound.binding().isPresent()
                ? "Running pods of %s carry an old role".formatted(bound.named())
                : "Running pods of %s carry a role that nothing gives them any more"
                    .formatted(bound.named()),
            stale.stream()
                .map(spot -> fault(bound, spot.pod(), spot.container()).orElseThrow())
                .toList(),
            bound.binding().isPresent()
                ? bound.restart(
                    "Restart the workload: new pods get the role of the binding.", workloads)
                : gone(workloads));
    Optional<String> role =
        bound.binding().map(Binding::roleArn).or(() -> role(stale.getFirst().container()));
    violated = role.map(violated::withRole).orElse(violated);
    return stale.stream().anyMatch(spot -> bound.concernsConfiguration(spot.pod()))
        ? violated.withConcern(
            subject.cluster().arn(),
            Evidence.of(
                "pods of " + subject.serviceAccount().qualifiedName() + " keep an old role"))
        : violated;
  }

  /// What the webhook gave a container and would not give it now.
  private static Optional<Evidence> fault(BoundPods bound, Pod pod, Container container) {
    boolean irsa = WebhookTrace.wrote(CredentialPair.WEB_IDENTITY, container);
    boolean podIdentity = WebhookTrace.wrote(CredentialPair.POD_IDENTITY, container);
    Evidence evidence = new BoundPods.Spot(pod, container).evidence(SUMMARY);
    if (bound.binding().isEmpty()) {
      return irsa || podIdentity
          ? Optional.of(
              new BoundPods.Spot(pod, container)
                  .evidence("has a role, and its service account has no binding any more")
                  .withKey(irsa ? AwsVariables.ROLE_ARN : AwsVariables.CONTAINER_URI)
                  .withValue(
                      container
                          .literal(irsa ? AwsVariables.ROLE_ARN : AwsVariables.CONTAINER_URI)
                          .orElse("")))
          : Optional.empty();
    }
    return switch (bound.binding().get()) {
      case Binding.Irsa binding ->
          irsa
              ? changed(binding, pod, container)
              : podIdentity && !BoundPods.hasWebIdentity(container)
                  ? Optional.of(
                      evidence.withKey(AwsVariables.ROLE_ARN).withClaim(binding.roleArn()))
                  : Optional.empty();
      case Binding.PodIdentity binding ->
          irsa && !BoundPods.hasPodIdentity(container)
              ? Optional.of(
                  withValue(evidence, role(container))
                      .withKey(AwsVariables.ROLE_ARN)
                      .withClaim(binding.roleArn()))
              : Optional.empty();
    };
  }

  private static Optional<Evidence> changed(Binding.Irsa binding, Pod pod, Container container) {
    Optional<String> role = role(container);
    BoundPods.Spot spot = new BoundPods.Spot(pod, container);
    if (role.filter(one -> !one.equals(binding.roleArn())).isPresent()) {
      return Optional.of(
          withValue(spot.evidence(SUMMARY), role)
              .withKey(AwsVariables.ROLE_ARN)
              .withClaim(binding.roleArn()));
    }
    return container
        .literal(AwsVariables.TOKEN_FILE)
        .map(path -> TokenFile.at(path, pod, container))
        .flatMap(
            found ->
                found instanceof TokenFile.Projected(Pod.TokenVolume token)
                    ? token.audience()
                    : Optional.empty())
        .filter(audience -> !audience.equals(binding.audience()))
        .map(
            audience ->
                spot.evidence("has a token for another audience than its binding gives")
                    .withKey(AwsAnnotations.AUDIENCE)
                    .withValue(audience)
                    .withClaim(binding.audience()));
  }

  private static Optional<String> role(Container container) {
    return container.literal(AwsVariables.ROLE_ARN);
  }

  private static Evidence withValue(Evidence evidence, Optional<String> value) {
    return value.map(evidence::withValue).orElse(evidence);
  }

  private static Remediation gone(List<Pod.Workload> workloads) {
    return Remediation.decide(
        "Decide whether the pods are to keep the role: the next ones will not have it.",
        "If they are, annotate the service account with the role, or make an association.",
        "If they are not, restart %s."
            .formatted(String.join(", ", workloads.stream().map(Pod.Workload::toString).toList())));
  }
}
