package io.github.eksidentity.core.rules.podidentity;

import static io.github.eksidentity.core.audit.RuleMetadata.rule;

import io.github.eksidentity.core.audit.AuditContext;
import io.github.eksidentity.core.audit.Category;
import io.github.eksidentity.core.audit.Evidence;
import io.github.eksidentity.core.audit.ExplainStep;
import io.github.eksidentity.core.audit.Impact;
import io.github.eksidentity.core.audit.Need;
import io.github.eksidentity.core.audit.Rule;
import io.github.eksidentity.core.audit.RuleMetadata;
import io.github.eksidentity.core.audit.Severity;
import io.github.eksidentity.core.audit.Verdict;
import io.github.eksidentity.core.facts.Cluster;
import io.github.eksidentity.core.facts.Role;
import io.github.eksidentity.core.facts.Scope;
import io.github.eksidentity.core.index.Binding;
import io.github.eksidentity.core.index.Resource;
import io.github.eksidentity.core.index.RoleTrust;
import io.github.eksidentity.core.permissions.PermissionStatement;
import io.github.eksidentity.core.permissions.PermissionsPolicy;
import io.github.eksidentity.core.permissions.RolePermissions;
import io.github.eksidentity.core.policy.tree.Effect;
import io.github.eksidentity.core.remedy.Remediation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Flags a role whose permissions go by session tags that its sessions do not carry.
public final class PermissionsNeedSessionTags implements Rule.OnRole {
  /// The id under which other rooms look up this rule's findings.
  public static final String ID = "permissions-need-session-tags";

  private static final String TAG = "aws:principaltag/";
  private static final RuleMetadata METADATA =
      rule(
              ID,
              Severity.HIGH,
              Impact.OUTAGE,
              Category.POD_IDENTITY,
              "The role's permissions go by session tags that its sessions do not carry")
          .why(
              "Every statement that allows something asks for a tag of Pod Identity, as"
                  + " aws:PrincipalTag/kubernetes-namespace. Sessions of IRSA never carry these"
                  + " tags; sessions of an association do, unless it switches them off, which a"
                  + " session policy forces.")
          .risk("The pods get credentials, and every call is refused.")
          .remediation(
              "Let the sessions carry tags: an association without a session policy and with"
                  + " session tags on. Or write permissions that do without them.")
          .references(
              "https://docs.aws.amazon.com/eks/latest/userguide/pod-id-abac.html",
              "https://docs.aws.amazon.com/eks/latest/APIReference/API_CreatePodIdentityAssociation.html",
              "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html")
          .breaks(ExplainStep.PERMISSIONS)
          .needs(Need.IAM, Need.IAM_POLICIES, Need.ASSOCIATIONS)
          .yieldsTo(AssociationTrustConditionMismatch.ID)
          .build();

  @Override
  public RuleMetadata metadata() {
    return METADATA;
  }

  @Override
  public Verdict evaluate(Role role, AuditContext context) {
    RoleTrust trust = context.index().trust(role);
    RolePermissions permissions = context.index().permissions(role);
    if (!trust.forPods()) {
      return Verdict.satisfied();
    }
    List<Evidence> gated = gated(permissions, role);
    if (gated.isEmpty()) {
      return Verdict.satisfied();
    }
    return judged(role, trust, gated, permissions, context);
  }

  private static Verdict judged(
      Role role,
      RoleTrust trust,
      List<Evidence> gated,
      RolePermissions permissions,
      AuditContext context) {
    List<Resource.OfAssociation> all = associations(role, context);
    List<Resource.OfAssociation> tagless =
        all.stream().filter(one -> !one.association().carriesTags()).toList();
    List<Resource.OfServiceAccount> annotated = annotated(role, context);
    List<Evidence> evidence = new ArrayList<>(gated);
    tagless.forEach(one -> evidence.add(withoutTags(one)));
    annotated.forEach(
        one ->
            evidence.add(
                Evidence.of(
                    one.serviceAccount().qualifiedName()
                        + " of cluster "
                        + one.cluster().name()
                        + " gets the role by IRSA, whose sessions carry no tags")));
    if (tagless.isEmpty() && annotated.isEmpty()) {
      if (!all.isEmpty() || trust.webDoors().isEmpty()) {
        return Verdict.satisfied();
      }
      Set<Scope> unread = trust.podDoors().isEmpty() ? Set.of() : associationsUnread(context);
      if (!unread.isEmpty()) {
        return new Verdict.Undecided(unread, "an association there may tag the sessions");
      }
      evidence.add(Evidence.of("the role is assumed by IRSA, whose sessions carry no tags"));
    }
    if (!permissions.unread().isEmpty()) {
      return Verdict.undecided(
          "the policy " + permissions.unread().getFirst() + " was not read or understood");
    }
    Verdict.Violated violated =
        Verdict.violated(
                METADATA.severity(),
                "What role " + role.name() + " may do goes by session tags that do not come",
                evidence,
                remediation(tagless))
            .withCluster(cluster(tagless, annotated));
    for (Resource.OfAssociation one : tagless) {
      violated = violated.withConcern(one.key(), gated.getFirst());
    }
    return violated;
  }

