package io.github.eksidentity.core.rules.podidentity;

import io.github.eksidentity.core.audit.AuditContext;
import io.github.eksidentity.core.facts.Arn;
import io.github.eksidentity.core.policy.tree.Condition;
import io.github.eksidentity.core.policy.tree.ConditionOperator.Comparison;
import io.github.eksidentity.core.policy.tree.ConditionOperator.Quantifier;
import io.github.eksidentity.core.policy.tree.Effect;
import io.github.eksidentity.core.remedy.Remediation;
import io.github.eksidentity.core.remedy.TrustEdit;
import io.github.eksidentity.core.text.Nearest;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Corrects conditions that were meant for an association and missed it: a tag under the wrong key,
/// a value with a typing error, the ARN of a cluster that is no more.
final class ConditionRepair {
  private static final String PRINCIPAL_TAG = "aws:principaltag/";
  private static final Set<Comparison> EXACT =
      Set.of(
          Comparison.STRING_EQUALS,
          Comparison.STRING_LIKE,
          Comparison.STRING_EQUALS_IGNORE_CASE,
          Comparison.ARN_EQUALS,
          Comparison.ARN_LIKE);
  private static final int SHORTEST = 4;

  private final AssociationTrust carrier;
  private final List<AssociationTrust> concerned;
  private final AuditContext context;

  ConditionRepair(
      AssociationTrust carrier, List<AssociationTrust> concerned, AuditContext context) {
    this.carrier = carrier;
    this.concerned = concerned;
    this.context = context;
  }

  /// The corrected policy where each of the conditions has one evident correction and all of them
  /// together let the associations in; otherwise what to decide.
  Remediation remediation(List<ConditionMismatch> mismatches) {
    Optional<TrustEdit> edit =
        Optional.of(TrustEdit.of(carrier.trust().role().trustDocument()))
            .filter(
                _ -> mismatches.stream().map(ConditionMismatch::statement).distinct().count() == 1);
    for (ConditionMismatch mismatch : mismatches) {
      edit = edit.flatMap(before -> corrected(before, mismatch));
    }
    return edit.flatMap(
            after ->
                Associations.replace(
                    carrier,
                    concerned,
                    after.document(),
                    "Correct the condition; nothing else of the account has the value that stands"
                        + " there.",
                    context))
        .orElseGet(this::decide);
  }

  private Optional<TrustEdit> corrected(TrustEdit edit, ConditionMismatch mismatch) {
    if (mismatch.statement().effect() == Effect.DENY) {
      return Optional.empty();
    }
    Condition condition = mismatch.condition();
    String key = condition.key().toLowerCase(Locale.ROOT);
    if (key.startsWith(PRINCIPAL_TAG)) {
      return Optional.of(
          edit.rename(
              condition.keyAt(),
              "aws:RequestTag/" + condition.key().substring(PRINCIPAL_TAG.length())));
    }
    Optional<List<String>> claim = carrier.claim(condition).filter(values -> values.size() == 1);
    if (claim.isEmpty()
        || condition.values().size() != 1
        || condition.operator().quantifier() != Quantifier.NONE
        || !EXACT.contains(condition.operator().comparison())) {
      return Optional.empty();
    }
    String there = condition.values().getFirst().value();
    String sent = claim.get().getFirst();
    return isMistake(key, there, sent) && !isUsed(condition, there)
        ? Optional.of(edit.replaceValue(condition.values().getFirst().at(), sent))
        : Optional.empty();
  }

  private boolean isMistake(String key, String there, String sent) {
    if (key.equalsIgnoreCase(PodScope.SOURCE_ACCOUNT)) {
      return true;
    }
    boolean arn =
        key.equalsIgnoreCase(PodScope.CLUSTER_ARN) || key.equalsIgnoreCase(PodScope.SOURCE_ARN);
    return (arn && isSameName(there, sent) && !isCluster(there))
        || there.equalsIgnoreCase(sent)
        || (!isCluster(there)
            && sent.length() >= SHORTEST
            && Nearest.isWithin(Nearest.TYPING_ERRORS_IN_NAMES, there, sent));
  }

  private static boolean isSameName(String there, String sent) {
    return Arn.parse(there)
        .flatMap(one -> Arn.parse(sent).map(other -> one.resource().equals(other.resource())))
        .orElse(false);
  }

  private boolean isCluster(String arnOrName) {
    return context.inventory().clusters().stream()
        .anyMatch(cluster -> cluster.arn().equals(arnOrName) || cluster.name().equals(arnOrName));
  }

  /// Whether another association of the role has the value that stands there.
  private boolean isUsed(Condition condition, String value) {
    return carrier
        .siblings(context, _ -> true)
        .anyMatch(
            other -> other.claim(condition).filter(values -> values.contains(value)).isPresent());
  }

  private Remediation decide() {
    String association = Associations.options(carrier.subject());
    return Remediation.decide(
        "Decide whether the role is meant for these pods; the trust policy names others.",
        "If it is, add to the trust policy: "
            + PodScope.statement(carrier.subject().cluster(), carrier.association()),
        "If it is not: aws eks update-pod-identity-association"
            + association
            + " --role-arn <role>",
        carrier.association().sessionPolicy().isPresent()
            ? "If the policy is to go by tags, make the association again without its session"
                + " policy, which forces the tags off"
            : carrier.association().disableSessionTags()
                ? "If the policy is to go by tags, switch them on: aws eks"
                    + " update-pod-identity-association"
                    + association
                    + " --no-disable-session-tags"
                : "If the pods need no role: aws eks delete-pod-identity-association"
                    + association);
  }
}
