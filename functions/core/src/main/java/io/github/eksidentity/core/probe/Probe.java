package io.github.eksidentity.core.probe;

import io.github.eksidentity.core.audit.ExplainStep;
import io.github.eksidentity.core.explain.Step;
import io.github.eksidentity.core.facts.Cluster;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The outcome of a probe beside what the configuration says of the same way.
///
/// @param subject `system:serviceaccount:<namespace>:<name>`
/// @param role ARN of the role that was asked for
/// @param audience of the token
/// @param steps of the way to that role by IRSA, from the configuration alone
public record Probe(
    Cluster cluster,
    String subject,
    String role,
    String audience,
    List<Step> steps,
    ProbeOutcome outcome) {
  /// The steps that a probe goes; what comes after STS it does not see.
  private static final Set<ExplainStep> COVERED =
      Set.of(
          ExplainStep.ISSUER,
          ExplainStep.PROVIDER,
          ExplainStep.AUDIENCE,
          ExplainStep.ROLE,
          ExplainStep.TRUST);

  /// What tells an error of STS from others, by the step that it speaks of.
  private static final List<Map.Entry<String, ExplainStep>> MESSAGES =
      List.of(
          Map.entry("No OpenIDConnect provider found", ExplainStep.PROVIDER),
          Map.entry("Incorrect token audience", ExplainStep.AUDIENCE),
          Map.entry("verification key", ExplainStep.ISSUER),
          Map.entry("Not authorized to perform sts:AssumeRoleWithWebIdentity", ExplainStep.TRUST));

  private static final Map<String, ExplainStep> CODES =
      Map.of(
          "AccessDenied", ExplainStep.TRUST,
          "IDPCommunicationError", ExplainStep.ISSUER,
          "InvalidIdentityToken", ExplainStep.PROVIDER,
          "IDPRejectedClaim", ExplainStep.AUDIENCE,
          "RegionDisabledException", ExplainStep.ENDPOINT);

  public Probe {
    steps = List.copyOf(steps);
  }

  /// What the configuration says of the steps that a probe goes.
  public Step.Status expected() {
    List<Step.Status> statuses =
        steps.stream().filter(step -> COVERED.contains(step.kind())).map(Step::status).toList();
    return statuses.contains(Step.Status.BROKEN)
        ? Step.Status.BROKEN
        : statuses.contains(Step.Status.UNKNOWN) ? Step.Status.UNKNOWN : Step.Status.OK;
  }

  /// The step at which STS refused, where its answer tells. A role that does not exist is refused
  /// in the same words as one that does not trust the token.
  public Optional<ExplainStep> refusedAt() {
    if (!(outcome instanceof ProbeOutcome.Refused(String code, String message))) {
      return Optional.empty();
    }
    Optional<ExplainStep> step =
        MESSAGES.stream()
            .filter(entry -> message.contains(entry.getKey()))
            .map(Map.Entry::getValue)
            .findFirst()
            .or(() -> Optional.ofNullable(CODES.get(code)));
    return step.filter(kind -> kind == ExplainStep.TRUST)
        .flatMap(_ -> broken())
        .map(Step::kind)
        .filter(kind -> kind == ExplainStep.ROLE)
        .or(() -> step);
  }

  /// Where probe and configuration contradict one another, in one sentence; empty where they agree
  /// or one of them does not know.
  public Optional<String> disagreement() {
    return switch (outcome) {
      case ProbeOutcome.NotTried _ -> Optional.empty();
      case ProbeOutcome.Proved _ ->
          broken()
              .map(
                  step ->
                      "STS let the service account in, although the configuration that was read"
                          + " says of the step "
                          + step.kind().id()
                          + ": "
                          + step.evidence()
                          + ". It was changed since, or the audit is wrong.");
      case ProbeOutcome.Refused _ ->
          refusedAt()
              .flatMap(this::status)
              .filter(status -> status == Step.Status.OK)
              .map(
                  _ ->
                      "STS refused at the step "
                          + refusedAt().orElseThrow().id()
                          + ", which is in order by the configuration that was read. It was changed"
                          + " since; or a condition on the network, a service or resource control"
                          + " policy, or the policy of a VPC endpoint stands in the way; or the"
                          + " audit is wrong.");
    };
  }

  private Optional<Step> broken() {
    return steps.stream()
        .filter(step -> COVERED.contains(step.kind()))
        .filter(step -> step.status() == Step.Status.BROKEN)
        .findFirst();
  }

  private Optional<Step.Status> status(ExplainStep kind) {
    return steps.stream().filter(step -> step.kind() == kind).map(Step::status).findFirst();
  }
}
