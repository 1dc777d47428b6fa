package io.github.eksidentity.core.rules.broken;

import io.github.eksidentity.core.audit.AuditContext;
import io.github.eksidentity.core.facts.Cluster;
import io.github.eksidentity.core.facts.OidcProvider;
import io.github.eksidentity.core.facts.Role;
import io.github.eksidentity.core.facts.Subject;
import io.github.eksidentity.core.index.AdmittingStatement;
import io.github.eksidentity.core.index.IssuerStanding;
import io.github.eksidentity.core.index.PodRequests;
import io.github.eksidentity.core.index.TrustedProvider;
import io.github.eksidentity.core.policy.admit.Admission;
import io.github.eksidentity.core.policy.admit.SubjectSet;
import io.github.eksidentity.core.policy.evaluate.Request;
import io.github.eksidentity.core.policy.tree.Condition;
import io.github.eksidentity.core.policy.tree.Effect;
import io.github.eksidentity.core.policy.tree.Statement;
import io.github.eksidentity.core.policy.tree.TrustPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// An Allow statement that means to let pods in through one EKS provider, whether or not it does.
/// Conditions of which it is not known whether they hold count as met, and Deny statements with
/// such a condition as not there: what is said not to get in does not get in whatever they say.
///
/// @param issuer without `https://`
/// @param audiences what a token can carry that the provider accepts, the default audience of EKS
/// among them
/// @param example a call through this door, for asking which keys come
record PodStatement(
    Role role,
    TrustPolicy policy,
    TrustedProvider door,
    String issuer,
    List<String> audiences,
    Request example) {

  /// Every such statement of a role, once for each provider; none whose provider or issuer is wrong
  /// in itself, because other rules speak of that.
  static List<PodStatement> of(Role role, AuditContext context) {
    Optional<TrustPolicy> policy = context.index().trust(role).policy();
    if (policy.isEmpty() || !context.index().trust(role).parsed().accepted()) {
      return List.of();
    }
    return context.index().trust(role).webDoors().stream()
        .filter(door -> AdmittingStatement.canOpen(door, role) && isLive(door, context))
        .map(door -> of(role, policy.get(), door, context))
        .toList();
  }

  /// Where nothing is known of the account's regions, no issuer is known to be foreign.
  private static boolean isLive(TrustedProvider door, AuditContext context) {
    return switch (door.standing()) {
      case IssuerStanding.Live _, IssuerStanding.Known _ -> true;
      case IssuerStanding.Foreign _ -> context.inventory().regions().isEmpty();
      case IssuerStanding.Gone _, IssuerStanding.DualStack _, IssuerStanding.Malformed _ -> false;
    };
  }

  private static PodStatement of(
      Role role, TrustPolicy policy, TrustedProvider door, AuditContext context) {
    String issuer = door.issuer().orElseThrow();
    List<String> registered =
        context
            .index()
            .provider(door.principal().value())
            .map(OidcProvider::clientIds)
            .orElse(List.of());
    Request example = door.call(role, PodRequests.DEFAULT_AUDIENCE).request(Subject.PREFIX);
    return new PodStatement(
        role,
        policy,
        door,
        issuer,
        Stream.concat(Stream.of(PodRequests.DEFAULT_AUDIENCE), registered.stream())
            .distinct()
            .toList(),
        example);
  }

  Statement statement() {
    return door.statement();
  }

  String subjectKey() {
    return door.subjectKey();
  }

  String audienceKey() {
    return door.audienceKey();
  }

  /// The live cluster whose pods come this way.
  Optional<Cluster> cluster() {
    return door.standing() instanceof IssuerStanding.Live(Cluster cluster)
        ? Optional.of(cluster)
        : Optional.empty();
  }

  /// Whether a condition key may come with a pod's call.
  boolean comes(String key) {
    return example.mayCarry(key);
  }

  /// The conditions that compare this key with values.
  List<Condition> on(String key) {
    return door.conditionsOn(key);
  }

  /// Who gets in through the provider by the whole policy.
  SubjectsByAudience through() {
    List<Statement> statements =
        policy.statements().stream()
            .filter(other -> other.effect() == Effect.ALLOW || example.settled(other).equals(other))
            .map(example::settled)
            .toList();
    return reach(statements, audiences);
  }

  /// Who gets in through the provider by the whole policy, every Deny statement taken into account.
  SubjectsByAudience throughEveryDeny() {
    List<Statement> statements =
        policy.statements().stream()
            .map(other -> other.effect() == Effect.ALLOW ? example.settled(other) : other)
            .toList();
    return reach(statements, audiences);
  }

  /// Who gets in if this were the only statement.
  SubjectsByAudience alone(Statement other) {
    return alone(other, audiences);
  }

  /// Who gets in with a token of one of these audiences if this were the only statement.
  SubjectsByAudience alone(Statement other, List<String> carried) {
    return reach(List.of(example.settled(other)), carried);
  }

  /// Who gets in by the statement under these conditions only.
  SubjectsByAudience under(List<Condition> conditions) {
    return alone(statement().with(conditions));
  }

  /// Whom the statement admits when these Deny statements stand beside it.
  SubjectsByAudience beside(List<Statement> denials) {
    List<Statement> statements = new ArrayList<>();
    statements.add(example.settled(statement()));
    statements.addAll(denials);
    return reach(statements, audiences);
  }

  private SubjectsByAudience reach(List<Statement> statements, List<String> carried) {
    TrustPolicy asked = policy.with(statements);
    List<SubjectSet> sets = new ArrayList<>();
    for (String audience : carried) {
      sets.add(Admission.of(asked, door.call(role, audience)));
    }
    return new SubjectsByAudience(sets);
  }
}
