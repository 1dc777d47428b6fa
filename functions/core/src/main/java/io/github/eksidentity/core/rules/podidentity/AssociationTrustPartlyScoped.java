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
import java.util.List;

/// Flags a role that admits a namespace or service account of whatever cluster.
public final class AssociationTrustPartlyScoped implements Rule.OnRole {
  private static final RuleMetadata METADATA =
      rule(
              "association-trust-partly-scoped",
              Severity.MEDIUM,
              Impact.EXPOSURE,
              Category.POD_IDENTITY,
              "The role names pods of Pod Identity without their cluster")
          .why(
              "The trust policy names the namespace or service account and no cluster. Other"
                  + " clusters of the account can have the same names. The ARN of a cluster comes"
                  + " again when a cluster of the same name is made.")
          .risk(
              "Pods of the same name in another cluster, a test cluster for instance, get the"
                  + " role.")
          .remediation("Add a condition on aws:RequestTag/eks-cluster-arn.")
          .references(
              "https://docs.aws.amazon.com/eks/latest/best-practices/identity-and-access-management.html",
              "https://docs.aws.amazon.com/eks/latest/userguide/pod-id-abac.html")
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
        PodProbe.of(trust, context.inventory().account())
            .map(PodProbe::ofAnyCluster)
            .orElse(List.of());
    if (open.isEmpty()) {
      return Verdict.satisfied();
    }
    PodNarrowing narrowing = PodNarrowing.of(trust, context);
    return Verdict.violated(
            METADATA.severity(),
            "Role " + role.name() + " names pods without their cluster",
            open.stream()
                .map(
                    statement ->
                        Evidence.in(statement, "no condition says of which cluster the pods are")
                            .withKey(PodScope.CLUSTER_ARN))
                .toList(),
            narrowing.toClusters(open))
        .withCluster(narrowing.cluster());
  }
}
