package io.github.eksidentity.core.rules.podidentity;

import io.github.eksidentity.core.audit.AuditContext;
import io.github.eksidentity.core.facts.Cluster;
import io.github.eksidentity.core.facts.ServiceAccount;
import io.github.eksidentity.core.index.PodRequests;
import io.github.eksidentity.core.index.RoleTrust;
import io.github.eksidentity.core.policy.evaluate.Decision;
import io.github.eksidentity.core.policy.evaluate.TrustEvaluator;
import io.github.eksidentity.core.policy.tree.Condition;
import io.github.eksidentity.core.policy.tree.ConditionOperator.Comparison;
import io.github.eksidentity.core.policy.tree.Glob;
import io.github.eksidentity.core.policy.tree.Statement;
import io.github.eksidentity.core.policy.tree.Text;
import java.util.List;

/// The service accounts that a trust policy names letter by letter by session tags, which is as
/// exact as naming a subject.
record NamedByTags(RoleTrust trust) {
  /// Whether the policy names a service account exactly and lets an association of it in.
  boolean admits(Cluster cluster, ServiceAccount account) {
    return trust.podDoors().stream().anyMatch(door -> names(door, account))
        && trust.policy().isPresent()
        && PodRequests.POD_IDENTITY.stream()
            .noneMatch(
                action ->
                    TrustEvaluator.withoutTrace(
                            trust.policy().get(),
                            PodRequests.podIdentity(
                                cluster.arn(), account.namespace(), account.name(), true, action))
                        instanceof Decision.Denied);
  }

  private static boolean names(Statement door, ServiceAccount account) {
    return exact(door, PodScope.NAMESPACE).contains(account.namespace())
        && exact(door, PodScope.SERVICE_ACCOUNT).contains(account.name());
  }

  /// The values without a wildcard that a statement compares a key with.
  private static List<String> exact(Statement door, String key) {
    return door.conditions().stream()
        .filter(condition -> condition.key().equalsIgnoreCase(key))
        .filter(NamedByTags::isExact)
        .flatMap(condition -> condition.values().stream())
        .map(Text::value)
        .toList();
  }

  private static boolean isExact(Condition condition) {
    Comparison comparison = condition.operator().comparison();
    return !condition.operator().trueWhenAbsent()
        && (comparison == Comparison.STRING_EQUALS
            || comparison == Comparison.STRING_EQUALS_IGNORE_CASE
            || (comparison == Comparison.STRING_LIKE
                && condition.values().stream().map(Text::value).noneMatch(Glob::hasWildcard)));
  }

  /// The roles of the account that name a service account exactly, in the order of their ARNs.
  static List<RoleTrust> naming(Cluster cluster, ServiceAccount account, AuditContext context) {
    return context.index().trusts().stream()
        .filter(trust -> trust.role().account().equals(PodScope.account(cluster)))
        .filter(trust -> new NamedByTags(trust).admits(cluster, account))
        .sorted(java.util.Comparator.comparing(trust -> trust.role().arn()))
        .toList();
  }
}
