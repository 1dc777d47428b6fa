package io.github.eksidentity.core.rules.serviceaccount;

import static io.github.eksidentity.core.rules.TestAccount.account;
import static io.github.eksidentity.core.rules.TestAccount.clusterArn;
import static io.github.eksidentity.core.rules.TestAccount.issuer;
import static io.github.eksidentity.core.rules.TestAccount.roleArn;
import static io.github.eksidentity.core.rules.Trusts.irsa;

import io.github.eksidentity.core.facts.Container;
import io.github.eksidentity.core.rules.Example;
import io.github.eksidentity.core.rules.PodEdits;
import io.github.eksidentity.core.rules.RuleContract;
import io.github.eksidentity.core.rules.TestAccount;
import java.util.List;
import java.util.stream.Stream;

final class PodPartialEnvironmentTest extends RuleContract {
  private static final String LEDGER = "system:serviceaccount:payments:ledger";

  PodPartialEnvironmentTest() {
    super(new PodPartialEnvironment());
  }

  @Override
  public Stream<Example> examples() {
    return Stream.of(
        flags("the role without the token")
            .in(
                irsaBound()
                    .podOfTemplate(
                        "prod",
                        "payments",
                        "ledger",
                        "ledger",
                        PodEdits.variable("app", "AWS_ROLE_ARN", roleArn("app"))))
            .at("payments/ledger")
            .saying("AWS_WEB_IDENTITY_TOKEN_FILE"),
        flags("and nothing binds the service account")
            .in(
                account()
                    .cluster("prod")
                    .serviceAccount("prod", "payments", "ledger")
                    .podOfTemplate(
                        "prod",
                        "payments",
                        "ledger",
                        "ledger",
                        PodEdits.variable("app", "AWS_WEB_IDENTITY_TOKEN_FILE", "/t")))
            .at("payments/ledger"),
        undecided("further variables from a ConfigMap")
            .in(
                account()
                    .cluster("prod")
                    .serviceAccount("prod", "payments", "ledger")
                    .podOfTemplate(
                        "prod",
                        "payments",
                        "ledger",
                        "ledger",
                        pod ->
                            PodEdits.container(
                                    "app",
                                    old ->
                                        new Container(
                                            old.name(),
                                            old.init(),
                                            old.variables(),
                                            List.of(
                                                new Container.Source(
                                                    "configMapRef", "settings", "")),
                                            old.mounts()))
                                .apply(
                                    PodEdits.variable("app", "AWS_ROLE_ARN", roleArn("app"))
                                        .apply(pod))))
            .at(clusterArn("prod") + "/serviceaccount/payments/ledger"),
        accepts("both, set by hand")
            .in(
                irsaBound()
                    .podOfTemplate(
                        "prod",
                        "payments",
                        "ledger",
                        "ledger",
                        pod ->
                            PodEdits.variable("app", "AWS_ROLE_ARN", roleArn("app"))
                                .apply(
                                    PodEdits.variable(
                                            "app", "AWS_WEB_IDENTITY_TOKEN_FILE", "/own/token")
                                        .apply(pod)))),
        accepts("both, from the webhook")
            .in(irsaBound().pod("prod", "payments", "ledger", "ledger")));
  }

  private static TestAccount irsaBound() {
    return account()
        .cluster("prod")
        .role("app", irsa(issuer("prod"), LEDGER))
        .annotated("prod", "payments", "ledger", roleArn("app"));
  }
}
