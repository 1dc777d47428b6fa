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
import io.github.eksidentity.core.facts.AwsVariables;
import io.github.eksidentity.core.facts.Container;
import io.github.eksidentity.core.facts.Injected;
import io.github.eksidentity.core.facts.Pod;
import io.github.eksidentity.core.index.Binding;
import io.github.eksidentity.core.index.Resource;
import io.github.eksidentity.core.rules.shared.BoundPods;
import java.util.List;

/// Flags running pods that still carry another role than their binding gives now.
public final class PodRoleStale implements Rule.OnServiceAccount {
  private static final RuleMetadata METADATA =
      rule(
              "pod-role-stale",
              Severity.HIGH,
              Impact.OUTAGE,
              Category.SERVICE_ACCOUNT,
              "Running pods carry another role than their binding gives now")
          .why(
              "A pod keeps the role that it got when it was created. A change of the annotation, or"
                  + " a new association beside it, counts for pods that are created afterwards.")
          .risk(
              "The pods go on with the old role: they lack new permissions, or keep rights that"
                  + " were meant to be taken away.")
          .remediation("Restart the workload.")
          .references(
              "https://docs.aws.amazon.com/eks/latest/userguide/pod-configuration.html",
              "https://github.com/aws/amazon-eks-pod-identity-webhook/blob/master/pkg/handler/handler.go")
          .breaks(ExplainStep.POD)
          .needs(Need.SERVICE_ACCOUNTS, Need.PODS)
          .refinedBy(Need.ASSOCIATIONS, Need.WEBHOOKS)
          .yieldsTo("webhook-missing")
          .build();

  @Override
  public RuleMetadata metadata() {
    return METADATA;
  }

  @Override
  public Verdict evaluate(Resource.OfServiceAccount subject, AuditContext context) {
    BoundPods bound = BoundPods.of(subject, context);
    if (bound.binding().isEmpty()) {
      return Verdict.satisfied();
    }
    Binding binding = bound.binding().get();
    List<BoundPods.Spot> stale = bound.where((pod, container) -> isStale(binding, pod, container));
    if (stale.isEmpty()) {
      return Verdict.satisfied();
    }
    return Verdict.violated(
            METADATA.severity(),
            "Running pods of %s carry an old role".formatted(bound.named()),
            stale.stream().map(spot -> evidence(spot, binding)).toList(),
            bound.restart(
                "Restart the workload: new pods get the role of the binding.",
                BoundPods.workloads(stale)))
        .withRole(binding.roleArn())
        .withConcern(
            subject.cluster().arn(),
            Evidence.of(
                "pods of " + subject.serviceAccount().qualifiedName() + " keep an old role"));
  }

  private static boolean isStale(Binding binding, Pod pod, Container container) {
    return switch (binding) {
      case Binding.Irsa irsa ->
          BoundPods.hasPodIdentity(container)
              || (injectedRole(pod, container)
                  && container
                      .literal(AwsVariables.ROLE_ARN)
                      .filter(role -> !role.equals(irsa.roleArn()))
                      .isPresent());
      case Binding.PodIdentity _ ->
          injectedRole(pod, container) && !BoundPods.hasPodIdentity(container);
    };
  }

  /// Whether the webhook wrote the role of IRSA, and not the template.
  private static boolean injectedRole(Pod pod, Container container) {
    return container.sets(AwsVariables.ROLE_ARN)
        && container
            .literal(AwsVariables.TOKEN_FILE)
            .filter(Injected.IRSA_TOKEN_FILE::equals)
            .isPresent()
        && pod.tokens().stream().anyMatch(token -> token.volume().equals(Injected.IRSA_VOLUME));
  }

  private static Evidence evidence(BoundPods.Spot spot, Binding binding) {
    Evidence evidence =
        spot.evidence("has another role than its binding gives")
            .withKey(AwsVariables.ROLE_ARN)
            .withClaim(binding.roleArn());
    return spot.container()
        .literal(AwsVariables.ROLE_ARN)
        .map(evidence::withValue)
        .orElse(evidence);
  }
}
