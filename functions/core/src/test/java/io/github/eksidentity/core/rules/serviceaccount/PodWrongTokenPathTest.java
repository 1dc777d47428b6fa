package io.github.eksidentity.core.rules.serviceaccount;

import static io.github.eksidentity.core.rules.TestAccount.account;
import static io.github.eksidentity.core.rules.TestAccount.issuer;
import static io.github.eksidentity.core.rules.TestAccount.roleArn;
import static io.github.eksidentity.core.rules.Trusts.irsa;

import io.github.eksidentity.core.facts.Pod;
import io.github.eksidentity.core.rules.Example;
import io.github.eksidentity.core.rules.PodEdits;
import io.github.eksidentity.core.rules.RuleContract;
import io.github.eksidentity.core.rules.TestAccount;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

final class PodWrongTokenPathTest extends RuleContract {
  private static final String LEDGER = "system:serviceaccount:payments:ledger";

  PodWrongTokenPathTest() {
    super(new PodWrongTokenPath());
  }

  @Override
  public Stream<Example> examples() {
    return Stream.of(
        flags("the token of the API server")
            .in(
                irsaBound()
                    .podOfTemplate(
                        "prod", "payments", "ledger", "ledger", PodWrongTokenPathTest::byHand))
            .at("payments/ledger")
            .saying("Incorrect token audience"),
        flags("and nothing binds the service account")
            .in(
                account()
                    .cluster("prod")
                    .serviceAccount("prod", "payments", "ledger")
                    .podOfTemplate(
                        "prod", "payments", "ledger", "ledger", PodWrongTokenPathTest::byHand))
            .at("payments/ledger"),
        accepts("a token for STS that is projected to the same place")
            .in(
                irsaBound()
                    .podOfTemplate(
                        "prod",
                        "payments",
                        "ledger",
                        "ledger",
                        pod ->
                            PodEdits.tokens(
                                    List.of(
                                        new Pod.TokenVolume(
                                            "kube-api-access-x2x4z",
                                            "token",
                                            Optional.of("sts.amazonaws.com"),
                                            Optional.of(3600L))))
                                .apply(byHand(pod)))),
        accepts("the token of the webhook")
            .in(irsaBound().pod("prod", "payments", "ledger", "ledger")));
  }

  private static TestAccount irsaBound() {
    return account()
        .cluster("prod")
        .role("app", irsa(issuer("prod"), LEDGER))
        .annotated("prod", "payments", "ledger", roleArn("app"));
  }

  private static Pod byHand(Pod pod) {
    return PodEdits.variable("app", "AWS_ROLE_ARN", roleArn("app"))
        .apply(
            PodEdits.variable(
                    "app",
                    "AWS_WEB_IDENTITY_TOKEN_FILE",
                    "/var/run/secrets/kubernetes.io/serviceaccount/token")
                .apply(pod));
  }
}
