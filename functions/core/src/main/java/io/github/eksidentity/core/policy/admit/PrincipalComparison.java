package io.github.eksidentity.core.policy.admit;

import io.github.eksidentity.core.policy.evaluate.Decision;
import io.github.eksidentity.core.policy.evaluate.Request;
import io.github.eksidentity.core.policy.evaluate.TrustEvaluator;
import io.github.eksidentity.core.policy.tree.KeyNames;
import io.github.eksidentity.core.policy.tree.PrincipalKind;
import io.github.eksidentity.core.policy.tree.TrustPolicy;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What changes for one principal whose calls are known by nothing but its name: every condition
/// key may come with any value.
///
/// @param kind how policies name it
/// @param name ARN or name
record PrincipalComparison(PrincipalKind kind, String name) {
  private static final KeyNames EVERY_KEY = KeyNames.of("*");
  private static final List<String> OF_CREDENTIALS =
      List.of("sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity", "sts:SetContext");
  private static final List<String> OF_FEDERATION =
      List.of(
          "sts:AssumeRoleWithSAML",
          "sts:AssumeRoleWithWebIdentity",
          "sts:TagSession",
          "sts:SetSourceIdentity");

  /// What becomes of the principal, nothing where nothing does.
  Set<PrincipalChange.Kind> change(TrustPolicy before, TrustPolicy after, Work work) {
    List<Request> requests = actions().stream().map(this::request).toList();
    Optional<Moments> moments = Moments.of(List.of(before, after), requests, work);
    if (moments.isEmpty()) {
      return EnumSet.of(PrincipalChange.Kind.UNDETERMINED);
    }
    Set<PrincipalChange.Kind> changes = EnumSet.noneOf(PrincipalChange.Kind.class);
    for (int moment = 0; moment < moments.get().count(); moment++) {
      TrustPolicy old = moments.get().at(moment, before, requests.getFirst());
      TrustPolicy current = moments.get().at(moment, after, requests.getFirst());
      if (!work.spend(requests.size() * (EvaluationCost.of(before) + EvaluationCost.of(after)))) {
        return EnumSet.of(PrincipalChange.Kind.UNDETERMINED);
      }
      for (Request request : requests) {
        change(
                TrustEvaluator.withoutTrace(old, request),
                TrustEvaluator.withoutTrace(current, request))
            .ifPresent(changes::add);
      }
    }
    return changes;
  }

  private List<String> actions() {
    return switch (kind) {
      case AWS, SERVICE, CANONICAL_USER -> OF_CREDENTIALS;
      case FEDERATED -> OF_FEDERATION;
    };
  }

  private Request request(String action) {
    return new Request(kind, name, "", action, known(), EVERY_KEY);
  }

  /// What a user or a role always brings.
  ///
  /// Documented at
  /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principalarn>.
  private Map<String, List<String>> known() {
    Map<String, List<String>> known = new HashMap<>();
    String[] parts = name.split(":", 6);
    if (kind == PrincipalKind.AWS && parts.length == 6) {
      known.put("aws:PrincipalAccount", List.of(parts[4]));
      if (parts[5].startsWith("role/") || parts[5].startsWith("user/")) {
        known.put("aws:PrincipalArn", List.of(name));
      }
    }
    return known;
  }

  private static Optional<PrincipalChange.Kind> change(Decision then, Decision now) {
    if (then instanceof Decision.Unknown || now instanceof Decision.Unknown) {
      return Optional.of(PrincipalChange.Kind.UNDETERMINED);
    }
    boolean was = then instanceof Decision.Allowed;
    boolean is = now instanceof Decision.Allowed;
    return was == is
        ? Optional.empty()
        : Optional.of(is ? PrincipalChange.Kind.GAINED : PrincipalChange.Kind.LOST);
  }
}
