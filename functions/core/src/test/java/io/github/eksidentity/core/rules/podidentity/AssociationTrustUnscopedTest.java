package io.github.eksidentity.core.rules.podidentity;

import static io.github.eksidentity.core.rules.TestAccount.account;
import static io.github.eksidentity.core.rules.TestAccount.clusterArn;
import static io.github.eksidentity.core.rules.TestAccount.roleArn;
import static io.github.eksidentity.core.rules.Trusts.POD_IDENTITY;
import static io.github.eksidentity.core.rules.Trusts.podIdentity;
import static io.github.eksidentity.core.rules.Trusts.policy;

import io.github.eksidentity.core.audit.Severity;
import io.github.eksidentity.core.facts.Coverage;
import io.github.eksidentity.core.facts.Scope;
import io.github.eksidentity.core.rules.AssociationEdits;
import io.github.eksidentity.core.rules.Example;
import io.github.eksidentity.core.rules.RoleEdits;
import io.github.eksidentity.core.rules.RuleContract;
import io.github.eksidentity.core.rules.TestAccount;
import java.util.List;
import java.util.stream.Stream;

final class AssociationTrustUnscopedTest extends RuleContract {
  private static final String LEDGER = "system:serviceaccount:payments:ledger";

  AssociationTrustUnscopedTest() {
    super(new AssociationTrustUnscoped());
  }

  @Override
  public Stream<Example> examples() {
    return Stream.of(
        flags("the trust that the console proposes")
            .in(associated(POD_IDENTITY))
            .at(roleArn("app"))
            .admitting(roleArn("app"), "prod", LEDGER),
        flags("the role has administrator rights")
            .in(
                associated(POD_IDENTITY)
                    .role(
                        "app",
                        POD_IDENTITY,
                        RoleEdits.attachedPolicies(
                            List.of("arn:aws:iam::aws:policy/AdministratorAccess"))))
            .at(roleArn("app"))
            .severity(Severity.HIGH)
            .admitting(roleArn("app"), "prod", LEDGER)
            .alsoFinding("role-privileged"),
        flags("several associations")
            .in(
                associated(POD_IDENTITY)
                    .cluster("us-east-1", "other")
                    .association("other", "web", "shop", roleArn("app")))
            .at(roleArn("app"))
            .admitting(roleArn("app"), "prod", LEDGER)
            .admitting(roleArn("app"), "other", "system:serviceaccount:web:shop"),
        flags("session tags are switched off")
            .in(
                account()
                    .cluster("prod")
                    .role("app", POD_IDENTITY)
                    .association(
                        "prod",
                        "payments",
                        "ledger",
                        roleArn("app"),
                        AssociationEdits.disableSessionTags(true)))
            .at(roleArn("app"))
            .admitting(roleArn("app"), "prod", LEDGER),
        flags("no association names the role yet")
            .in(account().cluster("prod").role("app", POD_IDENTITY))
            .at(roleArn("app"))
            .saying("Decide for which pods"),
        flags("a region that was not read may hold further associations")
            .in(
                associated(POD_IDENTITY)
                    .coverage(Scope.region("us-east-1"), new Coverage.Skipped("not asked")))
            .at(roleArn("app"))
            .saying("not every cluster"),
        flags("a condition that every pod meets")
            .in(
                associated(
                    scoped("{\"StringLike\": {\"aws:RequestTag/kubernetes-namespace\": \"*\"}}")))
            .at(roleArn("app"))
            .admitting(roleArn("app"), "prod", LEDGER),
        flags("a condition that an association without tags passes by")
            .in(
                associated(
                    scoped(
                        "{\"StringEqualsIfExists\": {\"aws:RequestTag/kubernetes-namespace\":"
                            + " \"payments\"}}")))
            .at(roleArn("app"))
            .admitting(roleArn("app"), "prod", LEDGER),
        flags("everybody but one namespace")
            .in(
                associated(
                    scoped(
                        "{\"StringNotEquals\": {\"aws:RequestTag/kubernetes-namespace\":"
                            + " \"kube-system\"}}")))
            .at(roleArn("app"))
            .admitting(roleArn("app"), "prod", LEDGER),
        accepts("cluster, namespace and service account")
            .in(associated(podIdentity(clusterArn("prod"), "payments", "ledger"))),
        accepts("the cluster as the source of the call")
            .in(
                associated(
                    scoped("{\"ArnLike\": {\"aws:SourceArn\": \"" + clusterArn("prod") + "\"}}"))),
        accepts("the account as the source of the call")
            .in(
                associated(
                    scoped("{\"StringEquals\": {\"aws:SourceAccount\": \"111122223333\"}}"))),
        accepts("a Deny for every other cluster")
            .in(
                associated(
                    policy(
                        statement("{}"),
                        statement(
                                "{\"StringNotEquals\": {\"aws:RequestTag/eks-cluster-arn\": \""
                                    + clusterArn("prod")
                                    + "\"}}")
                            .replace("Allow", "Deny")))),
        accepts("another service").in(account().role("app", policy(ec2()))));
  }

  private static TestAccount associated(String trust) {
    return account()
        .cluster("prod")
        .role("app", trust)
        .association("prod", "payments", "ledger", roleArn("app"));
  }

  private static String scoped(String condition) {
    return policy(statement(condition));
  }

  private static String statement(String condition) {
    return """
    {"Effect": "Allow", "Principal": {"Service": "pods.eks.amazonaws.com"},
     "Action": ["sts:AssumeRole", "sts:TagSession"], "Condition": %s}\
    """
        .formatted(condition);
  }

  private static String ec2() {
    return """
    {"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"}\
    """;
  }
}
