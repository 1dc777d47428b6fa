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
import io.github.eksidentity.core.index.Binding;
import io.github.eksidentity.core.index.Resource;
import io.github.eksidentity.core.remedy.Remediation;
import io.github.eksidentity.core.rules.shared.BoundPods;
import io.github.eksidentity.core.webhook.CredentialPair;
import io.github.eksidentity.core.webhook.WebhookTrace;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Flags pods whose template names another role than their binding.
public final class PodRoleByHand implements Rule.OnServiceAccount {
  private static final Set<String> AGENT =
      Set.of(Injected.POD_IDENTITY_URI, Injected.POD_IDENTITY_URI_V6);
  private static final RuleMetadata METADATA =
      rule(
              "pod-role-by-hand",
              Severity.HIGH,
              Impact.OUTAGE,
              Category.SERVICE_ACCOUNT,
              "The pod template sets another role than the binding gives")
          .why(
              "The variables of a role stand in the template of the pods. EKS's webhook never"
                  + " overwrites them, so the binding of the service account has no effect, and a"
                  + " restart changes nothing. SDKs take the variables of IRSA before they ask the"
                  + " agent of Pod Identity.")
          .risk(
              "The pods use another role than the one that the binding names: a change of the"
                  + " binding does not reach them.")
          .remediation(
              "Remove the variables from the template, or bring them in line with the binding.")
          .references(
              "https://github.com/aws/amazon-eks-pod-identity-webhook/blob/master/pkg/handler/handler.go",
              "https://docs.aws.amazon.com/sdkref/latest/guide/standardized-credentials.html")
          .breaks(ExplainStep.POD)
          .needs(Need.SERVICE_ACCOUNTS, Need.PODS, Need.ASSOCIATIONS)
          .yieldsTo("pod-wrong-token-path")
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
    List<BoundPods.Spot> byHand =
        bound.where((_, container) -> byHand(binding, container) == Answer.OTHER);
    if (byHand.isEmpty()) {
      return bound.where((_, container) -> byHand(binding, container) == Answer.OPEN).isEmpty()
          ? Verdict.satisfied()
          : Verdict.undecided("the role of a container comes from another object");
    }
    return Verdict.violated(
            METADATA.severity(),
            "The template of pods of %s sets another role than its binding"
                .formatted(bound.named()),
            byHand.stream().map(spot -> evidence(binding, spot)).toList(),
            remediation(binding, byHand))
        .withRole(binding.roleArn());
  }

  private enum Answer {
    /// The template sets nothing, or the role of the binding.
    SAME,
    OTHER,
    /// The template sets something that is not known.
    OPEN
  }

  private static Answer byHand(Binding binding, Container container) {
    boolean webIdentity =
        CredentialPair.WEB_IDENTITY.complete(container)
            && CredentialPair.WEB_IDENTITY.names().stream().noneMatch(container::setsEmpty)
            && !WebhookTrace.wrote(CredentialPair.WEB_IDENTITY, container);
    if (webIdentity) {
      return answer(
          container.literal(AwsVariables.ROLE_ARN).map(role -> role.equals(binding.roleArn())));
    }
    boolean endpoint =
        binding.pair() == CredentialPair.POD_IDENTITY
            && container.sets(AwsVariables.CONTAINER_URI)
            && !container.setsEmpty(AwsVariables.CONTAINER_URI)
            && !CredentialPair.WEB_IDENTITY.complete(container);
    return endpoint
        ? answer(container.literal(AwsVariables.CONTAINER_URI).map(AGENT::contains))
        : Answer.SAME;
  }

  private static Answer answer(Optional<Boolean> same) {
    return same.map(yes -> yes ? Answer.SAME : Answer.OTHER).orElse(Answer.OPEN);
  }

  private static Evidence evidence(Binding binding, BoundPods.Spot spot) {
    boolean role = CredentialPair.WEB_IDENTITY.complete(spot.container());
    String key = role ? AwsVariables.ROLE_ARN : AwsVariables.CONTAINER_URI;
    Evidence evidence =
        spot.evidence(
                role
                    ? "has a role that its template sets"
                    : "has an endpoint that its template sets")
            .withKey(key)
            .withClaim(role ? binding.roleArn() : Injected.POD_IDENTITY_URI);
    return spot.container().literal(key).map(evidence::withValue).orElse(evidence);
  }

  private static Remediation remediation(Binding binding, List<BoundPods.Spot> byHand) {
    String workloads =
        String.join(", ", BoundPods.workloads(byHand).stream().map(one -> one.toString()).toList());
    return Remediation.decide(
        "Decide which role the pods are to have.",
        "For %s: remove %s from the template of %s, and restart it."
            .formatted(
                binding.roleArn(),
                String.join(" and ", CredentialPair.WEB_IDENTITY.names()),
                workloads),
        "For the role of the template: bind the service account to it, so that both say the same.");
  }
}
