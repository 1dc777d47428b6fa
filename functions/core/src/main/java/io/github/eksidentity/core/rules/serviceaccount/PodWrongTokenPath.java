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
import io.github.eksidentity.core.webhook.CredentialPair;
import io.github.eksidentity.core.webhook.PodWebhook;
import io.github.eksidentity.core.webhook.TokenFile;
import io.github.eksidentity.core.webhook.WebhookTrace;
import java.util.List;
import java.util.Optional;

/// Flags containers whose token file is none that STS or the agent accepts.
public final class PodWrongTokenPath implements Rule.OnServiceAccount {
  /// Audience of the API server on EKS, which tokens carry that name none.
  private static final String API_SERVER = "https://kubernetes.default.svc";

  private static final RuleMetadata METADATA =
      rule(
              "pod-wrong-token-path",
              Severity.CRITICAL,
              Impact.OUTAGE,
              Category.SERVICE_ACCOUNT,
              "The token file of a container is not a token that is accepted")
          .why(
              "The variable that names the token was set by hand, or the volume on which its path"
                  + " lies is not the one of the webhook: the file is the API server's token, a"
                  + " token for another audience or for none, or it does not exist. On Windows a"
                  + " path of Linux names no file; the webhook writes paths of Windows only where"
                  + " the node selector names the operating system.")
          .risk("STS or the agent refuses the token, and the pods get no credentials.")
          .remediation("Remove the variables, and let the webhook project the right token.")
          .references(
              "https://docs.aws.amazon.com/eks/latest/userguide/pod-configuration.html",
              "https://kubernetes.io/docs/concepts/storage/projected-volumes/",
              "https://github.com/aws/amazon-eks-pod-identity-webhook#readme")
          .breaks(ExplainStep.POD)
          .needs(Need.SERVICE_ACCOUNTS, Need.PODS)
          .refinedBy(Need.ASSOCIATIONS, Need.OIDC, Need.WEBHOOKS)
          .yieldsTo("annotation-audience-mismatch", "pod-unsupported-compute", "pod-role-stale")
          .build();

  @Override
  public RuleMetadata metadata() {
    return METADATA;
  }

  @Override
  public Verdict evaluate(Resource.OfServiceAccount subject, AuditContext context) {
    BoundPods bound = BoundPods.of(subject, context);
    Judge judge = new Judge(bound, context);
    List<BoundPods.Spot> wrong =
        bound.where((pod, container) -> judge.of(pod, container) instanceof Token.Wrong);
    if (wrong.isEmpty()) {
      return bound
          .where((pod, container) -> judge.of(pod, container) instanceof Token.Open)
          .stream()
          .findFirst()
          .<Verdict>map(
              spot ->
                  Verdict.undecided(
                      judge.of(spot.pod(), spot.container()) instanceof Token.Open(String why)
                          ? why
                          : "the token is not known"))
          .orElseGet(Verdict::satisfied);
    }
    Verdict.Violated violated =
        Verdict.violated(
            METADATA.severity(),
            "Pods of %s have a token file that is not accepted".formatted(bound.named()),
            wrong.stream().map(judge::evidence).toList(),
            remediation(bound, wrong));
    return judge.refused(wrong.getFirst())
        ? violated.withStsError(StsError.INCORRECT_AUDIENCE)
        : violated;
  }

  /// What a container finds where it is told that its token is.
  private sealed interface Token {
    /// A token that is accepted, or none is looked for.
    record Right() implements Token {}

    /// No token that is accepted.
    ///
    /// @param token whether there is a token, of which only the audience is wrong
    record Wrong(CredentialPair pair, String path, String why, boolean token) implements Token {}

    /// The pod does not tell.
    record Open(String why) implements Token {}
  }

  private record Judge(BoundPods bound, AuditContext context) {
    Token of(Pod pod, Container container) {
      Optional<CredentialPair> pair = used(container);
      if (pair.isEmpty()) {
        return new Token.Right();
      }
      Optional<String> path = container.literal(pair.get().tokenFile());
      if (path.isEmpty()) {
        return new Token.Open("the path of a container's token comes from another object");
      }
      if (pod.os().windows() && TokenFile.Paths.linux(path.get())) {
        return new Token.Wrong(
            pair.get(), path.get(), "has a path of Linux, and runs on Windows", false);
      }
      return switch (TokenFile.at(path.get(), pod, container)) {
        case TokenFile.None(String why) ->
            new Token.Wrong(pair.get(), path.get(), "has no token: " + why, false);
        case TokenFile.Unknown(String why) -> new Token.Open(why);
        case TokenFile.Projected(Pod.TokenVolume token) ->
            accepted(pair.get(), token.audience())
                ? new Token.Right()
                : new Token.Wrong(
                    pair.get(),
                    path.get(),
                    token
                        .audience()
                        .map(audience -> "has a token for the audience " + audience)
                        .orElse("takes the token of the API server"),
                    true);
      };
    }

