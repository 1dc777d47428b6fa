package io.github.eksidentity.core.rules.podidentity;

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
import io.github.eksidentity.core.index.RoleTrust;
import io.github.eksidentity.core.policy.tree.Statement;
import io.github.eksidentity.core.rules.shared.Privilege;
import java.util.List;

/// Flags a role that any Pod Identity association may use.
public final class AssociationTrustUnscoped implements Rule.OnRole {
  private static final RuleMetadata METADATA =
      rule(
              "association-trust-unscoped",
              Severity.MEDIUM,
              Impact.EXPOSURE,
              Category.POD_IDENTITY,
              "The role trusts pods.eks.amazonaws.com without saying for which pods")
          .why(
              "The trust policy that the console proposes names the service of Pod Identity and no"
                  + " condition on the tags of the session or the source of the call. Conditions"
                  + " that hold for every pod, or where the tags are switched off, count as none.")
          .risk(
              "Whoever may create an association on any cluster of the account, and pass the role,"
                  + " gives it to any service account. High where role-privileged speaks of the"
                  + " role.")
          .remediation(
              "Add conditions on cluster, namespace and service account, or at least on the"
                  + " cluster.")
          .references(
              "https://docs.aws.amazon.com/eks/latest/userguide/pod-id-role.html",
              "https://docs.aws.amazon.com/eks/latest/best-practices/identity-and-access-management.html")
          .marks(EdgeMark.LOOSE)
          .needs(Need.ASSOCIATIONS, Need.IAM)
          .build();

  @Override
  public RuleMetadata metadata() {
    return METADATA;
  }

  @Override
  public Verdict evaluate(Role role, AuditContext context) {
    RoleTrust trust = context.index().trust(role);
    List<Statement> open =
        PodProbe.of(trust, context.inventory().account()).map(PodProbe::unscoped).orElse(List.of());
    if (open.isEmpty()) {
      return Verdict.satisfied();
    }
    PodNarrowing narrowing = PodNarrowing.of(trust, context);
    boolean privileged = Privilege.of(role, context.index()).isPrivileged();
    return Verdict.violated(
            privileged ? Severity.HIGH : METADATA.severity(),
            "Role " + role.name() + " trusts Pod Identity without saying for which pods",
            open.stream()
                .map(
                    statement ->
                        Evidence.in(statement, "no condition keeps any pod out")
                            .withKey("Principal.Service")
                            .withValue(RoleTrust.POD_IDENTITY))
                .toList(),
            narrowing.toPods(open))
        .withCluster(narrowing.cluster());
  }
}
