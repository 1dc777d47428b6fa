package io.github.eksidentity.core.rules.podidentity;

import io.github.eksidentity.core.audit.AuditContext;
import io.github.eksidentity.core.facts.Association;
import io.github.eksidentity.core.index.PodRequests;
import io.github.eksidentity.core.index.Resource;
import io.github.eksidentity.core.index.RoleTrust;
import io.github.eksidentity.core.policy.evaluate.Decision;
import io.github.eksidentity.core.policy.evaluate.Request;
import io.github.eksidentity.core.policy.evaluate.TrustEvaluator;
import io.github.eksidentity.core.policy.tree.Condition;
import io.github.eksidentity.core.policy.tree.Effect;
import io.github.eksidentity.core.policy.tree.Statement;
import io.github.eksidentity.core.policy.tree.TrustPolicy;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// An association and what the trust policy of its role says of it.
public record AssociationTrust(
    Resource.OfAssociation subject, RoleTrust trust, TrustPolicy policy) {
  public static final String ASSUME = PodRequests.POD_IDENTITY.getFirst();
  static final String TAG = PodRequests.POD_IDENTITY.getLast();

  private static final Comparator<AssociationTrust> ORDER =
      Comparator.comparing((AssociationTrust one) -> one.subject.cluster().arn())
          .thenComparing(one -> one.association().namespace())
          .thenComparing(one -> one.association().serviceAccount())
          .thenComparing(one -> one.association().id());

  /// Empty where the role does not exist or IAM would refuse its document: other rules speak of
  /// that.
  public static Optional<AssociationTrust> of(
      Resource.OfAssociation subject, AuditContext context) {
    return context
        .index()
        .role(subject.association().roleArn())
        .map(context.index()::trust)
        .filter(trust -> trust.parsed().accepted())
        .flatMap(
            trust -> trust.policy().map(policy -> new AssociationTrust(subject, trust, policy)));
  }

  Association association() {
    return subject.association();
  }

  /// The same association before another policy.
  AssociationTrust before(TrustPolicy other) {
    return new AssociationTrust(subject, trust, other);
  }

  /// The actions that the association needs; without session tags there is nothing to tag.
  List<String> actions() {
    return association().disableSessionTags() ? List.of(ASSUME) : PodRequests.POD_IDENTITY;
  }

  /// What the policy says of one action.
  Decision decide(String action) {
    return TrustEvaluator.withoutTrace(policy, request(action));
  }

  /// Whether the policy lets the association in, for certain.
  boolean admitted() {
    return actions().stream().allMatch(action -> decide(action) instanceof Decision.Allowed);
  }

  /// The Allow statements that name Pod Identity and cover an action, whatever their conditions.
  List<Statement> doors(String action) {
    return trust.podDoors().stream()
        .filter(door -> holds(door, List.of(), action) instanceof Decision.Allowed)
        .toList();
  }

  /// Whether a statement names Pod Identity for another way of assuming a role and for none of its
  /// own: trust-action-mismatch speaks of that.
  boolean hasForeignAction() {
    return doors(ASSUME).isEmpty()
        && Stream.of(PodRequests.WEB_IDENTITY, "sts:AssumeRoleWithSAML")
            .anyMatch(action -> !doors(action).isEmpty());
  }

  /// The Deny statements that match this association for certain, without those that shut out every
  /// association: trust-denied speaks of them.
  List<Statement> denials(String action) {
    return policy.statements(Effect.DENY).stream()
        .filter(denial -> holds(denial, denial.conditions(), action) instanceof Decision.Allowed)
        .filter(denial -> denial.conditions().stream().anyMatch(this::isOwn))
        .toList();
  }

  /// Whether a condition tests what sets associations apart.
  private boolean isOwn(Condition condition) {
    return claim(condition).isPresent()
        || condition.key().toLowerCase(Locale.ROOT).startsWith("aws:requesttag/");
  }

  /// The conditions of a statement that do not hold for certain.
  List<Condition> failing(Statement statement, String action) {
    return statement.conditions().stream()
        .filter(
            condition -> holds(statement, List.of(condition), action) instanceof Decision.Denied)
        .toList();
  }

  /// The values that the call has for a condition's key.
  Optional<List<String>> claim(Condition condition) {
    return request(ASSUME).values(condition.key());
  }

  /// The associations of the role for which this holds, those of every cluster that was read.
  Stream<AssociationTrust> siblings(AuditContext context, Predicate<AssociationTrust> cause) {
    return context.index().associationsOf(association().roleArn()).stream()
        .map(other -> new AssociationTrust(other, trust, policy))
        .sorted(ORDER)
        .filter(cause);
  }

  /// Those of the cluster for which this holds. One of them carries the finding, so that one cause
  /// gives one finding; the clusters are kept apart because one may be read and another not.
  Stream<AssociationTrust> neighbours(AuditContext context, Predicate<AssociationTrust> cause) {
    return siblings(
        context, other -> other.subject.cluster().equals(subject.cluster()) && cause.test(other));
  }

  /// Whether this is the first of the cluster's associations for which it holds.
  boolean leads(AuditContext context, Predicate<AssociationTrust> cause) {
    return neighbours(context, cause)
        .findFirst()
        .filter(first -> first.subject.equals(subject))
        .isPresent();
  }

  private Request request(String action) {
    return PodRequests.podIdentity(subject.cluster(), association(), action);
  }

  /// Whether a statement matches when these are its conditions, read as if it were an Allow.
  private Decision holds(Statement statement, List<Condition> conditions, String action) {
    Statement alone = statement.allowing().with(conditions);
    return TrustEvaluator.withoutTrace(policy.with(List.of(alone)), request(action));
  }
}
