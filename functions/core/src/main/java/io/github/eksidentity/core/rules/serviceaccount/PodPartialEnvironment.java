package io.github.eksidentity.core.rules.serviceaccount;

import static io.github.eksidentity.core.audit.RuleMetadata.rule;

import io.github.eksidentity.core.audit.AuditContext;
import io.github.eksidentity.core.audit.Category;
import io.github.eksidentity.core.audit.ExplainStep;
import io.github.eksidentity.core.audit.Impact;
import io.github.eksidentity.core.audit.Need;
import io.github.eksidentity.core.audit.Rule;
import io.github.eksidentity.core.audit.RuleMetadata;
import io.github.eksidentity.core.audit.Severity;
import io.github.eksidentity.core.audit.Verdict;
import io.github.eksidentity.core.facts.AwsVariables;
import io.github.eksidentity.core.facts.Container;
import io.github.eksidentity.core.index.Resource;
import io.github.eksidentity.core.remedy.Change;
import io.github.eksidentity.core.remedy.Remediation;
import io.github.eksidentity.core.rules.shared.BoundPods;
import java.util.List;
import java.util.Optional;

/// Flags containers in which somebody set one variable of a pair that works only together.
public final class PodPartialEnvironment implements Rule.OnServiceAccount {
  private static final List<List<String>> PAIRS =
      List.of(
          List.of(AwsVariables.ROLE_ARN, AwsVariables.TOKEN_FILE),
          List.of(AwsVariables.CONTAINER_URI, AwsVariables.CONTAINER_TOKEN_FILE));
  private static final RuleMetadata METADATA =
      rule(
              "pod-partial-environment",
              Severity.CRITICAL,
              Impact.OUTAGE,
              Category.SERVICE_ACCOUNT,
              "Only one variable of a pair is set by hand")
          .why(
              "Where a container sets one of the variables itself, EKS's webhook takes it for"
                  + " configured and adds neither, so the other one is missing.")
          .risk("The SDK finds no credentials, or takes those of the node.")
          .remediation("Remove the variable from the template, and let the webhook set both.")
          .references(
              "https://github.com/aws/amazon-eks-pod-identity-webhook/blob/master/pkg/handler/handler.go")
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
    List<BoundPods.Spot> partial = bound.where((_, container) -> single(container).isPresent());
    if (partial.isEmpty()) {
      return Verdict.satisfied();
    }
    if (partial.stream().allMatch(spot -> spot.container().variablesFromElsewhere())) {
      return Verdict.undecided("the container takes further variables from a ConfigMap or Secret");
    }
    List<BoundPods.Spot> certain =
        partial.stream().filter(spot -> !spot.container().variablesFromElsewhere()).toList();
    return Verdict.violated(
        METADATA.severity(),
        "Pods of %s set one variable of a pair".formatted(bound.named()),
        certain.stream()
            .map(
                spot ->
                    spot.evidence("sets one variable of a pair and not the other")
                        .withKey(single(spot.container()).orElseThrow())
                        .withClaim(other(single(spot.container()).orElseThrow())))
            .toList(),
        remediation(bound, certain));
  }

  /// The variable of a pair that stands alone.
  private static Optional<String> single(Container container) {
    return PAIRS.stream()
        .filter(pair -> pair.stream().filter(container::sets).count() == 1)
        .flatMap(List::stream)
        .filter(container::sets)
        .findFirst();
  }

  private static String other(String name) {
    return PAIRS.stream()
        .filter(pair -> pair.contains(name))
        .flatMap(List::stream)
        .filter(one -> !one.equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static Remediation remediation(BoundPods bound, List<BoundPods.Spot> partial) {
    if (bound.binding().isEmpty()) {
      return Remediation.decide(
          "Decide how the pods are to get a role: nothing binds their service account.",
          "Annotate the service account with the role and remove the variable.",
          "Set the other variable too, with a projected token for the audience"
              + " sts.amazonaws.com.");
    }
    return new Remediation.Fix(
        "Remove the variable: the webhook sets both for new pods.",
        partial.stream()
            .<Change>map(
                spot ->
                    new Change.RemoveVariables(
                        bound.cluster().arn(),
                        spot.workload(),
                        spot.container().name(),
                        List.of(single(spot.container()).orElseThrow())))
            .toList());
  }
}
