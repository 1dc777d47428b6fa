package io.github.eksidentity.core.rules.podidentity;

import static io.github.eksidentity.core.rules.TestAccount.account;
import static io.github.eksidentity.core.rules.TestAccount.clusterArn;
import static io.github.eksidentity.core.rules.TestAccount.roleArn;
import static io.github.eksidentity.core.rules.Trusts.podIdentity;
import static io.github.eksidentity.core.rules.Trusts.policy;

import io.github.eksidentity.core.facts.PolicyDocument;
import io.github.eksidentity.core.facts.Role;
import io.github.eksidentity.core.rules.ClusterEdits;
import io.github.eksidentity.core.rules.Example;
import io.github.eksidentity.core.rules.PodEdits;
import io.github.eksidentity.core.rules.RoleEdits;
import io.github.eksidentity.core.rules.RuleContract;
import io.github.eksidentity.core.rules.TestAccount;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

final class AssociationNodeRoleLacksEksAuthTest extends RuleContract {
  private static final String WORKER = "arn:aws:iam::aws:policy/AmazonEKSWorkerNodePolicy";
  private static final String MINIMAL = "arn:aws:iam::aws:policy/AmazonEKSWorkerNodeMinimalPolicy";

  AssociationNodeRoleLacksEksAuthTest() {
    super(new AssociationNodeRoleLacksEksAuth());
  }

  @Override
  public Stream<Example> examples() {
    return Stream.of(
        flags("a node group's role with policies of its own")
            .in(nodes())
            .at(roleArn("node"))
            .saying("eks-auth:AssumeRoleForPodIdentity")
            .saying("cluster prod"),
        flags("the role of Auto Mode's nodes")
            .in(
                associated("prod")
                    .role("node", ec2())
                    .onCluster("prod", ClusterEdits.autoMode(true))
                    .onCluster("prod", ClusterEdits.nodeRoleArn(Optional.of(roleArn("node")))))
            .at(roleArn("node"))
            .saying("AmazonEKSWorkerNodeMinimalPolicy"),
        flags("a Deny stands against it")
            .in(
                associated("prod")
                    .role("node", ec2(), with(WORKER, deny()))
                    .nodeGroup("prod", "general", roleArn("node")))
            .at(roleArn("node"))
            .saying("denies"),
        accepts("AmazonEKSWorkerNodePolicy, although its document was not read")
            .in(
                associated("prod")
                    .role("node", ec2(), RoleEdits.attachedPolicies(List.of(WORKER)))
                    .nodeGroup("prod", "general", roleArn("node"))),
        accepts("AmazonEKSWorkerNodeMinimalPolicy")
            .in(
                associated("prod")
                    .role("node", ec2(), RoleEdits.attachedPolicies(List.of(MINIMAL)))
                    .nodeGroup("prod", "general", roleArn("node"))),
        accepts("an inline policy")
            .in(
                associated("prod")
                    .role("node", ec2(), RoleEdits.inlinePolicies(List.of(allow())))
                    .nodeGroup("prod", "general", roleArn("node"))),
        accepts("no associations")
            .in(
                account()
                    .cluster("prod")
                    .role("node", ec2())
                    .nodeGroup("prod", "general", roleArn("node"))),
        undecided("no node groups, and a role that may be that of Karpenter's nodes")
            .in(associated("prod").role("node", ec2()))
            .at(roleArn("node")),
        accepts("no node groups, and a role of other instances")
            .in(associated("prod").role("bastion", ec2())),
        accepts("no node groups, and every pod on Fargate")
            .in(
                associated("prod")
                    .role("node", ec2())
                    .serviceAccount("prod", "payments", "ledger")
                    .pod(
                        "prod",
                        "batch",
                        "close",
                        "close",
                        PodEdits.node(Optional.of("fargate-ip-10-0-0-1")))),
        undecided("a policy that was not read")
            .in(
                associated("prod")
                    .role(
                        "node",
                        ec2(),
                        RoleEdits.attachedPolicies(
                            List.of("arn:aws:iam::111122223333:policy/node")))
                    .nodeGroup("prod", "general", roleArn("node")))
            .at(roleArn("node")));
  }

  private static TestAccount nodes() {
    return associated("prod").role("node", ec2()).nodeGroup("prod", "general", roleArn("node"));
  }

  private static TestAccount associated(String cluster) {
    return account()
        .cluster(cluster)
        .role("app", podIdentity(clusterArn(cluster), "payments", "ledger"))
        .association(cluster, "payments", "ledger", roleArn("app"));
  }

  private static UnaryOperator<Role> with(String attached, PolicyDocument inline) {
    return role ->
        RoleEdits.inlinePolicies(List.of(inline))
            .apply(RoleEdits.attachedPolicies(List.of(attached)).apply(role));
  }

  private static PolicyDocument allow() {
    return new PolicyDocument(
        "auth",
        """
        {"Version": "2012-10-17", "Statement": [{"Effect": "Allow",
          "Action": "eks-auth:*", "Resource": "*"}]}\
        """);
  }

  private static PolicyDocument deny() {
    return new PolicyDocument("auth", allow().document().replace("Allow", "Deny"));
  }

  private static String ec2() {
    return policy(
        """
        {"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"},
         "Action": "sts:AssumeRole"}\
        """);
  }
}
