package io.github.eksidentity.core.index;

import io.github.eksidentity.core.facts.Arn;
import io.github.eksidentity.core.facts.OidcProvider;
import io.github.eksidentity.core.facts.Role;
import io.github.eksidentity.core.facts.Subject;
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

/// Whom one Allow statement lets in through one EKS provider once the Deny statements are
/// subtracted. Statements that let nobody in do not appear.
///
/// @param role the role whose trust it is
/// @param door the statement and the provider
/// @param issuer without `https://`
/// @param subjects who gets in
/// @param anyAudience whether the token's audience is left to the provider
/// @param hangsOn why it is not certain: the conditions that decide are then taken as met; empty
/// where it is certain
/// @param example a request of the kind that the subjects make, its subject left open
public record AdmittingStatement(
    Role role,
    TrustedProvider door,
    String issuer,
    SubjectSet subjects,
    boolean anyAudience,
    Optional<String> hangsOn,
    Request example) {
  /// An audience that nobody registers or names.
  private static final String OTHER_AUDIENCE = "audience.of.another.service.invalid";

  /// Every statement of a role's trust that lets a pod in by IRSA, once for each provider.
  static List<AdmittingStatement> of(RoleTrust trust, Index index) {
    Optional<TrustPolicy> policy = trust.policy();
    if (policy.isEmpty()) {
      return List.of();
    }
    return trust.webDoors().stream()
        .filter(door -> canOpen(door, trust.role()))
        .flatMap(door -> of(policy.get(), door, trust.role(), index).stream())
        .toList();
  }

  /// STS looks for the provider in the role's account, and tokens carry the cluster's own issuer.
  public static boolean canOpen(TrustedProvider door, Role role) {
    Optional<Arn> own = Arn.parse(role.arn());
    Optional<Arn> provider = Arn.parse(door.principal().value());
    return switch (door.standing()) {
      case IssuerStanding.Malformed _, IssuerStanding.DualStack _ -> false;
      case IssuerStanding.Live _,
          IssuerStanding.Gone _,
          IssuerStanding.Foreign _,
          IssuerStanding.Known _ ->
          own.isPresent()
              && provider.isPresent()
              && own.get().partition().equals(provider.get().partition())
              && own.get().account().equals(provider.get().account());
    };
  }

  private static Optional<AdmittingStatement> of(
      TrustPolicy policy, TrustedProvider door, Role role, Index index) {
    String issuer = door.issuer().orElseThrow();
    for (String audience : audiences(door, index)) {
      Request example = door.call(role, audience).request(Subject.PREFIX);
      Way way = new Way(policy, door, role);
      SubjectSet subjects = way.admits(audience, false, example);
      Optional<String> hangsOn = Optional.empty();
      if (subjects instanceof SubjectSet.Undetermined(String reason)) {
        hangsOn = Optional.of(reason);
        subjects = way.admits(audience, true, example);
      }
      if (!(subjects instanceof SubjectSet.None)) {
        SubjectSet others = way.admits(OTHER_AUDIENCE, hangsOn.isPresent(), example);
        boolean anyAudience =
            !(others instanceof SubjectSet.None || others instanceof SubjectSet.Undetermined);
        return Optional.of(
            new AdmittingStatement(role, door, issuer, subjects, anyAudience, hangsOn, example));
      }
    }
    return Optional.empty();
  }

  private static List<String> audiences(TrustedProvider door, Index index) {
    return index
        .provider(door.principal().value())
        .map(OidcProvider::clientIds)
        .orElse(List.of(PodRequests.DEFAULT_AUDIENCE));
  }

  /// One statement with the Deny statements of its policy, entered through one provider.
  private record Way(TrustPolicy policy, TrustedProvider door, Role role) {
    SubjectSet admits(String audience, boolean atMost, Request example) {
      List<Statement> statements = new ArrayList<>();
      Statement allow = door.statement();
      statements.add(atMost ? example.settled(allow) : allow);
      policy.statements(Effect.DENY).stream()
          .filter(deny -> !atMost || example.settled(deny).equals(deny))
          .forEach(statements::add);
      return Admission.of(policy.with(statements), door.call(role, audience));
    }
  }

  /// The Allow statement.
  public Statement statement() {
    return door.statement();
  }

  /// The condition key with the token's subject.
  public String subjectKey() {
    return door.subjectKey();
  }

  /// The condition key with the token's audience.
  public String audienceKey() {
    return door.audienceKey();
  }

  /// Whether this subject gets in, or may: true also where who gets in is undetermined.
  public boolean mayAdmit(String subject) {
    return subjects instanceof SubjectSet.Undetermined || Admission.contains(subjects, subject);
  }

  /// Whether nothing positive says which service accounts get in.
  public boolean open() {
    return switch (subjects) {
      case SubjectSet.Everything _, SubjectSet.EverythingExcept _ -> true;
      case SubjectSet.Matching(List<String> patterns, _) ->
          patterns.stream().anyMatch(pattern -> new SubjectPattern(pattern).coversAll());
      case SubjectSet.Finite _, SubjectSet.None _, SubjectSet.Undetermined _ -> false;
    };
  }

  /// The patterns by which service accounts get in, exact names included; none where the door is
  /// open to all.
  public List<SubjectPattern> patterns() {
    if (open()) {
      return List.of();
    }
    Stream<String> texts =
        switch (subjects) {
          case SubjectSet.Finite(var exact) -> exact.stream();
          case SubjectSet.Matching(List<String> patterns, _) -> patterns.stream();
          case SubjectSet.Everything _,
              SubjectSet.EverythingExcept _,
              SubjectSet.None _,
              SubjectSet.Undetermined _ ->
              Stream.empty();
        };
    return texts.distinct().map(SubjectPattern::new).toList();
  }

  /// The conditions that test the token's subject.
  public List<Condition> subjectConditions() {
    return door.conditionsOn(subjectKey());
  }

  /// The conditions that test the token's audience.
  public List<Condition> audienceConditions() {
    return door.conditionsOn(audienceKey());
  }

  /// Whether a condition key may come with the pod's call.
  public boolean comes(String key) {
    return example.mayCarry(key);
  }
}
