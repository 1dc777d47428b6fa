package io.github.eksidentity.core.rules.loose;

import static io.github.eksidentity.core.audit.RuleMetadata.rule;

import io.github.eksidentity.core.audit.AuditContext;
import io.github.eksidentity.core.audit.Category;
import io.github.eksidentity.core.audit.EdgeMark;
import io.github.eksidentity.core.audit.Impact;
import io.github.eksidentity.core.audit.Need;
import io.github.eksidentity.core.audit.Rule;
import io.github.eksidentity.core.audit.RuleMetadata;
import io.github.eksidentity.core.audit.Severity;
import io.github.eksidentity.core.audit.Verdict;
import io.github.eksidentity.core.facts.Role;
import io.github.eksidentity.core.index.RoleTrust;
import io.github.eksidentity.core.remedy.Remediation;
import io.github.eksidentity.core.rules.shared.TrustedCluster;
import java.util.List;

/// Flags a role for pods that somebody else can assume as well.
public final class TrustMixedPrincipals implements Rule.OnRole {
  /// The id under which other rooms look up this rule's findings.
  public static final String ID = "trust-mixed-principals";

  private static final RuleMetadata METADATA =
      rule(
              ID,
              Severity.HIGH,
              Impact.EXPOSURE,
              Category.LOOSE_TRUST,
              "Role for pods has a second door")
          .why(
              "Besides pods, the trust names an account, everybody, another AWS service or another"
                  + " identity provider, or the role is in an instance profile. Often it was added"
                  + " for a test, or a role of instances was given to pods.")
          .risk(
              "What protects the pods' way in does not protect the other one: whoever may assume"
                  + " roles in the account, or runs an instance or a pipeline, has the pods'"
                  + " permissions.")
          .remediation(
              "Give each kind of caller a role of its own. A person who must test the role can be"
                  + " named by the ARN of their own role.")
          .references(
              "https://docs.aws.amazon.com/eks/latest/best-practices/identity-and-access-management.html",
              "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html")
          .marks(EdgeMark.LOOSE)
          .needs(Need.IAM)
          .build();

  @Override
  public RuleMetadata metadata() {
    return METADATA;
  }

  @Override
  public Verdict evaluate(Role role, AuditContext context) {
    RoleTrust trust = context.index().trust(role);
    List<OtherPrincipal> doors = OtherPrincipal.of(trust);
    if (doors.isEmpty()) {
      return Verdict.satisfied();
    }
    boolean everybody = doors.stream().anyMatch(OtherPrincipal::openToTheWorld);
    return Verdict.violated(
            everybody ? Severity.CRITICAL : METADATA.severity(),
            everybody
                ? "Everybody in every AWS account can assume the pods' role " + role.name()
                : "Others than pods can assume role " + role.name(),
            doors.stream().map(OtherPrincipal::evidence).toList(),
            Remediation.decide(
                "Decide whether the other way in is still used; if it is, give it a role of its"
                    + " own.",
                "Remove the principal, or its statement, from the trust",
                "For an instance profile: aws iam remove-role-from-instance-profile"
                    + " --instance-profile-name <profile> --role-name <role>"))
        .withCluster(TrustedCluster.cluster(trust));
  }
}
