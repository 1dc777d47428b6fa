package io.github.eksidentity.core.policy.parse;

import io.github.eksidentity.core.json.Position;
import io.github.eksidentity.core.policy.tree.Effect;
import io.github.eksidentity.core.policy.tree.PrincipalKind;
import io.github.eksidentity.core.policy.tree.Statement;
import io.github.eksidentity.core.policy.tree.TrustPolicy;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What IAM stores although no pod can use it as it is meant, seen from the document alone: it
/// allows nothing, or it has one half of what EKS Pod Identity needs. What takes a look at the
/// account besides is said by the rules.
///
/// Documented at <https://docs.aws.amazon.com/eks/latest/userguide/pod-id-role.html>.
final class DocumentChecks {
  private static final String NOT_AUTHORIZED =
      "AccessDenied: Not authorized to perform sts:AssumeRoleWithWebIdentity";
  private static final String NO_CREDENTIALS =
      "AccessDeniedException from EKS Auth; the SDK reports that it could not load credentials from"
          + " the container endpoint";
  private static final String PODS = "pods.eks.amazonaws.com";
  private static final String CONTROL_PLANE = "eks.amazonaws.com";
  private static final String ASSUME = "sts:assumerole";
  private static final String TAG = "sts:tagsession";

  private final TrustPolicy policy;
  private final List<Statement> allows;

  private DocumentChecks(TrustPolicy policy) {
    this.policy = policy;
    this.allows =
        policy.statements(Effect.ALLOW).stream()
            .filter(statement -> !statement.principals().negated())
            .toList();
  }

  /// What is wrong with a policy that IAM stores.
  static List<Problem> of(TrustPolicy policy) {
    DocumentChecks checks = new DocumentChecks(policy);
    return Stream.concat(
            Stream.of(checks.allowsNothing(), checks.lacksTagSession(), checks.namesControlPlane())
                .flatMap(Optional::stream),
            ConditionChecks.of(policy).stream())
        .toList();
  }

  private Optional<Problem> allowsNothing() {
    return policy.statements(Effect.ALLOW).isEmpty()
        ? Optional.of(
            dead(
                Problem.Fault.INVALID,
                policy.statements().getFirst().at(),
                "No statement allows anything; Deny statements alone let nobody in",
                NOT_AUTHORIZED))
        : Optional.empty();
  }

  private Optional<Problem> lacksTagSession() {
    List<Statement> pods = allows.stream().filter(allow -> names(allow, PODS)).toList();
    return pods.stream().anyMatch(pod -> covers(pod, TAG))
        ? Optional.empty()
        : pods.stream()
            .filter(pod -> covers(pod, ASSUME))
            .findFirst()
            .map(
                pod ->
                    dead(
                        Problem.Fault.NO_TAG_SESSION,
                        pod.actions().at(),
                        "sts:TagSession is missing: Pod Identity tags its sessions unless the"
                            + " association switches that off",
                        NO_CREDENTIALS));
  }

  /// The role of a cluster itself names this service; a role for pods that does names the wrong
  /// one.
  private Optional<Problem> namesControlPlane() {
    boolean forPods =
        allows.stream()
            .anyMatch(
                allow ->
                    names(allow, PODS)
                        || !allow.principals().of(PrincipalKind.FEDERATED).isEmpty());
    return allows.stream()
        .filter(_ -> !forPods)
        .flatMap(allow -> allow.principals().of(PrincipalKind.SERVICE).stream())
        .filter(service -> service.value().equals(CONTROL_PLANE))
        .findFirst()
        .map(
            service ->
                dead(
                    Problem.Fault.CONTROL_PLANE,
                    service.at(),
                    "The service "
                        + CONTROL_PLANE
                        + " is the control plane of EKS, right for a cluster's own role; pods come"
                        + " as "
                        + PODS,
                    NO_CREDENTIALS));
  }

  private static boolean names(Statement statement, String service) {
    return statement.principals().of(PrincipalKind.SERVICE).stream()
        .anyMatch(principal -> principal.value().equals(service));
  }

  private static boolean covers(Statement statement, String action) {
    return statement.actions().covers(action);
  }

  private static Problem dead(Problem.Fault fault, Position at, String message, String says) {
    return new Problem(fault, Problem.Consequence.ACCEPTED_BUT_DEAD, at, message, says);
  }
}
