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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
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
        flags("the same by the other name of the folder")
            .in(at("/run/secrets/kubernetes.io/serviceaccount/../serviceaccount/token"))
            .at("payments/ledger"),
        flags("a path that no volume holds").in(at("/own/token")).at("payments/ledger"),
        flags("a token for another audience")
            .in(projected(Optional.of("vault")))
            .at("payments/ledger")
            .saying("vault"),
        flags("a token for none").in(projected(Optional.empty())).at("payments/ledger"),
        flags("an empty folder")
            .in(mounted("emptyDir"))
            .at("payments/ledger")
            .saying("empty folder"),
        flags("a path of Linux on Windows, which the webhook does not see")
            .in(
                irsaBound()
                    .podOfTemplate(
                        "prod",
                        "payments",
                        "ledger",
                        "ledger",
                        PodEdits.os(new Pod.Os(Optional.empty(), Map.of(), List.of("windows")))))
            .at("payments/ledger"),
        undecided("a file of a Secret")
            .in(mounted("secret"))
            .at(clusterArn("prod") + "/serviceaccount/payments/ledger"),
        accepts("a token of one's own for STS").in(projected(Optional.of("sts.amazonaws.com"))),
        accepts("Windows by the node selector, which the webhook sees")
            .in(
                irsaBound()
                    .podOfTemplate(
                        "prod",
                        "payments",
                        "ledger",
                        "ledger",
                        PodEdits.os(
                            new Pod.Os(
                                Optional.empty(),
                                Map.of("beta.kubernetes.io/os", "windows"),
                                List.of())))),
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

  private static TestAccount at(String path) {
    return in(UnaryOperator.identity(), path);
  }

  private static TestAccount projected(Optional<String> audience) {
    return in(PodEdits.projecting("app", "/own", audience), "/own/token");
  }

  private static TestAccount mounted(String kind) {
    return in(PodEdits.mounting("app", "/own", kind), "/own/token");
  }

  private static TestAccount in(UnaryOperator<Pod> template, String path) {
    return irsaBound()
        .podOfTemplate(
            "prod",
            "payments",
            "ledger",
            "ledger",
            pod ->
                template
                    .andThen(PodEdits.variable("app", "AWS_ROLE_ARN", roleArn("app")))
                    .andThen(PodEdits.variable("app", "AWS_WEB_IDENTITY_TOKEN_FILE", path))
                    .apply(pod));
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
