package io.github.eksidentity.core.rules.serviceaccount;

import static io.github.eksidentity.core.rules.TestAccount.account;
import static io.github.eksidentity.core.rules.TestAccount.issuer;
import static io.github.eksidentity.core.rules.TestAccount.roleArn;
import static io.github.eksidentity.core.rules.Trusts.irsa;

import io.github.eksidentity.core.facts.Container;
import io.github.eksidentity.core.rules.Example;
import io.github.eksidentity.core.rules.PodEdits;
import io.github.eksidentity.core.rules.RuleContract;
import io.github.eksidentity.core.rules.TestAccount;
import java.util.stream.Stream;

final class PodStaticCredentialsTest extends RuleContract {
  private static final String LEDGER = "system:serviceaccount:payments:ledger";

  PodStaticCredentialsTest() {
    super(new PodStaticCredentials());
  }

  @Override
  public Stream<Example> examples() {
    return Stream.of(
        flags("access keys from a Secret")
            .in(
                irsaBound()
                    .pod(
                        "prod",
                        "payments",
                        "ledger",
                        "ledger",
                        pod ->
                            PodEdits.variable("app", "AWS_ACCESS_KEY_ID", fromSecret())
                                .apply(
                                    PodEdits.variable("app", "AWS_SECRET_ACCESS_KEY", fromSecret())
                                        .apply(pod))))
            .at("payments/ledger")
            .saying("AWS_ACCESS_KEY_ID"),
        flags("a profile")
            .in(
                irsaBound()
                    .pod(
                        "prod",
                        "payments",
                        "ledger",
                        "ledger",
                        PodEdits.variable("app", "AWS_PROFILE", "legacy")))
            .at("payments/ledger"),
        accepts("the id of a key without its secret")
            .in(
                irsaBound()
                    .pod(
                        "prod",
                        "payments",
                        "ledger",
                        "ledger",
                        PodEdits.variable("app", "AWS_ACCESS_KEY_ID", fromSecret()))),
        accepts("keys of a pod whose service account has no role")
            .in(
                account()
                    .cluster("prod")
                    .serviceAccount("prod", "payments", "ledger")
                    .pod(
                        "prod",
                        "payments",
                        "ledger",
                        "ledger",
                        PodEdits.variable("app", "AWS_PROFILE", "legacy"))));
  }

  private static TestAccount irsaBound() {
    return account()
        .cluster("prod")
        .role("app", irsa(issuer("prod"), LEDGER))
        .annotated("prod", "payments", "ledger", roleArn("app"));
  }

  private static Container.Value fromSecret() {
    return new Container.Value.FromElsewhere("secretKeyRef");
  }
}
