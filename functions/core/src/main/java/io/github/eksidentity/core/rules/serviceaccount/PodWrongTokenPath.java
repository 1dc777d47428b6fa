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
import io.github.eksidentity.core.audit.StsError;
import io.github.eksidentity.core.audit.Verdict;
import io.github.eksidentity.core.facts.AwsVariables;
import io.github.eksidentity.core.facts.Container;
import io.github.eksidentity.core.facts.Injected;
import io.github.eksidentity.core.facts.Pod;
import io.github.eksidentity.core.index.Binding;
import io.github.eksidentity.core.index.PodRequests;
import io.github.eksidentity.core.index.Resource;
import io.github.eksidentity.core.remedy.Change;
import io.github.eksidentity.core.remedy.Remediation;
import io.github.eksidentity.core.rules.shared.BoundPods;
import java.util.List;

/// Flags containers that show STS the token of the API server.
public final class PodWrongTokenPath implements Rule.OnServiceAccount {
  private static final RuleMetadata METADATA =
      rule(
              "pod-wrong-token-path",
              Severity.CRITICAL,
              Impact.OUTAGE,
              Category.SERVICE_ACCOUNT,
              "The web identity token is the token of the API server")
          .why(
              "AWS_WEB_IDENTITY_TOKEN_FILE was set by hand to the token that Kubernetes mounts into"
                  + " every pod. That one is for the API server: its audience is not"
                  + " sts.amazonaws.com.")
          .risk("STS refuses the token, and the pods get no credentials.")
          .remediation("Remove the variables, and let the webhook project the right token.")
          .references("https://docs.aws.amazon.com/eks/latest/userguide/pod-configuration.html")
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
    List<BoundPods.Spot> wrong = bound.where(PodWrongTokenPath::showsApiToken);
    if (wrong.isEmpty()) {
      return Verdict.satisfied();
    }
    return Verdict.violated(
            METADATA.severity(),
            "Pods of %s show STS the token of the API server".formatted(bound.named()),
            wrong.stream()
                .map(
                    spot ->
                        spot.evidence("takes the token of the API server")
                            .withKey(AwsVariables.TOKEN_FILE)
                            .withValue(Injected.API_TOKEN_FILE)
                            .withNearest(Injected.IRSA_TOKEN_FILE))
                .toList(),
            remediation(bound, wrong))
        .withStsError(StsError.INCORRECT_AUDIENCE);
  }

  /// A token for STS may be projected to the usual place of the other one.
  private static boolean showsApiToken(Pod pod, Container container) {
    return container
            .literal(AwsVariables.TOKEN_FILE)
            .filter(Injected.API_TOKEN_FILE::equals)
            .isPresent()
        && container.mounts().stream()
            .filter(mount -> Injected.API_TOKEN_FILE.startsWith(mount.path() + "/"))
            .noneMatch(
                mount ->
                    pod.tokens().stream()
                        .filter(token -> token.volume().equals(mount.volume()))
                        .anyMatch(
                            token ->
                                token
                                    .audience()
                                    .filter(PodRequests.DEFAULT_AUDIENCE::equals)
                                    .isPresent()));
  }

  private static Remediation remediation(BoundPods bound, List<BoundPods.Spot> wrong) {
    if (!(bound.binding().orElse(null) instanceof Binding.Irsa)) {
      return Remediation.decide(
          "Decide which role the pods are to have, and annotate their service account with it.",
          "Remove AWS_ROLE_ARN and AWS_WEB_IDENTITY_TOKEN_FILE from the template.");
    }
    return new Remediation.Fix(
        "Remove both variables: the webhook sets them for new pods, with the right token.",
        wrong.stream()
            .<Change>map(
                spot ->
                    new Change.RemoveVariables(
                        bound.cluster().arn(),
                        spot.workload(),
                        spot.container().name(),
                        List.of(AwsVariables.ROLE_ARN, AwsVariables.TOKEN_FILE)))
            .toList());
  }
}
