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
import java.util.List;

/// Flags a role for pods that may do nothing by its own policies.
public final class RoleNoPermissions implements Rule.OnRole {
  private static final RuleMetadata METADATA =
      rule(
              "role-no-permissions",
              Severity.MEDIUM,
              Impact.HYGIENE,
              Category.ROLE,
              "Role for pods has no policy")
          .why(
              "The role has neither an attached nor an inline policy. The pod gets its credentials,"
                  + " and its calls fail with \"is not authorized to perform … because no"
                  + " identity-based policy allows\". A policy of a resource, as of a bucket or a"
                  + " key, can be the whole grant: then nothing is wrong.")
          .risk("The application does not work, or an empty role waits for permissions.")
          .remediation("Attach the policy that was forgotten, or delete the role.")
          .references(
              "https://docs.aws.amazon.com/eks/latest/userguide/associate-service-account-role.html",
              "https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_identity-vs-resource.html")
          .breaks(ExplainStep.PERMISSIONS)
          .needs(Need.IAM, Need.IAM_POLICIES)
          .refinedBy(Need.ASSOCIATIONS)
          .yieldsTo("role-permissions-missing")
          .build();

  @Override
  public RuleMetadata metadata() {
    return METADATA;
  }

  @Override
  public Verdict evaluate(Role role, AuditContext context) {
    if (!context.index().trust(role).forPods()
        || !role.inlinePolicies().isEmpty()
        || !role.attachedPolicies().isEmpty()
        || leadsToTarget(role, context)) {
      return Verdict.satisfied();
    }
    return Verdict.violated(
            METADATA.severity(),
            "Role " + role.name() + " has no policy",
            List.of(
                Evidence.of(
                    "no managed policy is attached and there is no inline policy; only policies of"
                        + " resources could allow its calls")),
            Remediation.decide(
                "Decide what the application needs.",
                "aws iam attach-role-policy --role-name <role> --policy-arn <policy>",
                "If a policy of a resource is the whole grant, mute the finding with that reason",
                "If nothing uses the role, delete it"))
        .withCluster(TrustedCluster.cluster(context.index().trust(role)));
  }

  /// Then the role lacks sts:AssumeRole, and association-target-role-broken says so.
  private static boolean leadsToTarget(Role role, AuditContext context) {
    return context.index().associationsOf(role.arn()).stream()
        .anyMatch(found -> found.association().targetRoleArn().isPresent());
  }
}
