package io.github.eksidentity.core.rules.cluster;

import static io.github.eksidentity.core.rules.TestAccount.REGION;
import static io.github.eksidentity.core.rules.TestAccount.account;
import static io.github.eksidentity.core.rules.TestAccount.clusterArn;

import io.github.eksidentity.core.facts.Coverage;
import io.github.eksidentity.core.facts.Scope;
import io.github.eksidentity.core.rules.Example;
import io.github.eksidentity.core.rules.RuleContract;
import java.util.Optional;
import java.util.stream.Stream;

final class ClusterNotReadableTest extends RuleContract {
  ClusterNotReadableTest() {
    super(new ClusterNotReadable());
  }

  @Override
  public Stream<Example> examples() {
    return Stream.of(
        flags("the caller is not known to the cluster")
            .in(
                account()
                    .cluster("prod")
                    .kubernetes("prod")
                    .coverage(
                        scope(Scope.Kind.PODS),
                        failed(
                            "401: the cluster does not know the caller. Let it in: aws eks"
                                + " create-access-entry --cluster-name prod")))
            .at(clusterArn("prod"))
            .saying("401: the cluster does not know the caller]"),
        flags("a reason without advice, and a part that was cut off")
            .in(
                account()
                    .cluster("prod")
                    .kubernetes("prod")
                    .coverage(scope(Scope.Kind.SERVICE_ACCOUNTS), failed("connection refused"))
                    .coverage(
                        scope(Scope.Kind.PODS),
                        new Coverage.Partial("2 files are missing", Optional.empty())))
            .at(clusterArn("prod"))
            .saying("serviceaccounts were not read")
            .saying("pods were read in part"),
        accepts("a cluster that was read").in(account().cluster("prod").kubernetes("prod")),
        accepts("reading was not asked for").in(account().cluster("prod")),
        accepts("the cluster's owner leaves out what is optional")
            .in(
                account()
                    .cluster("prod")
                    .kubernetes("prod")
                    .coverage(scope(Scope.Kind.RBAC), new Coverage.Skipped("403: not allowed"))));
  }

  private static Coverage failed(String reason) {
    return new Coverage.Failed(reason, Optional.empty());
  }

  private static Scope scope(Scope.Kind kind) {
    return Scope.cluster(kind, REGION, "prod");
  }
}
