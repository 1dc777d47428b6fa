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
import io.github.eksidentity.core.facts.Arn;
import io.github.eksidentity.core.facts.AwsVariables;
import io.github.eksidentity.core.facts.Container;
import io.github.eksidentity.core.facts.Partition;
import io.github.eksidentity.core.index.Binding;
import io.github.eksidentity.core.index.Resource;
import io.github.eksidentity.core.remedy.Change;
import io.github.eksidentity.core.remedy.Remediation;
import io.github.eksidentity.core.rules.shared.BoundPods;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Flags containers whose region belongs to another partition than their role.
public final class PodRegionOfOtherPartition implements Rule.OnServiceAccount {
  private static final Pattern REGION = Pattern.compile("[a-z]{2,4}(?:-[a-z]+)+-\\d");
  private static final List<String> VARIABLES =
      List.of(AwsVariables.REGION, AwsVariables.DEFAULT_REGION);
  private static final RuleMetadata METADATA =
      rule(
              "pod-region-of-other-partition",
              Severity.CRITICAL,
              Impact.OUTAGE,
              Category.SERVICE_ACCOUNT,
              "The region of a container belongs to another partition than its role")
          .why(
              "Each partition of AWS has an STS and an IAM of its own. The SDK asks the STS of the"
                  + " region that the container names, and that one knows neither the provider nor"
                  + " the role. EKS's webhook does not overwrite a region.")
          .risk("STS refuses every call, and the pods get no credentials.")
          .remediation("Let the container name a region of the role's partition.")
          .references(
              "https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/partitions.html",
              "https://docs.aws.amazon.com/sdkref/latest/guide/feature-region.html")
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
    BoundPods bound = BoundPods.of(subject, context);
    List<BoundPods.Spot> wrong =
        bound.where((_, container) -> variable(bound, container).isPresent());
    if (wrong.isEmpty()) {
      return Verdict.satisfied();
    }
    Verdict.Violated violated =
        Verdict.violated(
            METADATA.severity(),
            "Pods of %s name a region of another partition than their role's"
                .formatted(bound.named()),
            wrong.stream().map(spot -> evidence(bound, spot)).toList(),
            new Remediation.Fix(
                "Remove the variables: the webhook sets them to the cluster's region.",
                wrong.stream()
                    .<Change>map(
                        spot ->
                            new Change.RemoveVariables(
                                bound.cluster().arn(),
                                spot.workload(),
                                spot.container().name(),
                                VARIABLES.stream().filter(spot.container()::sets).toList()))
                    .toList()));
    return switch (bound.binding().orElse(null)) {
      case Binding.Irsa irsa -> withIssuer(violated, bound).withRole(irsa.roleArn());
      case Binding.PodIdentity association -> violated.withRole(association.roleArn());
      case null -> withIssuer(violated, bound);
    };
  }

  private static Verdict.Violated withIssuer(Verdict.Violated violated, BoundPods bound) {
    return bound
        .cluster()
        .issuer()
        .map(violated::withNoProviderFor)
        .orElseGet(() -> violated.withStsError(StsError.NOT_AUTHORIZED));
  }

  private static Evidence evidence(BoundPods bound, BoundPods.Spot spot) {
    String name = variable(bound, spot.container()).orElseThrow();
    return spot.evidence("names a region of another partition")
        .withKey(name)
        .withValue(spot.container().literal(name).orElseThrow())
        .withClaim(role(bound, spot.container()).orElseThrow());
  }

  /// The variable that names a region of another partition.
  private static Optional<String> variable(BoundPods bound, Container container) {
    Optional<Partition> own =
        role(bound, container).flatMap(Arn::parse).map(Arn::partition).flatMap(Partition::of);
    return own.flatMap(
        partition ->
            VARIABLES.stream()
                .filter(
                    name ->
                        container
                            .literal(name)
                            .filter(region -> REGION.matcher(region).matches())
                            .filter(region -> Partition.ofRegion(region) != partition)
                            .isPresent())
                .findFirst());
  }

  /// The role that the container has, or gets by its binding.
  private static Optional<String> role(BoundPods bound, Container container) {
    return Stream.of(
            container
                .literal(AwsVariables.ROLE_ARN)
                .filter(_ -> BoundPods.hasWebIdentity(container)),
            bound
                .binding()
                .map(Binding::roleArn)
                .filter(
                    _ ->
                        BoundPods.hasWebIdentity(container) || BoundPods.hasPodIdentity(container)))
        .flatMap(Optional::stream)
        .findFirst();
  }
}
