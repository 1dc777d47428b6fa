package io.github.eksidentity.core.rules.serviceaccount;

import static io.github.eksidentity.core.rules.TestAccount.account;
import static io.github.eksidentity.core.rules.TestAccount.clusterArn;
import static io.github.eksidentity.core.rules.TestAccount.issuer;
import static io.github.eksidentity.core.rules.TestAccount.roleArn;
import static io.github.eksidentity.core.rules.Trusts.irsa;

import io.github.eksidentity.core.facts.Pod;
import io.github.eksidentity.core.rules.Example;
import io.github.eksidentity.core.rules.PodEdits;
import io.github.eksidentity.core.rules.RuleContract;
import io.github.eksidentity.core.rules.TestAccount;
import io.github.eksidentity.core.rules.Trusts;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

final class PodRegionOfOtherPartitionTest extends RuleContract {
  private static final String LEDGER = "system:serviceaccount:payments:ledger";

  PodRegionOfOtherPartitionTest() {
    super(new PodRegionOfOtherPartition());
  }

  @Override
  public Stream<Example> examples() {
    return Stream.of(
        flags("a region of China with a role of the commercial partition")
            .in(template(irsaBound(), env("AWS_REGION", "cn-north-1")))
            .at("payments/ledger")
            .saying("cn-north-1"),
        flags("the other variable, beside Pod Identity")
            .in(template(associated(), env("AWS_DEFAULT_REGION", "us-gov-west-1")))
            .at("payments/ledger"),
        accepts("another region of the same partition")
            .in(template(irsaBound(), env("AWS_REGION", "us-east-1"))),
        accepts("a name that is no region of AWS")
            .in(template(irsaBound(), env("AWS_REGION", "minio"))),
        accepts("a pod as the webhook makes it")
            .in(irsaBound().pod("prod", "payments", "ledger", "ledger")));
  }

  private static TestAccount irsaBound() {
    return account()
        .cluster("prod")
        .role("app", irsa(issuer("prod"), LEDGER))
        .annotated("prod", "payments", "ledger", roleArn("app"));
  }

  private static TestAccount template(TestAccount in, UnaryOperator<Pod> template) {
    return in.podOfTemplate("prod", "payments", "ledger", "ledger", template);
  }

  private static UnaryOperator<Pod> env(String name, String value) {
    return PodEdits.variable("app", name, value);
  }

  private static TestAccount associated() {
    return account()
        .cluster("prod")
        .role("pods", Trusts.podIdentity(clusterArn("prod"), "payments", "ledger"))
        .association("prod", "payments", "ledger", roleArn("pods"))
        .serviceAccount("prod", "payments", "ledger");
  }
}
