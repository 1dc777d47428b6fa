package io.github.eksidentity.core.rules.serviceaccount;

import static io.github.eksidentity.core.rules.TestAccount.account;
import static io.github.eksidentity.core.rules.TestAccount.issuer;
import static io.github.eksidentity.core.rules.TestAccount.roleArn;
import static io.github.eksidentity.core.rules.Trusts.irsa;

import io.github.eksidentity.core.rules.Example;
import io.github.eksidentity.core.rules.PodEdits;
import io.github.eksidentity.core.rules.RuleContract;
import io.github.eksidentity.core.rules.TestAccount;
import java.util.stream.Stream;

final class PodWrongServiceAccountTest extends RuleContract {
  private static final String LEDGER = "system:serviceaccount:payments:ledger";

  PodWrongServiceAccountTest() {
    super(new PodWrongServiceAccount());
  }

  @Override
  public Stream<Example> examples() {
    return Stream.of(
        flags("a workload of the same name that runs as default")
            .in(
                irsaBound()
                    .serviceAccount("prod", "payments", "default")
                    .pod("prod", "payments", "ledger", "default"))
            .at("payments/ledger")
            .saying("deployment/ledger")
            .admitting(roleArn("app"), "prod", LEDGER),
        flags("a workload with the label of that name")
            .in(
                irsaBound()
                    .serviceAccount("prod", "payments", "default")
                    .podOfTemplate(
                        "prod",
                        "payments",
                        "ledger-v2",
                        "default",
                        PodEdits.labels(
                            java.util.Map.of(
                                "app.kubernetes.io/name", "ledger",
                                "pod-template-hash", "7d9f8c6b5"))))
            .at("payments/ledger"),
        accepts("another workload that runs as default")
            .in(
                irsaBound()
                    .pod("prod", "payments", "ledger", "ledger")
                    .serviceAccount("prod", "payments", "default")
                    .pod("prod", "payments", "api", "default")),
        accepts("the same name in another namespace")
            .in(
                irsaBound()
                    .pod("prod", "payments", "worker", "ledger")
                    .serviceAccount("prod", "other", "default")
                    .pod("prod", "other", "ledger", "default")));
  }

  private static TestAccount irsaBound() {
    return account()
        .cluster("prod")
        .role("app", irsa(issuer("prod"), LEDGER))
        .annotated("prod", "payments", "ledger", roleArn("app"));
  }
}