  /// One observation for each Allow statement where all of them need a tag; otherwise none.
  private static List<Evidence> gated(RolePermissions permissions, Role role) {
    List<Evidence> evidence = new ArrayList<>();
    for (PermissionsPolicy policy : permissions.policies()) {
      for (PermissionStatement statement : policy.statements()) {
        if (statement.effect() == Effect.ALLOW) {
          Optional<String> tag =
              statement.neededKeys().stream()
                  .filter(key -> isSessionTag(key, role))
                  .sorted()
                  .findFirst();
          if (tag.isEmpty()) {
            return List.of();
          }
          evidence.add(
              Evidence.of(
                      "statement "
                          + (statement.index() + 1)
                          + " of policy "
                          + policy.name()
                          + " allows only sessions with the tag "
                          + tag.get().substring(TAG.length()))
                  .withKey("aws:PrincipalTag/" + tag.get().substring(TAG.length())));
        }
      }
    }
    return evidence;
  }

  /// A tag of the role itself is there in every session.
  private static boolean isSessionTag(String key, Role role) {
    if (!key.startsWith(TAG)) {
      return false;
    }
    String tag = key.substring(TAG.length());
    return (tag.startsWith("kubernetes-") || tag.startsWith("eks-"))
        && role.tags().keySet().stream().noneMatch(own -> own.toLowerCase(Locale.ROOT).equals(tag));
  }

  private static List<Resource.OfAssociation> associations(Role role, AuditContext context) {
    List<Resource.OfAssociation> found =
        new ArrayList<>(context.index().associationsOf(role.arn()));
    found.addAll(context.index().associationsWithTarget(role.arn()));
    return found;
  }

  private static List<Resource.OfServiceAccount> annotated(Role role, AuditContext context) {
    return context.index().annotatedWith(role.arn()).stream()
        .filter(
            one ->
                context
                    .index()
                    .in(one.cluster())
                    .binding(one.serviceAccount().subject())
                    .filter(Binding.Irsa.class::isInstance)
                    .isPresent())
        .toList();
  }

  private static Set<Scope> associationsUnread(AuditContext context) {
    Set<Scope> unread = new TreeSet<>();
    context.index().read().everywhere().stream()
        .filter(scope -> !context.index().read().isComplete(scope))
        .forEach(unread::add);
    for (Cluster cluster : context.inventory().clusters()) {
      Scope scope = Scope.cluster(Scope.Kind.ASSOCIATIONS, cluster.region(), cluster.name());
      if (!context.index().read().isComplete(scope)) {
        unread.add(scope);
      }
    }
    return unread;
  }

  private static Evidence withoutTags(Resource.OfAssociation one) {
    return Evidence.of(
            "the association of "
                + one.association().namespace()
                + "/"
                + one.association().serviceAccount()
                + " of cluster "
                + one.cluster().name()
                + (one.association().sessionPolicy().isPresent()
                    ? " has a session policy, so its sessions carry no tags"
                    : " has session tags switched off"))
        .withValue(one.association().arn());
  }

  private static Optional<Cluster> cluster(
      List<Resource.OfAssociation> tagless, List<Resource.OfServiceAccount> annotated) {
    List<Cluster> clusters = new ArrayList<>();
    tagless.forEach(one -> clusters.add(one.cluster()));
    annotated.forEach(one -> clusters.add(one.cluster()));
    return clusters.stream().distinct().count() == 1
        ? Optional.of(clusters.getFirst())
        : Optional.empty();
  }

  private static Remediation remediation(List<Resource.OfAssociation> tagless) {
    List<String> ways = new ArrayList<>();
    for (Resource.OfAssociation one : tagless) {
      ways.add(
          one.association().sessionPolicy().isPresent()
              ? "Make the association "
                  + one.association().id()
                  + " again without its session policy, which forces the tags off"
              : "If the sessions are to carry tags, and the trust policy allows sts:TagSession: aws"
                  + " eks update-pod-identity-association"
                  + Associations.options(one)
                  + " --no-disable-session-tags");
    }
    if (tagless.isEmpty()) {
      ways.add("Give the role by an association of Pod Identity, whose sessions carry the tags");
    }
    ways.add("Or write permissions that do without the tags");
    return Remediation.decide(
        "Decide whether the permissions are to go by session tags.", ways.toArray(String[]::new));
  }
}
