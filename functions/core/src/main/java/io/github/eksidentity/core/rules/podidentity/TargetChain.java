package io.github.eksidentity.core.rules.podidentity;

import io.github.eksidentity.core.audit.AuditContext;
import io.github.eksidentity.core.facts.Arn;
import io.github.eksidentity.core.facts.Association;
import io.github.eksidentity.core.facts.Role;
import io.github.eksidentity.core.index.PodRequests;
import io.github.eksidentity.core.index.Resource;
import io.github.eksidentity.core.index.RoleTrust;
import io.github.eksidentity.core.permissions.Permission;
import io.github.eksidentity.core.policy.evaluate.Decision;
import io.github.eksidentity.core.policy.evaluate.Request;
import io.github.eksidentity.core.policy.evaluate.TrustEvaluator;
import io.github.eksidentity.core.policy.parse.TrustPolicyParser;
import io.github.eksidentity.core.policy.tree.Effect;
import io.github.eksidentity.core.policy.tree.KeyNames;
import io.github.eksidentity.core.policy.tree.PrincipalKind;
import io.github.eksidentity.core.policy.tree.Statement;
import io.github.eksidentity.core.policy.tree.Text;
import io.github.eksidentity.core.policy.tree.TrustPolicy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The second hop of an association with a target role: its role assumes the target role.
///
/// Documented at <https://docs.aws.amazon.com/eks/latest/userguide/pod-id-assign-target-role.html>.
///
/// @param target ARN of the target role
record TargetChain(
    Resource.OfAssociation subject, Role source, String target, AuditContext context) {
  /// Keys that may come with the call; session tags are handed on from the first hop.
  private static final KeyNames UNDETERMINED =
      PodRequests.UNDETERMINED.and(
          "aws:requesttag/*",
          "aws:principaltag/*",
          "aws:tagkeys",
          "sts:transitivetagkeys",
          "aws:principalorgid",
          "aws:principalorgpaths",
          "aws:principalisawsservice",
          "aws:userid",
          "aws:username",
          "aws:sourcearn",
          "aws:sourceaccount",
          "aws:sourceorgid",
          "aws:sourceorgpaths",
          "aws:viaawsservice",
          "aws:calledvia*",
          "aws:tokenissuetime",
          "aws:multifactorauth*");

  static final String EXTERNAL_ID = "sts:ExternalId";

  /// The chain of an association; empty where it has no target role, or its own role does not
  /// exist.
  static Optional<TargetChain> of(Resource.OfAssociation subject, AuditContext context) {
    Association association = subject.association();
    return association
        .targetRoleArn()
        .flatMap(
            target ->
                context
                    .index()
                    .role(association.roleArn())
                    .map(source -> new TargetChain(subject, source, target, context)));
  }

  Association association() {
    return subject.association();
  }

  /// Tagging is an action of its own on this hop too.
  List<String> actions() {
    return association().disableSessionTags()
        ? List.of(AssociationTrust.ASSUME)
        : PodRequests.POD_IDENTITY;
  }

  boolean crossesAccounts() {
    return !account(target).equals(source.account());
  }

  static String account(String arn) {
    return Arn.parse(arn).map(Arn::account).orElse("");
  }

  /// What the source role's own policies say of an action on the target role.
  Permission permission(String action) {
    return context.index().permissions(source).on(action, target);
  }

  /// What the target role's trust policy says of an action.
  Decision decide(TrustPolicy policy, String action) {
    return TrustEvaluator.withoutTrace(policy, request(action, association().externalId()));
  }

  /// Whether another trust document of the target would allow an action.
  boolean allows(String document, String action) {
    return TrustPolicyParser.parse(document)
        .policy()
        .filter(policy -> decide(policy, action) instanceof Decision.Allowed)
        .isPresent();
  }

  /// The external id with which it would be allowed.
  Optional<String> wantedExternalId(TrustPolicy policy) {
    return policy.statements(Effect.ALLOW).stream()
        .flatMap(statement -> statement.conditions().stream())
        .filter(condition -> condition.key().equalsIgnoreCase(EXTERNAL_ID))
        .flatMap(condition -> condition.values().stream())
        .map(Text::value)
        .filter(
            value ->
                TrustEvaluator.withoutTrace(
                        policy, request(AssociationTrust.ASSUME, Optional.of(value)))
                    instanceof Decision.Allowed)
        .findFirst();
  }

  /// Whether a statement names the source role itself: then, within one account, the role needs no
  /// permission of its own.
  ///
  /// Documented at
  /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-basics-req-context-single.html>.
  boolean isNamed(TrustPolicy policy) {
    return policy.statements(Effect.ALLOW).stream()
        .filter(statement -> allowsAlone(policy, statement))
        .anyMatch(
            statement ->
                statement.principals().of(PrincipalKind.AWS).stream()
                    .anyMatch(principal -> principal.value().equals(source.arn())));
  }

  /// Whether a statement alone lets the source role assume the target.
  boolean allowsAlone(TrustPolicy policy, Statement statement) {
    return decide(policy.with(List.of(statement)), AssociationTrust.ASSUME)
        instanceof Decision.Allowed;
  }

  /// The target role's trust, where it is a role of this account that was read.
  Optional<RoleTrust> targetTrust() {
    return context.index().role(target).map(context.index()::trust);
  }

  private Request request(String action, Optional<String> externalId) {
    Map<String, List<String>> keys = new TreeMap<>();
    keys.put("aws:PrincipalArn", List.of(source.arn()));
    keys.put("aws:PrincipalAccount", List.of(source.account()));
    keys.put("aws:PrincipalType", List.of("AssumedRole"));
    externalId.ifPresent(id -> keys.put(EXTERNAL_ID, List.of(id)));
    return new Request(
        PrincipalKind.AWS, source.arn(), account(target), action, keys, UNDETERMINED);
  }
}
