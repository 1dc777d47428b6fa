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

final class PodSessionNameInvalidTest extends RuleContract {
  private static final String LEDGER = "system:serviceaccount:payments:ledger";

  PodSessionNameInvalidTest() {
    super(new PodSessionNameInvalid());
  }

  @Override
  public Stream<Example> examples() {
    return Stream.of(
        flags("a slash and a colon")
            .in(template(irsaBound(), env("AWS_ROLE_SESSION_NAME", "sn/worker:blue")))
            .at("payments/ledger")
            .saying("sn/worker:blue"),
        flags("a single letter")
            .in(template(irsaBound(), env("AWS_ROLE_SESSION_NAME", "x")))
            .at("payments/ledger"),
        flags("65 letters")
            .in(template(irsaBound(), env("AWS_ROLE_SESSION_NAME", "x".repeat(65))))
            .at("payments/ledger"),
        accepts("64 characters of those that STS takes")
            .in(template(irsaBound(), env("AWS_ROLE_SESSION_NAME", "a_+=,.@-".repeat(8)))),
        accepts("the name of the pod, which is not known")
            .in(template(irsaBound(), env("AWS_ROLE_SESSION_NAME", "$(POD_NAME)"))),
        accepts("Pod Identity, which does not use it")
            .in(template(associated(), env("AWS_ROLE_SESSION_NAME", "a/b"))));
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
