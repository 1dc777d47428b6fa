package io.github.eksidentity.core.rules.role;

import static io.github.eksidentity.core.rules.TestAccount.account;
import static io.github.eksidentity.core.rules.TestAccount.issuer;
import static io.github.eksidentity.core.rules.TestAccount.roleArn;
import static io.github.eksidentity.core.rules.Trusts.equalTo;
import static io.github.eksidentity.core.rules.Trusts.irsa;
import static io.github.eksidentity.core.rules.Trusts.policy;
import static io.github.eksidentity.core.rules.Trusts.web;

import io.github.eksidentity.core.facts.Coverage;
import io.github.eksidentity.core.facts.LastUsed;
import io.github.eksidentity.core.facts.Scope;
import io.github.eksidentity.core.rules.Example;
import io.github.eksidentity.core.rules.RoleEdits;
import io.github.eksidentity.core.rules.RuleContract;
import io.github.eksidentity.core.rules.TestAccount;
import java.time.Instant;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

final class RoleUnusedTest extends RuleContract {
  private static final String ISSUER = issuer("prod");

  RoleUnusedTest() {
    super(new RoleUnused());
  }

  @Override
  public Stream<Example> examples() {
    return Stream.of(
        flags("never used since it was made")
            .in(with(RoleEdits.lastUsed(new LastUsed.Never())))
            .at(roleArn("app"))
            .saying("never used"),
        flags("not used for a quarter")
            .in(with(RoleEdits.lastUsed(new LastUsed.At(Instant.parse("2026-08-01T00:00:00Z")))))
            .at(roleArn("app"))
            .saying("90 days"),
        undecided("never used, and when it was made is not known")
            .in(
                with(
                    old ->
                        RoleEdits.created(Optional.empty())
                            .apply(RoleEdits.lastUsed(new LastUsed.Never()).apply(old))))
            .at(roleArn("app")),
        undecided("never used, and the pods of the cluster that may use it could not be read")
            .in(with(RoleEdits.lastUsed(new LastUsed.Never())).coverage(pods("prod"), failed()))
            .at(roleArn("app"))
            .alsoFinding("cluster-not-readable"),
        undecided("never used by IAM's record, and pods of an unread cluster had it yesterday")
            .in(
                with(RoleEdits.lastUsed(new LastUsed.Never()))
                    .cluster("other")
                    .coverage(pods("other"), failed())
                    .call(
                        "other",
                        "system:serviceaccount:payments:ledger",
                        roleArn("app"),
                        TestAccount.NOW,
                        Optional.empty()))
            .at(roleArn("app"))
            .alsoFinding("cluster-not-readable"),
        flags("never used, and a cluster could not be read whose pods cannot have it")
            .in(
                with(RoleEdits.lastUsed(new LastUsed.Never()))
                    .cluster("other")
                    .coverage(pods("other"), failed()))
            .at(roleArn("app"))
            .alsoFinding("cluster-not-readable"),
        accepts("used yesterday").in(with(UnaryOperator.identity())),
        accepts("never used, made last month")
            .in(
                with(
                    old ->
                        RoleEdits.created(Optional.of(Instant.parse("2026-10-20T00:00:00Z")))
                            .apply(RoleEdits.lastUsed(new LastUsed.Never()).apply(old)))),
        accepts("a role that a person may assume too")
            .in(
                account()
                    .cluster("prod")
                    .role(
                        "app",
                        policy(
                            web(ISSUER, equalTo(ISSUER, "system:serviceaccount:payments:ledger")),
                            "{\"Effect\": \"Allow\", \"Principal\": {\"AWS\":"
                                + " \"arn:aws:iam::111122223333:role/admin\"}, \"Action\":"
                                + " \"sts:AssumeRole\"}"),
                        RoleEdits.lastUsed(new LastUsed.Never()))));
  }

  private static Scope pods(String cluster) {
    return Scope.cluster(Scope.Kind.PODS, TestAccount.REGION, cluster);
  }

  private static Coverage failed() {
    return new Coverage.Failed("no connection within 3 seconds", Optional.empty());
  }

  private static TestAccount with(UnaryOperator<io.github.eksidentity.core.facts.Role> change) {
    return account()
        .cluster("prod")
        .role("app", irsa(ISSUER, "system:serviceaccount:payments:ledger"), change);
  }
}
