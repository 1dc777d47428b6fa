package io.github.eksidentity.core.rules.podidentity;

import static io.github.eksidentity.core.audit.RuleMetadata.rule;

import io.github.eksidentity.core.audit.AuditContext;
import io.github.eksidentity.core.audit.Category;
import io.github.eksidentity.core.audit.Evidence;
import io.github.eksidentity.core.audit.Impact;
import io.github.eksidentity.core.audit.Need;
import io.github.eksidentity.core.audit.Rule;
import io.github.eksidentity.core.audit.RuleMetadata;
import io.github.eksidentity.core.audit.Severity;
import io.github.eksidentity.core.audit.Verdict;
import io.github.eksidentity.core.facts.Role;
import io.github.eksidentity.core.index.Resource;
import io.github.eksidentity.core.index.RoleTrust;
import io.github.eksidentity.core.permissions.Permission;
import io.github.eksidentity.core.policy.evaluate.Decision;
import io.github.eksidentity.core.policy.tree.Statement;
import io.github.eksidentity.core.policy.tree.Text;
import io.github.eksidentity.core.policy.tree.TrustPolicy;
import io.github.eksidentity.core.remedy.Change;
import io.github.eksidentity.core.remedy.Remediation;
import io.github.eksidentity.core.remedy.TrustEdit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Flags a role of pods that may go on to a second role of the account, whose trust does not let
/// the session tags be handed on.
public final class ChainedRoleNoTagSession implements Rule.OnRole {
  private static final RuleMetadata METADATA =
      rule(
              "chained-role-no-tag-session",
              Severity.MEDIUM,
              Impact.OUTAGE,
              Category.POD_IDENTITY,
              "A role that pods go on to does not allow sts:TagSession")
          .why(
              "The session tags of Pod Identity are transitive: they are handed on to every role"
                  + " that the session assumes, and the trust of that role must allow"
                  + " sts:TagSession for it. The same call works with IRSA, which has no tags.")
          .risk("sts:AssumeRole of the second role is refused.")
          .remediation(
              "Add sts:TagSession to the statement of the second role, or switch the session tags"
                  + " of the association off.")
          .references(
              "https://docs.aws.amazon.com/eks/latest/userguide/pod-id-abac.html",
              "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html")
          .needs(Need.ASSOCIATIONS, Need.IAM)
          .build();

  @Override
  public RuleMetadata metadata() {
    return METADATA;
  }

  @Override
  public Verdict evaluate(Role role, AuditContext context) {
    Optional<Resource.OfAssociation> tagged =
        context.index().associationsOf(role.arn()).stream()
            .filter(one -> one.association().carriesTags())
            .filter(one -> one.association().targetRoleArn().isEmpty())
            .findFirst();
    if (tagged.isEmpty()) {
      return Verdict.satisfied();
    }
    List<TargetChain> refused =
        candidates(role, context).stream()
            .map(next -> new TargetChain(tagged.get(), role, next.role().arn(), context))
            .filter(ChainedRoleNoTagSession::isRefused)
            .toList();
    if (refused.isEmpty()) {
      return Verdict.satisfied();
    }
    return Verdict.violated(
            METADATA.severity(),
            "Pods with role "
                + role.name()
                + " cannot go on to "
                + String.join(
                    ", ",
                    refused.stream()
                        .map(one -> one.targetTrust().orElseThrow().role().name())
                        .toList()),
            refused.stream().map(ChainedRoleNoTagSession::evidence).toList(),
            remediation(refused))
        .withCluster(tagged.get().cluster());
  }

  /// The roles that name this one, and those that a statement of its own names.
  private static List<RoleTrust> candidates(Role role, AuditContext context) {
    Map<String, RoleTrust> found = new LinkedHashMap<>();
    context
        .index()
        .trustingPrincipal(role.arn())
        .forEach(trust -> found.put(trust.role().arn(), trust));
    Set<String> named = context.index().permissions(role).resources(AssociationTrust.ASSUME);
    named.stream()
        .flatMap(arn -> context.index().role(arn).stream())
        .forEach(other -> found.put(other.arn(), context.index().trust(other)));
    found.remove(role.arn());
    return List.copyOf(found.values());
  }

  /// The first call would be allowed, and tagging is not.
  private static boolean isRefused(TargetChain chain) {
    Optional<TrustPolicy> policy = chain.targetTrust().flatMap(RoleTrust::policy);
    return policy.isPresent()
        && chain.decide(policy.get(), AssociationTrust.ASSUME) instanceof Decision.Allowed
        && chain.decide(policy.get(), AssociationTrust.TAG) instanceof Decision.Denied
        && (chain.isNamed(policy.get())
            || chain.permission(AssociationTrust.ASSUME) instanceof Permission.Allowed);
  }

  private static Evidence evidence(TargetChain chain) {
    RoleTrust next = chain.targetTrust().orElseThrow();
    return Evidence.of(
            "the trust policy of role "
                + next.role().name()
                + " lets the role in, and does not allow "
                + AssociationTrust.TAG
                + " for it")
        .withKey("Action")
        .withValue(next.role().arn())
        .withClaim(AssociationTrust.TAG);
  }

  private static Remediation remediation(List<TargetChain> refused) {
    List<Change> changes = new ArrayList<>();
    for (TargetChain chain : refused) {
      Role next = chain.targetTrust().orElseThrow().role();
      TrustPolicy policy = chain.targetTrust().flatMap(RoleTrust::policy).orElseThrow();
      TrustEdit edit = TrustEdit.of(next.trustDocument());
      for (Statement statement : policy.statements()) {
        if (!statement.actions().negated() && chain.allowsAlone(policy, statement)) {
          edit =
              edit.setActions(
                  statement.index(),
                  Stream.concat(
                          statement.actions().patterns().stream().map(Text::value),
                          Stream.of(AssociationTrust.TAG))
                      .toList());
        }
      }
      if (!chain.allows(edit.document(), AssociationTrust.TAG)) {
        return Remediation.decide(
            "Decide whether the pods are to go on to " + next.name() + ".",
            "If so, let its trust policy allow sts:TagSession for " + chain.source().arn());
      }
      changes.add(new Change.ReplaceTrustPolicy(next.arn(), next.trustDocument(), edit.document()));
    }
    return new Remediation.Fix(
        "Let the second role's statement allow sts:TagSession too.", changes);
  }
}
