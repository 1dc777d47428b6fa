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
import io.github.eksidentity.core.audit.StsError;
import io.github.eksidentity.core.audit.Verdict;
import io.github.eksidentity.core.facts.Cluster;
import io.github.eksidentity.core.facts.Role;
import io.github.eksidentity.core.permissions.Permission;
import io.github.eksidentity.core.remedy.Change;
import io.github.eksidentity.core.remedy.Remediation;
import io.github.eksidentity.core.text.Only;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Flags a node role that does not let the Pod Identity agent exchange tokens.
public final class AssociationNodeRoleLacksEksAuth implements Rule.OnRole {
  /// The id under which other rooms look up this rule's findings.
  public static final String ID = "association-node-role-lacks-eks-auth";

  private static final String ACTION = "eks-auth:AssumeRoleForPodIdentity";

  private static final RuleMetadata METADATA =
      rule(
              ID,
              Severity.CRITICAL,
              Impact.OUTAGE,
              Category.POD_IDENTITY,
              "The nodes' role does not allow eks-auth:AssumeRoleForPodIdentity")
          .why(
              "The agent calls EKS Auth with the role of its node. The managed policies"
                  + " AmazonEKSWorkerNodePolicy and AmazonEKSWorkerNodeMinimalPolicy allow it;"
                  + " roles with policies of their own often do not. Roles of self-managed nodes"
                  + " and of Karpenter are not known to EKS: where a cluster has such nodes, a role"
                  + " that looks like theirs and does not allow the action is undecided.")
          .risk("No associated pod on these nodes gets credentials; the agent does not try again.")
          .remediation("Attach AmazonEKSWorkerNodePolicy to the role.")
          .references(
              "https://docs.aws.amazon.com/eks/latest/userguide/pod-id-agent-setup.html",
              "https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AmazonEKSWorkerNodePolicy.html")
          .breaks(ExplainStep.ENDPOINT)
          .needs(Need.ASSOCIATIONS, Need.IAM, Need.IAM_POLICIES, Need.EKS, Need.NODE_GROUPS)
          .refinedBy(Need.PODS)
          .build();

  @Override
  public RuleMetadata metadata() {
    return METADATA;
  }

  @Override
  public Verdict evaluate(Role role, AuditContext context) {
    List<Evidence> evidence = new ArrayList<>();
    List<Cluster> concerned = new ArrayList<>();
    Optional<String> undetermined = Optional.empty();
    for (Cluster cluster : clusters(role, context)) {
      switch (on(role, cluster, context)) {
        case Permission.Allowed _ -> {}
        case Permission.Undetermined(String reason) -> undetermined = Optional.of(reason);
        case Permission.NotAllowed(String reason) -> {
          concerned.add(cluster);
          evidence.add(
              Evidence.of(
                      "nodes of cluster " + cluster.name() + " run with the role, and " + reason)
                  .withKey("Action")
                  .withValue(ACTION));
        }
      }
    }
    if (evidence.isEmpty()) {
      return undetermined
          .or(() -> OtherNodes.doubt(role, ACTION, context))
          .map(Verdict::undecided)
          .orElseGet(Verdict::satisfied);
    }
    return Verdict.violated(
            METADATA.severity(),
            "Role " + role.name() + " of the nodes does not allow " + ACTION,
            evidence,
            remediation(role, concerned, context))
        .withStsError(StsError.NO_POD_IDENTITY_CREDENTIALS)
        .withCluster(Only.of(concerned));
  }

  /// A role that nodes of a cluster may run with, which EKS does not tell of nodes outside node
  /// groups, and that is not known to allow the action; empty where nothing speaks for one.
  public static Optional<Role> doubtfulNodeRole(Cluster cluster, AuditContext context) {
    return OtherNodes.doubtful(cluster, ACTION, context);
  }

  private static List<Cluster> clusters(Role role, AuditContext context) {
    return context.index().clustersWithNodeRole(role.arn()).stream()
        .filter(cluster -> cluster.runs() && !cluster.associations().isEmpty())
        .sorted(Comparator.comparing(Cluster::arn))
        .toList();
  }

  private static Permission on(Role role, Cluster cluster, AuditContext context) {
    return context.index().permissions(role).on(ACTION, cluster.arn());
  }

  private static Remediation remediation(Role role, List<Cluster> concerned, AuditContext context) {
    boolean autoMode = concerned.stream().allMatch(Cluster::autoMode);
    String policy =
        "arn:%s:iam::aws:policy/%s"
            .formatted(
                context.inventory().account().partition().id(),
                autoMode ? "AmazonEKSWorkerNodeMinimalPolicy" : "AmazonEKSWorkerNodePolicy");
    boolean mends =
        concerned.stream()
            .allMatch(cluster -> on(role.withAttached(policy), cluster, context).isAllowed());
    return mends
        ? Remediation.fix(
            "Attach " + policy + " to the role.", new Change.AttachPolicy(role.arn(), policy))
        : Remediation.decide(
            "A Deny or the permissions boundary stands against the action; decide whether it may"
                + " go.",
            "Let the permissions boundary and the policies of the role allow " + ACTION + ".");
  }
}
