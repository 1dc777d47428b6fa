package io.github.eksidentity.core.rules.podidentity;

import static io.github.eksidentity.core.rules.TestAccount.account;
import static io.github.eksidentity.core.rules.TestAccount.associationArn;
import static io.github.eksidentity.core.rules.TestAccount.clusterArn;
import static io.github.eksidentity.core.rules.TestAccount.roleArn;
import static io.github.eksidentity.core.rules.Trusts.podIdentity;
import static io.github.eksidentity.core.rules.Trusts.policy;

import io.github.eksidentity.core.facts.Association;
import io.github.eksidentity.core.facts.PolicyDocument;
import io.github.eksidentity.core.rules.AssociationEdits;
import io.github.eksidentity.core.rules.Example;
import io.github.eksidentity.core.rules.RoleEdits;
import io.github.eksidentity.core.rules.RuleContract;
import io.github.eksidentity.core.rules.TestAccount;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

final class AssociationTargetRoleBrokenTest extends RuleContract {
  private static final String FOREIGN = "arn:aws:iam::444455556666:role/lake";
  private static final String ID = "prod/a-payments-ledger";

  AssociationTargetRoleBrokenTest() {
    super(new AssociationTargetRoleBroken());
  }

  @Override
  public Stream<Example> examples() {
    return Stream.of(
        flags("the target role trusts somebody else")
            .in(chained(roleArn("lake")).role("lake", trusting(roleArn("other"), "")))
            .at(associationArn("prod", "payments", "ledger"))
            .saying("does not let the role in"),
        flags("the target role does not allow sts:TagSession")
            .in(
                chained(roleArn("lake"))
                    .role("lake", trusting(roleArn("app"), "").replace(", \"sts:TagSession\"", "")))
            .at(associationArn("prod", "payments", "ledger"))
            .saying("sts:TagSession")
            .admitting(roleArn("app"), "prod", "system:serviceaccount:payments:ledger"),
        flags("another external id")
            .in(
                chained(roleArn("lake"))
                    .role("lake", trusting(roleArn("app"), externalId("something-else"))))
            .at(associationArn("prod", "payments", "ledger"))
            .saying("wants another external id"),
        flags("the target role does not exist")
            .in(chained(roleArn("lake")))
            .at(associationArn("prod", "payments", "ledger"))
            .saying("no role of the account"),
        flags("the target role trusts the account, and the role has no permission")
            .in(
                chained(roleArn("lake"))
                    .role("lake", trusting("arn:aws:iam::111122223333:root", "")))
            .at(associationArn("prod", "payments", "ledger"))
            .saying("may not assume the target role"),
        flags("a target in another account, and the role has no permission")
            .in(chained(FOREIGN))
            .at(associationArn("prod", "payments", "ledger"))
            .saying("may not assume the target role")
            .saying("sts:TagSession"),
        flags("two associations with the same fault: one finding")
            .in(
                chained(FOREIGN)
                    .role("app", policy(door("ledger"), door("worker")))
                    .association("prod", "payments", "worker", roleArn("app"), to(FOREIGN, ID)))
            .at(associationArn("prod", "payments", "ledger"))
            .saying("payments/worker"),
        accepts("the target role names the role: within an account that is enough")
            .in(chained(roleArn("lake")).role("lake", trusting(roleArn("app"), externalId(ID)))),
        accepts("the target role trusts the account, and the role has the permission")
            .in(
                permitted(roleArn("lake"))
                    .role("lake", trusting("arn:aws:iam::111122223333:root", ""))),
        accepts("no target role")
            .in(
                account()
                    .cluster("prod")
                    .role("app", podIdentity(clusterArn("prod"), "payments", "ledger"))
                    .association("prod", "payments", "ledger", roleArn("app"))),
        undecided("the trust of a target in another account cannot be read")
            .in(permitted(FOREIGN))
            .at(associationArn("prod", "payments", "ledger")),
        undecided("the target's trust hangs on the organisation")
            .in(
                chained(roleArn("lake"))
                    .role(
                        "lake",
                        trusting(
                            roleArn("app"),
                            ", \"Condition\": {\"StringEquals\":"
                                + " {\"aws:PrincipalOrgID\": \"o-abcdef1234\"}}")))
            .at(associationArn("prod", "payments", "ledger")));
  }

  private static TestAccount chained(String target) {
    return account()
        .cluster("prod")
        .role("app", policy(door("ledger")))
        .association("prod", "payments", "ledger", roleArn("app"), to(target, ID));
  }

  private static TestAccount permitted(String target) {
    return chained(target)
        .role(
            "app",
            policy(door("ledger")),
            RoleEdits.inlinePolicies(
                List.of(
                    new PolicyDocument(
                        "chain",
                        """
                        {"Version": "2012-10-17", "Statement": [{"Effect": "Allow",
                          "Action": ["sts:AssumeRole", "sts:TagSession"], "Resource": "%s"}]}\
                        """
                            .formatted(target)))));
  }

  private static UnaryOperator<Association> to(String target, String externalId) {
    return association ->
        AssociationEdits.externalId(Optional.of(externalId))
            .apply(AssociationEdits.targetRoleArn(Optional.of(target)).apply(association));
  }

  private static String door(String serviceAccount) {
    return """
    {"Effect": "Allow", "Principal": {"Service": "pods.eks.amazonaws.com"},
     "Action": ["sts:AssumeRole", "sts:TagSession"],
     "Condition": {"StringEquals": {"aws:RequestTag/eks-cluster-arn": "%s",
       "aws:RequestTag/kubernetes-namespace": "payments",
       "aws:RequestTag/kubernetes-service-account": "%s"}}}\
    """
        .formatted(clusterArn("prod"), serviceAccount);
  }

  private static String trusting(String principal, String condition) {
    return policy(
        """
        {"Effect": "Allow", "Principal": {"AWS": "%s"},
         "Action": ["sts:AssumeRole", "sts:TagSession"]%s}\
        """
            .formatted(principal, condition));
  }

  private static String externalId(String id) {
    return ", \"Condition\": {\"StringEquals\": {\"sts:ExternalId\": \"" + id + "\"}}";
  }
}
