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
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

final class PodProxyHidesAgentTest extends RuleContract {
  private static final String LEDGER = "system:serviceaccount:payments:ledger";

  PodProxyHidesAgentTest() {
    super(new PodProxyHidesAgent());
  }

  @Override
  public Stream<Example> examples() {
    return Stream.of(
        flags("a proxy without exceptions")
            .in(associated().pod("prod", "payments", "ledger", "ledger", proxy()))
            .at("payments/ledger")
            .saying("169.254.170.23"),
        flags("exceptions that do not name the agent")
            .in(
                associated()
                    .pod(
                        "prod",
                        "payments",
                        "ledger",
                        "ledger",
                        pod ->
                            PodEdits.variable("app", "NO_PROXY", "10.0.0.0/8,.svc")
                                .apply(proxy().apply(pod))))
            .at("payments/ledger")
            .saying("10.0.0.0/8,.svc"),
        undecided("exceptions from a ConfigMap")
            .in(
                associated()
                    .pod(
                        "prod",
                        "payments",
                        "ledger",
                        "ledger",
                        pod ->
                            PodEdits.variable(
                                    "app",
                                    "NO_PROXY",
                                    new Container.Value.FromElsewhere("configMapKeyRef"))
                                .apply(proxy().apply(pod))))
            .at(clusterArn("prod") + "/serviceaccount/payments/ledger"),
        accepts("the address of the agent")
            .in(
                associated()
                    .pod(
                        "prod",
                        "payments",
                        "ledger",
                        "ledger",
                        pod ->
                            PodEdits.variable("app", "no_proxy", ".svc, 169.254.170.23")
                                .apply(proxy().apply(pod)))),
        accepts("a proxy for HTTPS alone")
            .in(
                associated()
                    .pod(
                        "prod",
                        "payments",
                        "ledger",
                        "ledger",
                        PodEdits.variable("app", "HTTPS_PROXY", new Container.Value.Withheld()))),
        accepts("a proxy in a pod of IRSA")
            .in(
                account()
                    .cluster("prod")
                    .role("app", irsa(issuer("prod"), LEDGER))
                    .annotated("prod", "payments", "ledger", roleArn("app"))
                    .pod("prod", "payments", "ledger", "ledger", proxy())));
  }

  private static TestAccount associated() {
    return account()
        .cluster("prod")
        .role("pods", Trusts.podIdentity(clusterArn("prod"), "payments", "ledger"))
        .association("prod", "payments", "ledger", roleArn("pods"))
        .serviceAccount("prod", "payments", "ledger");
  }

  private static UnaryOperator<Pod> proxy() {
    return PodEdits.variable("app", "HTTP_PROXY", new Container.Value.Withheld());
  }
}
