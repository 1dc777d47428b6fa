package io.github.eksidentity.core.rules.role;

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
import io.github.eksidentity.core.facts.Role;
import io.github.eksidentity.core.remedy.Remediation;
import io.github.eksidentity.core.rules.shared.TrustedCluster;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Flags a role whose policies do not allow what it is known to be for.
public final class RolePermissionsMissing implements Rule.OnRole {
  static final String ID = "role-permissions-missing";

  private static final RuleMetadata METADATA =
      rule(
              ID,
              Severity.HIGH,
              Impact.OUTAGE,
              Category.ROLE,
              "The role's policies do not allow what it is for")
          .why(
              "The settings name actions that the role must be allowed, or the role belongs to an"
                  + " add-on whose needs are known, and no statement of its policies allows them on"
                  + " any resource, a Deny takes them away, or its permissions boundary leaves them"
                  + " out. Where iam:SimulatePrincipalPolicy is allowed, IAM's own policy simulator"
                  + " is asked, which also knows the organisation's service control policies."
                  + " Otherwise, and where it has not all it needs to say, the documents decide,"
                  + " and the evidence says so. Neither sees the policies of resources, so the"
                  + " severity is medium where that of a bucket, key or secret may be what allows"
                  + " it. A role that may assume another one is not held against an add-on's"
                  + " needs.")
          .risk(
              "The pod gets its credentials, and its calls fail with \"is not authorized to"
                  + " perform\".")
          .remediation(
              "Allow the actions in a policy of the role, or widen its boundary or the"
                  + " organisation's policy where that leaves them out.")
          .references(
              "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html",
              "https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_testing-policies.html",
              "https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulatePrincipalPolicy.html")
          .breaks(ExplainStep.PERMISSIONS)
          .needs(Need.IAM, Need.IAM_POLICIES)
          .refinedBy(Need.ASSOCIATIONS, Need.SIMULATIONS)
          .build();

  @Override
  public RuleMetadata metadata() {
    return METADATA;
  }

  @Override
  public Verdict evaluate(Role role, AuditContext context) {
    Requirements requirements = Requirements.of(role, context.index(), context.settings());
    if (requirements.all().isEmpty()) {
      return Verdict.satisfied();
    }
    PermissionRulings rulings =
        new PermissionRulings(role, context.index().permissions(role), context);
    List<Lack> lacks = new ArrayList<>();
    Optional<Verdict> open = Optional.empty();
    for (Requirements.Requirement requirement : requirements.all()) {
      switch (rulings.onOneOf(requirement.anyOf())) {
        case PermissionRuling.Allowed() -> {}
        case PermissionRuling.Open(Verdict verdict) -> open = open.or(() -> Optional.of(verdict));
        case PermissionRuling.Missing missing -> lacks.add(new Lack(requirement, missing));
      }
    }
    return lacks.isEmpty()
        ? open.orElseGet(Verdict::satisfied)
        : violated(role, lacks, requirements.addons(), context);
  }

  private record Lack(Requirements.Requirement requirement, PermissionRuling.Missing missing) {
    Evidence evidence() {
      return Evidence.of(missing.reason() + "; " + requirement.because())
          .withKey("Action")
          .withClaim(String.join(" or ", requirement.anyOf()));
    }
  }

  private static Verdict violated(
      Role role, List<Lack> lacks, List<AddonNeeds> addons, AuditContext context) {
    boolean certain = lacks.stream().allMatch(lack -> lack.missing().certain());
    return Verdict.violated(
            certain ? METADATA.severity() : Severity.MEDIUM,
            "Role " + role.name() + " is not allowed what it is for",
            evidence(lacks),
            Remediation.decide(
                "Decide on which resources the role is to be allowed the actions.",
                options(role, addons, certain).toArray(String[]::new)))
        .withCluster(TrustedCluster.cluster(context.index().trust(role)));
  }

  private static List<Evidence> evidence(List<Lack> lacks) {
    List<Evidence> evidence = new ArrayList<>(lacks.stream().map(Lack::evidence).toList());
    if (lacks.stream().noneMatch(lack -> lack.missing().simulated())) {
      evidence.add(
          Evidence.of(
              "IAM's policy simulator did not decide this, so it is read from the documents of the"
                  + " role's policies and less certain"));
    }
    return evidence;
  }

  private static List<String> options(Role role, List<AddonNeeds> addons, boolean certain) {
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
    return options;
  }
}