    /// The pair that SDKs take: web identity first, then the agent, where it is the agent that they
    /// are told to ask.
    private static Optional<CredentialPair> used(Container container) {
      return CredentialPair.WEB_IDENTITY.complete(container)
              && CredentialPair.WEB_IDENTITY.names().stream().noneMatch(container::setsEmpty)
          ? Optional.of(CredentialPair.WEB_IDENTITY)
          : Optional.of(CredentialPair.POD_IDENTITY)
              .filter(pair -> pair.complete(container))
              .filter(pair -> pair.names().stream().noneMatch(container::setsEmpty))
              .filter(
                  _ ->
                      container
                          .literal(AwsVariables.CONTAINER_URI)
                          .filter(
                              uri ->
                                  uri.equals(Injected.POD_IDENTITY_URI)
                                      || uri.equals(Injected.POD_IDENTITY_URI_V6))
                          .isPresent());
    }

    private boolean accepted(CredentialPair pair, Optional<String> audience) {
      if (pair == CredentialPair.POD_IDENTITY) {
        return audience.filter(Injected.POD_IDENTITY_AUDIENCE::equals).isPresent();
      }
      String carried = audience.orElse(API_SERVER);
      return carried.equals(PodRequests.DEFAULT_AUDIENCE)
          || audience
              .filter(one -> bound.binding().filter(own -> own.audience().equals(one)).isPresent())
              .isPresent()
          || bound
              .cluster()
              .issuer()
              .flatMap(context.index()::providerFor)
              .filter(provider -> provider.clientIds().contains(carried))
              .isPresent();
    }

    Evidence evidence(BoundPods.Spot spot) {
      if (!(of(spot.pod(), spot.container()) instanceof Token.Wrong wrong)) {
        throw new IllegalStateException("only for what is wrong");
      }
      boolean windows = spot.pod().os().windows();
      return spot.evidence(wrong.why())
          .withKey(wrong.pair().tokenFile())
          .withValue(wrong.path())
          .withNearest(wrong.pair().path(windows));
    }

    /// Whether STS is shown a token, which it refuses.
    boolean refused(BoundPods.Spot spot) {
      return of(spot.pod(), spot.container()) instanceof Token.Wrong wrong
          && wrong.token()
          && wrong.pair() == CredentialPair.WEB_IDENTITY;
    }
  }

  private static Remediation remediation(BoundPods bound, List<BoundPods.Spot> wrong) {
    boolean windows = wrong.stream().anyMatch(spot -> spot.pod().os().windows());
    boolean byHand =
        wrong.stream()
            .noneMatch(spot -> bound.webhook().map(one -> wrote(one, spot)).orElse(false));
    if (bound.binding().orElse(null) instanceof Binding.Irsa && byHand && !windows) {
      return new Remediation.Fix(
          "Remove both variables: the webhook sets them for new pods, with the right token.",
          wrong.stream()
              .<Change>map(
                  spot ->
                      new Change.RemoveVariables(
                          bound.cluster().arn(),
                          spot.workload(),
                          spot.container().name(),
                          CredentialPair.WEB_IDENTITY.names()))
              .toList());
    }
    return windows
        ? Remediation.decide(
            "Decide how the pods are sent to Windows: the webhook looks at the node selector only.",
            "Add the node selector kubernetes.io/os: windows to the template.",
            "Set the variables and the volume of the token in the template.")
        : Remediation.decide(
            "Decide which role the pods are to have, and by which token.",
            "Bind their service account to it, and remove the variables and the volume %s from the"
                    .formatted(CredentialPair.WEB_IDENTITY.volume())
                + " template: the webhook adds both.",
            "Project a token for the audience sts.amazonaws.com to the path that the variable"
                + " names.");
  }

  private static boolean wrote(PodWebhook webhook, BoundPods.Spot spot) {
    return WebhookTrace.wrote(webhook.pair(), spot.container());
  }
}
