package io.github.eksidentity.core.rules.podidentity;

import static io.github.eksidentity.core.rules.TestAccount.account;
import static io.github.eksidentity.core.rules.TestAccount.associationArn;
import static io.github.eksidentity.core.rules.TestAccount.clusterArn;
import static io.github.eksidentity.core.rules.TestAccount.roleArn;
import static io.github.eksidentity.core.rules.Trusts.policy;

import io.github.eksidentity.core.rules.AssociationEdits;
import io.github.eksidentity.core.rules.Example;
import io.github.eksidentity.core.rules.RuleContract;
import io.github.eksidentity.core.rules.TestAccount;
import java.util.stream.Stream;

final class AssociationTrustNoTagSessionTest extends RuleContract {
  private static final String LEDGER = "system:serviceaccount:payments:ledger";

  AssociationTrustNoTagSessionTest() {
    super(new AssociationTrustNoTagSession());
  }

  @Override
  public Stream<Example> examples() {
    return Stream.of(
        flags("only sts:AssumeRole is allowed")
            .in(associated(trust("\"sts:AssumeRole\"")))
            .at(associationArn("prod", "payments", "ledger"))
            .saying("sts:TagSession")
            .admitting(roleArn("app"), "prod", LEDGER),
        flags("a wildcard that does not cover it")
            .in(associated(trust("\"sts:AssumeRole*\"")))
            .at(associationArn("prod", "payments", "ledger"))
            .admitting(roleArn("app"), "prod", LEDGER),
        flags("every action but that one")
            .in(associated(trust("\"sts:TagSession\"").replace("\"Action\"", "\"NotAction\"")))
            .at(associationArn("prod", "payments", "ledger")),
        flags("several associations of the role: one finding")
            .in(
                associated(
                        trust("\"sts:AssumeRole\"")
                            .replace("\"ledger\"", "[\"ledger\", \"worker\"]"))
                    .association("prod", "payments", "worker", roleArn("app")))
            .at(associationArn("prod", "payments", "ledger"))
            .saying("payments/worker")
            .admitting(roleArn("app"), "prod", "system:serviceaccount:payments:worker"),
        accepts("both actions").in(associated(trust("[\"sts:AssumeRole\", \"sts:TagSession\"]"))),
        accepts("sts:*").in(associated(trust("\"sts:*\""))),
        accepts("a statement of its own for the tags")
            .in(
                associated(
                    policy(statement("\"sts:AssumeRole\""), statement("\"sts:TagSession\"")))),
        accepts("session tags are switched off: nothing is tagged")
            .in(
                account()
                    .cluster("prod")
                    .role("app", policy(untagged()))
                    .association(
                        "prod",
                        "payments",
                        "ledger",
                        roleArn("app"),
                        AssociationEdits.disableSessionTags(true))));
  }

  private static TestAccount associated(String trust) {
    return account()
        .cluster("prod")
        .role("app", trust)
        .association("prod", "payments", "ledger", roleArn("app"));
  }

  private static String trust(String action) {
    return policy(statement(action));
  }

  private static String statement(String action) {
    return """
    {"Effect": "Allow", "Principal": {"Service": "pods.eks.amazonaws.com"}, "Action": %s,
     "Condition": {"StringEquals": {"aws:RequestTag/eks-cluster-arn": "%s",
       "aws:RequestTag/kubernetes-namespace": "payments",
       "aws:RequestTag/kubernetes-service-account": "ledger"}}}\
    """
        .formatted(action, clusterArn("prod"));
  }

  private static String untagged() {
    return """
    {"Effect": "Allow", "Principal": {"Service": "pods.eks.amazonaws.com"},
     "Action": "sts:AssumeRole", "Condition": {"ArnEquals": {"aws:SourceArn": "%s"}}}\
    """
        .formatted(clusterArn("prod"));
  }
}
