package io.github.eksidentity.core.rules.serviceaccount;

import static io.github.eksidentity.core.rules.TestAccount.account;
import static io.github.eksidentity.core.rules.TestAccount.clusterArn;
import static io.github.eksidentity.core.rules.TestAccount.issuer;
import static io.github.eksidentity.core.rules.TestAccount.roleArn;
import static io.github.eksidentity.core.rules.Trusts.irsa;

import io.github.eksidentity.core.facts.Container;
import io.github.eksidentity.core.facts.Pod;
import io.github.eksidentity.core.rules.Example;
import io.github.eksidentity.core.rules.PodEdits;
import io.github.eksidentity.core.rules.RuleContract;
import io.github.eksidentity.core.rules.TestAccount;
import io.github.eksidentity.core.rules.Trusts;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

final class PodRoleByHandTest extends RuleContract {
  private static final String LEDGER = "system:serviceaccount:payments:ledger";
  private static final String STANDARD = "/var/run/secrets/eks.amazonaws.com/serviceaccount/token";

  PodRoleByHandTest() {
    super(new PodRoleByHand());
  }

  @Override
  public Stream<Example> examples() {
    return Stream.of(
        flags("another role in the template, where the webhook would write its own")
            .in(template(irsaBound(), pair(roleArn("other"), STANDARD)))
            .at("payments/ledger")
            .saying(roleArn("other")),
        flags("a role of IRSA in the template beside an association: SDKs take it first")
            .in(
                template(
                    associated(),
                    both(
                        PodEdits.projecting("app", "/own", Optional.of("sts.amazonaws.com")),
                        pair(roleArn("other"), "/own/token"))))
            .at("payments/ledger")
            .saying(roleArn("pods")),
        undecided("a role that comes from a ConfigMap")
            .in(
                template(
                    irsaBound(),
                    both(
                        PodEdits.variable(
                            "app",
                            "AWS_ROLE_ARN",
                            new Container.Value.FromElsewhere("configMapKeyRef")),
                        env("AWS_WEB_IDENTITY_TOKEN_FILE", STANDARD))))
            .at(clusterArn("prod") + "/serviceaccount/payments/ledger"),
        accepts("the role of the binding, with a token that works")
            .in(
                template(
                    irsaBound(),
                    both(
                        PodEdits.projecting("app", "/own", Optional.of("sts.amazonaws.com")),
                        pair(roleArn("app"), "/own/token")))),
        accepts("a projection by hand that nothing binds, and nothing needs to")
            .in(
                template(
                    account()
                        .cluster("prod")
                        .role("app", irsa(issuer("prod"), LEDGER))
                        .serviceAccount("prod", "payments", "ledger"),
                    both(
                        PodEdits.projecting("app", "/own", Optional.of("sts.amazonaws.com")),
                        pair(roleArn("app"), "/own/token")))),
        accepts("variables set to nothing beside an association")
            .in(template(associated(), pair("", ""))),
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

  private static UnaryOperator<Pod> both(UnaryOperator<Pod> one, UnaryOperator<Pod> other) {
    return pod -> other.apply(one.apply(pod));
  }

  private static TestAccount associated() {
    return account()
        .cluster("prod")
        .role("pods", Trusts.podIdentity(clusterArn("prod"), "payments", "ledger"))
        .association("prod", "payments", "ledger", roleArn("pods"))
        .serviceAccount("prod", "payments", "ledger");
  }

  private static UnaryOperator<Pod> pair(String role, String path) {
    return both(env("AWS_ROLE_ARN", role), env("AWS_WEB_IDENTITY_TOKEN_FILE", path));
  }
}
