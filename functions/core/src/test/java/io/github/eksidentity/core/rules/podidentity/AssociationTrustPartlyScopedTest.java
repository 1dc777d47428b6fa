package io.github.eksidentity.core.rules.podidentity;

import static io.github.eksidentity.core.rules.TestAccount.account;
import static io.github.eksidentity.core.rules.TestAccount.clusterArn;
import static io.github.eksidentity.core.rules.TestAccount.roleArn;
import static io.github.eksidentity.core.rules.Trusts.policy;

import io.github.eksidentity.core.rules.Example;
import io.github.eksidentity.core.rules.RuleContract;
import io.github.eksidentity.core.rules.TestAccount;
import java.util.stream.Stream;

final class AssociationTrustPartlyScopedTest extends RuleContract {
  private static final String LEDGER = "system:serviceaccount:payments:ledger";

  AssociationTrustPartlyScopedTest() {
    super(new AssociationTrustPartlyScoped());
  }

  @Override
  public Stream<Example> examples() {
    return Stream.of(
        flags("namespace and service account without the cluster")
            .in(
                associated(
                    "\"aws:RequestTag/kubernetes-namespace\": \"payments\","
                        + " \"aws:RequestTag/kubernetes-service-account\": \"ledger\""))
            .at(roleArn("app"))
            .saying("eks-cluster-arn")
            .admitting(roleArn("app"), "prod", LEDGER),
        flags("the namespace alone")
            .in(associated("\"aws:RequestTag/kubernetes-namespace\": \"payments\""))
            .at(roleArn("app"))
            .admitting(roleArn("app"), "prod", LEDGER),
        flags("the account does not tell its clusters apart")
            .in(
                associated(
                    "\"aws:RequestTag/kubernetes-namespace\": \"payments\","
                        + " \"aws:SourceAccount\": \"111122223333\""))
            .at(roleArn("app"))
            .admitting(roleArn("app"), "prod", LEDGER),
        accepts("with the cluster's ARN")
            .in(
                associated(
                    "\"aws:RequestTag/kubernetes-namespace\": \"payments\","
                        + " \"aws:RequestTag/eks-cluster-arn\": \""
                        + clusterArn("prod")
                        + "\"")),
        accepts("with the cluster's name")
            .in(
                associated(
                    "\"aws:RequestTag/kubernetes-namespace\": \"payments\","
                        + " \"aws:RequestTag/eks-cluster-name\": \"prod\"")),
        accepts("with the cluster as the source of the call")
            .in(
                associated(
                    "\"aws:RequestTag/kubernetes-namespace\": \"payments\","
                        + " \"aws:SourceArn\": \""
                        + clusterArn("prod")
                        + "\"")),
        accepts("the cluster without a namespace")
            .in(associated("\"aws:RequestTag/eks-cluster-arn\": \"" + clusterArn("prod") + "\"")),
        accepts("nothing is named at all: its own rule speaks")
            .in(associated("\"aws:RequestTag/kubernetes-namespace\": \"*\"", "StringLike"))
            .alsoFinding("association-trust-unscoped"));
  }

  private static TestAccount associated(String keys) {
    return associated(keys, "StringEquals");
  }

  private static TestAccount associated(String keys, String operator) {
    return account()
        .cluster("prod")
        .role(
            "app",
            policy(
                """
                {"Effect": "Allow", "Principal": {"Service": "pods.eks.amazonaws.com"},
                 "Action": ["sts:AssumeRole", "sts:TagSession"], "Condition": {"%s": {%s}}}\
                """
                    .formatted(operator, keys)))
        .association("prod", "payments", "ledger", roleArn("app"));
  }
}
