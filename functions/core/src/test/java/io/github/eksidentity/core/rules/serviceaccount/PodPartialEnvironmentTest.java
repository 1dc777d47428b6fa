package io.github.eksidentity.core.rules.serviceaccount;

import static io.github.eksidentity.core.rules.TestAccount.account;
import static io.github.eksidentity.core.rules.TestAccount.clusterArn;
import static io.github.eksidentity.core.rules.TestAccount.issuer;
import static io.github.eksidentity.core.rules.TestAccount.roleArn;
import static io.github.eksidentity.core.rules.Trusts.irsa;

import io.github.eksidentity.core.rules.Example;
import io.github.eksidentity.core.rules.PodEdits;
import io.github.eksidentity.core.rules.RuleContract;
import io.github.eksidentity.core.rules.TestAccount;
import io.github.eksidentity.core.rules.Trusts;
import java.util.Optional;
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
        flags("a variable of the pair that is set to nothing")
            .in(
                irsaBound()
                    .podOfTemplate(
                        "prod",
                        "payments",
                        "ledger",
                        "ledger",
                        PodEdits.variable("app", "AWS_ROLE_ARN", "")
                                .andThen(
                                    PodEdits.variable("app", "AWS_WEB_IDENTITY_TOKEN_FILE", ""))
                            ::apply))
            .at("payments/ledger"),
        undecided("further variables from a ConfigMap")
            .in(
                irsaBound()
                    .podOfTemplate(
                        "prod",
                        "payments",
                        "ledger",
                        "ledger",
                        PodEdits.source("app", "configMapRef", "settings")
                                .andThen(PodEdits.variable("app", "AWS_ROLE_ARN", roleArn("app")))
                            ::apply))
            .at(clusterArn("prod") + "/serviceaccount/payments/ledger"),
        undecided("the token file of IRSA beside Pod Identity, of which SDKs think differently")
            .in(
                associated()
                    .podOfTemplate(
                        "prod",
                        "payments",
                        "ledger",
                        "ledger",
                        PodEdits.variable("app", "AWS_WEB_IDENTITY_TOKEN_FILE", "/t")))
            .at(clusterArn("prod") + "/serviceaccount/payments/ledger"),
        accepts("an endpoint of one's own that asks for no token")
            .in(
                account()
                    .cluster("prod")
                    .serviceAccount("prod", "payments", "ledger")
                    .podOfTemplate(
                        "prod",
                        "payments",
                        "ledger",
                        "ledger",
                        PodEdits.variable(
                            "app", "AWS_CONTAINER_CREDENTIALS_FULL_URI", "http://localhost:1"))),
        accepts("a variable of the other mechanism, which does not keep the webhook away")
            .in(
                irsaBound()
                    .podOfTemplate(
                        "prod",
                        "payments",
                        "ledger",
                        "ledger",
                        PodEdits.variable(
                            "app", "AWS_CONTAINER_CREDENTIALS_FULL_URI", "http://localhost:1"))),
        accepts("both, set by hand, with a token that is there")
            .in(
                irsaBound()
                    .podOfTemplate(
                        "prod",
                        "payments",
                        "ledger",
                        "ledger",
                        PodEdits.projecting("app", "/own", Optional.of("sts.amazonaws.com"))
                                .andThen(PodEdits.variable("app", "AWS_ROLE_ARN", roleArn("app")))
                                .andThen(
                                    PodEdits.variable(
                                        "app", "AWS_WEB_IDENTITY_TOKEN_FILE", "/own/token"))
                            ::apply)),
        accepts("both, from the webhook")
            .in(irsaBound().pod("prod", "payments", "ledger", "ledger")));
  }

  private static TestAccount irsaBound() {
    return account()
        .cluster("prod")
        .role("app", irsa(issuer("prod"), LEDGER))
        .annotated("prod", "payments", "ledger", roleArn("app"));
  }

  private static TestAccount associated() {
    return account()
        .cluster("prod")
        .role("pods", Trusts.podIdentity(clusterArn("prod"), "payments", "ledger"))
        .association("prod", "payments", "ledger", roleArn("pods"))
        .serviceAccount("prod", "payments", "ledger");
  }
}
