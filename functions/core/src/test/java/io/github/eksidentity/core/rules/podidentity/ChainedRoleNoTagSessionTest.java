package io.github.eksidentity.core.rules.podidentity;

import static io.github.eksidentity.core.rules.TestAccount.account;
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
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

final class ChainedRoleNoTagSessionTest extends RuleContract {
  private static final String LEDGER = "system:serviceaccount:payments:ledger";
  private static final String ROOT = "arn:aws:iam::111122223333:root";
  private static final String ASSUME = "\"sts:AssumeRole\"";
  private static final String BOTH = "[\"sts:AssumeRole\", \"sts:TagSession\"]";

  ChainedRoleNoTagSessionTest() {
    super(new ChainedRoleNoTagSession());
  }

  @Override
  public Stream<Example> examples() {
    return Stream.of(
        flags("the second role names the first")
            .in(chained(UnaryOperator.identity()).role("next", trusting(roleArn("app"), ASSUME)))
            .at(roleArn("app"))
            .saying("sts:TagSession")
            .admitting(roleArn("app"), "prod", LEDGER),
        flags("the second role trusts the account, and the first may assume it by name")
            .in(chained(UnaryOperator.identity()).role("next", trusting(ROOT, ASSUME)))
            .at(roleArn("app")),
        accepts("the second role allows tagging")
            .in(chained(UnaryOperator.identity()).role("next", trusting(roleArn("app"), BOTH))),
        accepts("the second role trusts somebody else")
            .in(chained(UnaryOperator.identity()).role("next", trusting(roleArn("x"), ASSUME))),
        accepts("session tags are off")
            .in(
                chained(AssociationEdits.disableSessionTags(true))
                    .role("app", untagged(), RoleEdits.inlinePolicies(List.of(assuming())))
                    .role("next", trusting(roleArn("app"), ASSUME))),
        accepts("the account is trusted, and the first role may assume nothing by name")
            .in(
                account()
                    .cluster("prod")
                    .role("app", podIdentity(clusterArn("prod"), "payments", "ledger"))
                    .association("prod", "payments", "ledger", roleArn("app"))
                    .role("next", trusting(ROOT, ASSUME))));
  }

  private static TestAccount chained(UnaryOperator<Association> change) {
    return account()
        .cluster("prod")
        .role(
            "app",
            podIdentity(clusterArn("prod"), "payments", "ledger"),
            RoleEdits.inlinePolicies(List.of(assuming())))
        .association("prod", "payments", "ledger", roleArn("app"), change);
  }

  private static PolicyDocument assuming() {
    return new PolicyDocument(
        "own",
        policy(
            "{\"Effect\": \"Allow\", \"Action\": \"sts:AssumeRole\", \"Resource\": \""
                + roleArn("next")
                + "\"}"));
  }

  private static String untagged() {
    return policy(
        "{\"Effect\": \"Allow\", \"Principal\": {\"Service\": \"pods.eks.amazonaws.com\"},"
            + " \"Action\": \"sts:AssumeRole\", \"Condition\": {\"ArnEquals\": {\"aws:SourceArn\":"
            + " \""
            + clusterArn("prod")
            + "\"}}}");
  }

  private static String trusting(String principal, String actions) {
    return policy(
        "{\"Effect\": \"Allow\", \"Principal\": {\"AWS\": \""
            + principal
            + "\"}, \"Action\": "
            + actions
            + "}");
  }
}
