package io.github.eksidentity.core.rules;

import static io.github.eksidentity.core.audit.RuleMetadata.rule;

import io.github.eksidentity.core.audit.AuditContext;
import io.github.eksidentity.core.audit.Category;
import io.github.eksidentity.core.audit.Evidence;
import io.github.eksidentity.core.audit.Need;
import io.github.eksidentity.core.audit.Rule;
import io.github.eksidentity.core.audit.RuleMetadata;
import io.github.eksidentity.core.audit.Severity;
import io.github.eksidentity.core.audit.SubjectPattern;
import io.github.eksidentity.core.audit.Verdict;
import io.github.eksidentity.core.facts.Role;
import io.github.eksidentity.core.permissions.Permission;
import io.github.eksidentity.core.permissions.RolePermissions;
import io.github.eksidentity.core.policy.Glob;
import io.github.eksidentity.core.remedy.Remediation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/// Flags a role whose policies do not allow what it is known to be for.
public final class RolePermissionsMissing implements Rule.OnRole {
  /// Services in which no policy of a resource can allow anything, so that the role's own policies
  /// decide.
  ///
  /// @see <a
  /// href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_aws-services-that-work-with-iam.html">IAM:
  /// services and resource-based policies</a>
  private static final Set<String> BY_ROLE_ALONE =
      Set.of("autoscaling", "ec2", "elasticloadbalancing", "iam", "route53", "servicediscovery");

  private static final RuleMetadata METADATA =
      rule(
              "role-permissions-missing",
              Severity.HIGH,
              Category.ROLE,
              "The role's policies do not allow what it is for")
          .why(
              "The settings name actions that the role must be allowed, or the role belongs to an"
                  + " add-on whose needs are known, and no statement of its policies allows them on"
                  + " any resource, a Deny takes them away, or its permissions boundary leaves them"
                  + " out. This is read from the documents: policies of resources and of the"
                  + " organisation are not seen, so the severity is medium where the policy of a"
                  + " bucket, key or secret may be what allows it. A role that may assume another"
                  + " one is not held against an add-on's needs.")
          .risk(
              "The pod gets its credentials, and its calls fail with \"is not authorized to"
                  + " perform\".")
          .remediation("Allow the actions in a policy of the role, or widen its boundary.")
          .references(
              "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html",
              "https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_testing-policies.html")
          .needs(Need.IAM, Need.IAM_POLICIES)
          .refinedBy(Need.ASSOCIATIONS)
          .build();

  /// Something that the role must be allowed.
  ///
  /// @param anyOf actions of which one is enough
  /// @param because who says so, as the end of a sentence
  private record Requirement(Set<String> anyOf, String because) {
    Requirement {
      anyOf = new TreeSet<>(anyOf);
    }
  }

  @Override
  public RuleMetadata metadata() {
    return METADATA;
  }

  @Override
  public Verdict evaluate(Role role, AuditContext context) {
    List<AddonNeeds> addons = addons(role, context);
    RolePermissions permissions = RolePermissions.of(role, context.inventory().managedPolicies());
    List<Requirement> requirements = requirements(role, addons, permissions, context);
    List<Evidence> evidence = new ArrayList<>();
    Set<String> missing = new TreeSet<>();
    Optional<String> open = Optional.empty();
    for (Requirement requirement : requirements) {
      switch (strongest(requirement, permissions)) {
        case Permission.Allowed _ -> {}
        case Permission.Undetermined(String reason) -> open = open.or(() -> Optional.of(reason));
        case Permission.NotAllowed(String reason) -> {
          missing.addAll(requirement.anyOf());
          evidence.add(
              Evidence.of(reason + "; " + requirement.because())
                  .withKey("Action")
                  .withClaim(String.join(" or ", requirement.anyOf())));
        }
      }
    }
    return evidence.isEmpty()
        ? open.map(Verdict::undecided).orElseGet(Verdict::satisfied)
        : violated(role, evidence, missing, addons, context);
  }

  private static Permission strongest(Requirement requirement, RolePermissions permissions) {
    List<Permission> each = requirement.anyOf().stream().map(permissions::onAnything).toList();
    return each.stream()
        .filter(Permission::isAllowed)
        .findFirst()
        .or(() -> each.stream().filter(Permission.Undetermined.class::isInstance).findFirst())
        .orElseGet(each::getFirst);
  }

  /// The add-ons whose service accounts the role names exactly, or an association binds to it.
  private static List<AddonNeeds> addons(Role role, AuditContext context) {
    return Stream.concat(
            context.index().admitted(role).stream()
                .flatMap(way -> way.patterns().stream())
                .map(SubjectPattern::text),
            context.index().associationsOf(role.arn()).stream()
                .map(found -> found.association().subject()))
        .flatMap(subject -> AddonNeeds.of(subject).stream())
        .distinct()
        .toList();
  }

  private static List<Requirement> requirements(
      Role role, List<AddonNeeds> addons, RolePermissions permissions, AuditContext context) {
    List<Requirement> requirements = new ArrayList<>();
    Set<String> declared = new TreeSet<>();
    context
        .settings()
        .requiredActions()
        .forEach(
            (pattern, actions) -> {
              if (Glob.matches(pattern, role.arn()) || Glob.matches(pattern, role.name())) {
                declared.addAll(actions);
              }
            });
    declared.forEach(
        action ->
            requirements.add(
                new Requirement(Set.of(action), "the settings say that it is needed")));
    if (!permissions.onAnything("sts:AssumeRole").isAllowed()) {
      for (AddonNeeds addon : addons) {
        if (!addon.satisfiedBy(role)) {
          addon
              .needs()
              .forEach(
                  anyOf -> requirements.add(new Requirement(anyOf, addon.name() + " needs it")));
        }
      }
    }
    return requirements;
  }

  private static Verdict violated(
      Role role,
      List<Evidence> evidence,
      Set<String> missing,
      List<AddonNeeds> addons,
      AuditContext context) {
    boolean certain =
        missing.stream()
            .allMatch(action -> BY_ROLE_ALONE.contains(action.substring(0, action.indexOf(':'))));
    List<String> options = new ArrayList<>();
    addons.forEach(
        addon -> options.add("Compare with the policy of " + addon.name() + ": " + addon.source()));
    options.add(
        "aws iam put-role-policy --role-name <role> --policy-name <name> --policy-document"
            + " file://<file>");
    role.permissionsBoundary()
        .ifPresent(boundary -> options.add("Look at the permissions boundary too: " + boundary));
    if (!certain) {
      options.add(
          "If the policy of a bucket, key or secret allows it, mute the finding with that reason.");
    }
    return Verdict.violated(
            certain ? METADATA.severity() : Severity.MEDIUM,
            "Role " + role.name() + " is not allowed what it is for",
            evidence,
            Remediation.decide(
                "Decide on which resources the role is to be allowed the actions.",
                options.toArray(String[]::new)))
        .withCluster(Doors.cluster(context.index().trust(role)));
  }
}
