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
import io.github.eksidentity.core.index.Binding;
import io.github.eksidentity.core.index.Resource;
import io.github.eksidentity.core.remedy.Change;
import io.github.eksidentity.core.remedy.Remediation;
import io.github.eksidentity.core.rules.shared.BoundPods;
import io.github.eksidentity.core.webhook.CredentialPair;
import java.util.List;
import java.util.Optional;

/// Flags containers in which somebody set one variable of a pair that works only together.
public final class PodPartialEnvironment implements Rule.OnServiceAccount {
  private static final RuleMetadata METADATA =
      rule(
              "pod-partial-environment",
              Severity.CRITICAL,
              Impact.OUTAGE,
              Category.SERVICE_ACCOUNT,
              "Only one variable of a pair is set by hand")
          .why(
              "Where a container sets one of the variables of its binding itself, even to an empty"
                  + " value, EKS's webhook takes it for configured and adds neither, so the other"
                  + " one is missing. A variable of the other mechanism does not keep the webhook"
                  + " away.")
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
    List<BoundPods.Spot> partial =
        bound.where((_, container) -> fault(bound, container).isPresent());
    if (partial.isEmpty()) {
      return bound.where((_, container) -> sdksDiffer(bound, container)).isEmpty()
          ? Verdict.satisfied()
          : Verdict.undecided(
              AwsVariables.TOKEN_FILE
                  + " is set without "
                  + AwsVariables.ROLE_ARN
                  + ": some SDKs stop there, others go on to Pod Identity");
    }
    List<BoundPods.Spot> certain =
        partial.stream().filter(spot -> !mayHaveOther(bound, spot.container())).toList();
    if (certain.isEmpty()) {
      return Verdict.undecided("the container takes further variables from a ConfigMap or Secret");
    }
    return Verdict.violated(
        METADATA.severity(),
        "Pods of %s set one variable of a pair".formatted(bound.named()),
        certain.stream().map(spot -> evidence(bound, spot)).toList(),
        remediation(bound, certain));
  }

  /// What is wrong with a pair, and which of its variables stands alone or is empty.
  private record Fault(CredentialPair pair, String variable, boolean empty) {
    String other() {
      return pair.names().stream().filter(name -> !name.equals(variable)).findFirst().orElseThrow();
    }
  }

  private static Optional<Fault> fault(BoundPods bound, Container container) {
    CredentialPair pair = bound.binding().map(Binding::pair).orElse(CredentialPair.WEB_IDENTITY);
    Optional<Fault> empty =
        pair.names().stream()
            .filter(container::setsEmpty)
            .map(name -> new Fault(pair, name, true))
            .findFirst();
    return switch (pair) {
      case WEB_IDENTITY ->
          bound.binding().isEmpty() && !container.sets(AwsVariables.TOKEN_FILE)
              ? Optional.empty()
              : alone(pair, container)
                  .or(() -> bound.binding().isEmpty() ? Optional.empty() : empty);
      case POD_IDENTITY ->
          container.sets(AwsVariables.CONTAINER_TOKEN)
              ? Optional.empty()
              : alone(pair, container).or(() -> empty);
    };
  }

  private static Optional<Fault> alone(CredentialPair pair, Container container) {
    return pair.alone(container)
        ? pair.names().stream()
            .filter(container::sets)
            .map(name -> new Fault(pair, name, false))
            .findFirst()
        : Optional.empty();
  }

  /// The token file of web identity alone, beside Pod Identity: botocore and the SDK for Go refuse
  /// it, others pass it over.
  private static boolean sdksDiffer(BoundPods bound, Container container) {
    return bound.binding().orElse(null) instanceof Binding.PodIdentity
        && container.sets(AwsVariables.TOKEN_FILE)
        && !container.setsEmpty(AwsVariables.TOKEN_FILE)
        && !container.sets(AwsVariables.ROLE_ARN);
  }

  private static boolean mayHaveOther(BoundPods bound, Container container) {
    return fault(bound, container)
        .filter(fault -> !fault.empty() && container.mayTake(fault.other()))
        .isPresent();
  }

  private static Evidence evidence(BoundPods bound, BoundPods.Spot spot) {
    Fault fault = fault(bound, spot.container()).orElseThrow();
    return fault.empty()
        ? spot.evidence("sets a variable of the pair to nothing")
            .withKey(fault.variable())
            .withValue("")
        : spot.evidence("sets one variable of a pair and not the other")
            .withKey(fault.variable())
            .withClaim(fault.other());
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
                        bound.binding().orElseThrow().pair().names().stream()
                            .filter(spot.container()::sets)
                            .toList()))
            .toList());
  }
}
