package io.github.eksidentity.core.rules.loose;

import static io.github.eksidentity.core.audit.RuleMetadata.rule;

import io.github.eksidentity.core.audit.AuditContext;
import io.github.eksidentity.core.audit.Category;
import io.github.eksidentity.core.audit.EdgeMark;
import io.github.eksidentity.core.audit.Evidence;
import io.github.eksidentity.core.audit.Impact;
import io.github.eksidentity.core.audit.Need;
import io.github.eksidentity.core.audit.Rule;
import io.github.eksidentity.core.audit.RuleMetadata;
import io.github.eksidentity.core.audit.Severity;
import io.github.eksidentity.core.audit.Verdict;
import io.github.eksidentity.core.facts.Role;
import io.github.eksidentity.core.permissions.Permission;
import io.github.eksidentity.core.remedy.Remediation;
import io.github.eksidentity.core.rules.shared.Privilege;
import io.github.eksidentity.core.rules.shared.TrustedCluster;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Flags a role for pods that has administrator rights or can get them.
public final class RolePrivileged implements Rule.OnRole {
  /// The id under which other rooms look up this rule's findings.
  public static final String ID = "role-privileged";

  private static final RuleMetadata METADATA =
      rule(
              ID,
              Severity.CRITICAL,
              Impact.EXPOSURE,
              Category.LOOSE_TRUST,
              "Role that pods can assume has administrator rights or a way to them")
          .why(
              "The role's policies allow everything, or one of the actions by which a principal"
                  + " raises its own rights: writing policies, passing any role to a service that"
                  + " runs code, making keys for other users, changing who may assume a role.")
          .risk("Who breaks into one pod of the service account has the account.")
          .remediation(
              "Allow the actions that the application calls, on the resources that it calls them"
                  + " on. IAM Access Analyzer can write such a policy from CloudTrail. A"
                  + " permissions boundary limits what remains.")
          .references(
              "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-policy-generation.html",
              "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html",
              "https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html")
          .marks(EdgeMark.PRIVILEGED)
          .needs(Need.IAM, Need.IAM_POLICIES)
          .build();

  @Override
  public RuleMetadata metadata() {
    return METADATA;
  }

  @Override
  public Verdict evaluate(Role role, AuditContext context) {
    boolean podsGetIn =
        !context.index().trust(role).podDoors().isEmpty()
            || !context.index().admitted(role).isEmpty();
    if (!podsGetIn) {
      return Verdict.satisfied();
    }
    Privilege privilege = Privilege.of(role, context.index());
    return privilege.isPrivileged()
        ? violated(role, evidence(privilege.allowed()), privilege.account(), context)
        : privilege.open().map(Verdict::undecided).orElseGet(Verdict::satisfied);
  }

  private static List<Evidence> evidence(Map<Permission.Grant, List<String>> allowed) {
    List<Evidence> evidence = new ArrayList<>();
    allowed.forEach(
        (by, texts) ->
            evidence.add(
                Evidence.of(
                        "statement "
                            + (by.statement().index() + 1)
                            + " of policy "
                            + by.policy()
                            + " allows "
                            + String.join(", ", texts))
                    .withKey(by.statement().notAction() ? "NotAction" : "Action")
                    .withValue(String.join(", ", by.statement().actions()))));
    return evidence;
  }

  private static Verdict violated(
      Role role, List<Evidence> evidence, boolean account, AuditContext context) {
    return Verdict.violated(
            account ? METADATA.severity() : Severity.HIGH,
            account
                ? "Pods can get administrator rights by role " + role.name()
                : "Pods can go on to other roles by role " + role.name(),
            evidence,
            Remediation.decide(
                "Decide what the application needs; its policies do not tell.",
                "Let IAM Access Analyzer write a policy from what the role did: aws accessanalyzer"
                    + " start-policy-generation",
                "Limit the role by a permissions boundary: aws iam put-role-permissions-boundary",
                "Limit the resources of the actions named here to those that the application owns"))
        .withCluster(TrustedCluster.cluster(context.index().trust(role)));
  }
}
