package io.github.eksidentity.core.policy.evaluate;

import io.github.eksidentity.core.policy.parse.Problems;
import io.github.eksidentity.core.policy.tree.Effect;
import io.github.eksidentity.core.policy.tree.Principal;
import io.github.eksidentity.core.policy.tree.PrincipalKind;
import io.github.eksidentity.core.policy.tree.Principals;
import io.github.eksidentity.core.policy.tree.Truth;

/// Whether the Principal or NotPrincipal element of a statement covers the caller.
///
/// The kind counts: a service name under Federated is not that service. Only `*` alone is a
/// wildcard.
///
/// Documented at
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html>.
public final class PrincipalEvaluation {
  private static final String EVERYONE = "*";

  private PrincipalEvaluation() {}

  public static ReasonedTruth evaluate(Principals principals, Effect effect, Request request) {
    ReasonedTruth covers = covers(principals, effect, request);
    return principals.negated() ? covers.not() : covers;
  }

  private static ReasonedTruth covers(Principals principals, Effect effect, Request request) {
    if (principals.everyone()) {
      return effect == Effect.DENY && !principals.negated()
          ? new ReasonedTruth(Truth.YES, "\"*\" in a Deny shuts out every caller")
          : everyone("\"*\"", request);
    }
    ReasonedTruth result = new ReasonedTruth(Truth.NO, "it does not name " + request.principal());
    for (Principal entry : principals.entries()) {
      ReasonedTruth one = entry(entry, request);
      if (one.truth().compareTo(result.truth()) > 0) {
        result = one;
      }
    }
    return result;
  }

  private static ReasonedTruth entry(Principal entry, Request request) {
    String shown = entry.kind().element() + " " + Problems.quote(entry.value());
    return switch (entry.kind()) {
      case FEDERATED -> federated(entry, shown, request);
      case SERVICE -> named(entry, shown, PrincipalKind.SERVICE, request);
      case AWS -> aws(entry, shown, request);
      case CANONICAL_USER -> named(entry, shown, PrincipalKind.CANONICAL_USER, request);
    };
  }

  private static ReasonedTruth federated(Principal entry, String shown, Request request) {
    if (entry.value().equals(EVERYONE) && request.kind() == PrincipalKind.FEDERATED) {
      return everyone(shown, request);
    }
    return named(entry, shown, PrincipalKind.FEDERATED, request);
  }

  private static ReasonedTruth aws(Principal entry, String shown, Request request) {
    if (entry.value().equals(EVERYONE)) {
      return everyone(shown, request);
    }
    return switch (request.kind()) {
      case AWS ->
          entry.value().equals(request.principal())
                  || isAccountOf(entry.value(), request.principal())
              ? new ReasonedTruth(Truth.YES, shown)
              : new ReasonedTruth(Truth.NO, shown);
      case FEDERATED ->
          entry.value().equals(request.principal())
              ? ReasonedTruth.unknown(
                  "the provider's ARN stands under AWS, and what that means is not documented")
              : new ReasonedTruth(Truth.NO, shown);
      case SERVICE, CANONICAL_USER -> new ReasonedTruth(Truth.NO, shown);
    };
  }

  private static ReasonedTruth named(
      Principal entry, String shown, PrincipalKind kind, Request request) {
    return new ReasonedTruth(
        Truth.of(request.kind() == kind && entry.value().equals(request.principal())), shown);
  }

  /// Everyone is documented for IAM principals. Whether an Allow of everyone means web identities
  /// and services too is not.
  private static ReasonedTruth everyone(String shown, Request request) {
    return request.kind() == PrincipalKind.AWS
        ? new ReasonedTruth(Truth.YES, shown)
        : ReasonedTruth.unknown(
            "whether "
                + shown
                + " covers a caller of the kind "
                + request.kind().element()
                + " is not documented");
  }

  /// An account id, or the ARN of its root, stands for every principal of the account.
  private static boolean isAccountOf(String value, String principalArn) {
    String[] parts = principalArn.split(":", 6);
    return parts.length == 6
        && !parts[4].isEmpty()
        && (value.equals(parts[4])
            || value.equals("arn:" + parts[1] + ":iam::" + parts[4] + ":root"));
  }
}
