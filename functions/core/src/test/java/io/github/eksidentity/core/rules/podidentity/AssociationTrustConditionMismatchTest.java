package io.github.eksidentity.core.rules.podidentity;

import static io.github.eksidentity.core.rules.TestAccount.account;
import static io.github.eksidentity.core.rules.TestAccount.associationArn;
import static io.github.eksidentity.core.rules.TestAccount.clusterArn;
import static io.github.eksidentity.core.rules.TestAccount.issuer;
import static io.github.eksidentity.core.rules.TestAccount.roleArn;
import static io.github.eksidentity.core.rules.Trusts.podIdentity;
import static io.github.eksidentity.core.rules.Trusts.policy;

import io.github.eksidentity.core.facts.Association;
import io.github.eksidentity.core.rules.AssociationEdits;
import io.github.eksidentity.core.rules.Example;
import io.github.eksidentity.core.rules.RuleContract;
import io.github.eksidentity.core.rules.TestAccount;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

final class AssociationTrustConditionMismatchTest extends RuleContract {
  private static final String LEDGER = "system:serviceaccount:payments:ledger";
  private static final String CLUSTER = "aws:RequestTag/eks-cluster-arn";
  private static final String NAMESPACE = "aws:RequestTag/kubernetes-namespace";

  AssociationTrustConditionMismatchTest() {
    super(new AssociationTrustConditionMismatch());
  }

  @Override
  public Stream<Example> examples() {
    return Stream.of(
        mended(
            "the tag under the key of later calls",
            equal("aws:PrincipalTag/eks-cluster-arn", clusterArn("prod")),
            "come as aws:RequestTag"),
        mended(
            "the cluster's ARN of another region",
            equal(CLUSTER, clusterArn("us-east-1", "prod")),
            "claim=Optional[" + clusterArn("prod") + "]"),
        mended(
            "a typing error in the namespace",
            equal(NAMESPACE, "paymnets", CLUSTER, clusterArn("prod")),
            "claim=Optional[payments]"),
        mended(
            "an account id that was written as a number and lost its zero",
            equal("aws:SourceAccount", "11112222333", CLUSTER, clusterArn("prod")),
            "claim=Optional[111122223333]"),
        decided(
            "another namespace",
            equal(NAMESPACE, "web", CLUSTER, clusterArn("prod")),
            "claim=Optional[payments]"),
        decided(
            "another live cluster",
            equal(CLUSTER, clusterArn("test")),
            "claim=Optional[" + clusterArn("prod") + "]"),
        decided(
            "a wildcard that StringEquals takes literally",
            equal(CLUSTER, "arn:aws:eks:*:111122223333:cluster/*"),
            "the call has another value"),
        decided(
            "keys of OIDC tokens",
            equal(issuer("prod") + ":sub", LEDGER),
            "never comes with Pod Identity"),
        decided(
            "a Deny for the association's namespace",
            equal(CLUSTER, clusterArn("prod")),
            denied(NAMESPACE, "payments"),
            "this Deny matches"),
        flags("session tags are switched off by a session policy")
            .in(
                untagged(
                    AssociationEdits.sessionPolicy(
                        Optional.of("{\"Version\": \"2012-10-17\", \"Statement\": []}"))))
            .at(associationArn("prod", "payments", "ledger"))
            .saying("because it has a session policy"),
        flags("session tags are switched off")
            .in(untagged(UnaryOperator.identity()))
            .at(associationArn("prod", "payments", "ledger"))
            .saying("session tags are switched off"),
        flags("several associations shut out by one condition: one finding")
            .in(
                associated(policy(door(equal(CLUSTER, clusterArn("us-east-1", "prod")))))
                    .association("prod", "payments", "worker", roleArn("app")))
            .at(associationArn("prod", "payments", "ledger"))
            .saying("payments/worker")
            .admitting(roleArn("app"), "prod", LEDGER),
        accepts("conditions that hold")
            .in(associated(podIdentity(clusterArn("prod"), "payments", "ledger"))),
        accepts("another statement lets it in")
            .in(
                associated(
                    policy(
                        door(equal(CLUSTER, clusterArn("test"))),
                        door(equal(CLUSTER, clusterArn("prod")))))),
        accepts("the source of the call")
            .in(
                associated(
                    policy(
                        door(
                            equal(
                                "aws:SourceAccount",
                                "111122223333",
                                "aws:SourceArn",
                                clusterArn("prod")))))),
        accepts("the letter case of a key does not count")
            .in(
                associated(
                    policy(door(equal("AWS:requesttag/EKS-cluster-arn", clusterArn("prod")))))),
        undecided("the organisation is not known")
            .in(
                associated(
                    policy(
                        door(
                            equal(
                                "aws:SourceOrgId", "o-abcdef1234", CLUSTER, clusterArn("prod"))))))
            .at(associationArn("prod", "payments", "ledger")));
  }

  private static Example mended(String title, String condition, String saying) {
    return decided(title, condition, saying).admitting(roleArn("app"), "prod", LEDGER);
  }

  private static Example decided(String title, String condition, String saying) {
    return flags(title)
        .in(associated(policy(door(condition))))
        .at(associationArn("prod", "payments", "ledger"))
        .saying(saying);
  }

  private static Example decided(String title, String condition, String deny, String saying) {
    return flags(title)
        .in(associated(policy(door(condition), deny)))
        .at(associationArn("prod", "payments", "ledger"))
        .saying(saying);
  }

  private static TestAccount associated(String trust) {
    return account()
        .cluster("prod")
        .cluster("test")
        .role("app", trust)
        .association("prod", "payments", "ledger", roleArn("app"));
  }

  private static TestAccount untagged(UnaryOperator<Association> change) {
    return account()
        .cluster("prod")
        .role("app", podIdentity(clusterArn("prod"), "payments", "ledger"))
        .association(
            "prod",
            "payments",
            "ledger",
            roleArn("app"),
            association ->
                change.apply(AssociationEdits.disableSessionTags(true).apply(association)));
  }

  private static String equal(String key, String value) {
    return "{\"StringEquals\": {\"%s\": \"%s\"}}".formatted(key, value);
  }

  private static String equal(String key, String value, String other, String otherValue) {
    return "{\"StringEquals\": {\"%s\": \"%s\", \"%s\": \"%s\"}}"
        .formatted(key, value, other, otherValue);
  }

  private static String door(String condition) {
    return """
    {"Effect": "Allow", "Principal": {"Service": "pods.eks.amazonaws.com"},
     "Action": ["sts:AssumeRole", "sts:TagSession"], "Condition": %s}\
    """
        .formatted(condition);
  }

  private static String denied(String key, String value) {
    return door(equal(key, value)).replace("Allow", "Deny");
  }
}
