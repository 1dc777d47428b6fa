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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

final class PodUnsupportedComputeTest extends RuleContract {
  private static final String LEDGER = "system:serviceaccount:payments:ledger";

  PodUnsupportedComputeTest() {
    super(new PodUnsupportedCompute());
  }

  @Override
  public Stream<Example> examples() {
    return Stream.of(
        flags("a pod on Fargate")
            .in(
                associated()
                    .pod(
                        "prod",
                        "payments",
                        "ledger",
                        "ledger",
                        PodEdits.labels(
                            Map.of(
                                "eks.amazonaws.com/fargate-profile", "payments",
                                "pod-template-hash", "7d9f8c6b5"))))
            .at("payments/ledger")
            .saying("deployment/ledger runs on Fargate")
            .saying("Connect timeout"),
        flags("a pod of the scheduler of Fargate, which the webhook left alone")
            .in(
                associated()
                    .pod(
                        "prod",
                        "payments",
                        "ledger",
                        "ledger",
                        pod ->
                            PodEdits.notInjected()
                                .apply(
                                    PodEdits.scheduler(Optional.of("fargate-scheduler"))
                                        .apply(pod))))
            .at("payments/ledger"),
        flags("a pod on Windows")
            .in(
                associated()
                    .pod(
                        "prod",
                        "payments",
                        "ledger",
                        "ledger",
                        PodEdits.os(new Pod.Os(Optional.of("windows"), Map.of(), List.of()))))
            .at("payments/ledger")
            .saying("runs on Windows"),
        accepts("a pod on EC2").in(associated().pod("prod", "payments", "ledger", "ledger")),
        accepts("IRSA on Fargate")
            .in(
                account()
                    .cluster("prod")
                    .role("app", irsa(issuer("prod"), LEDGER))
                    .annotated("prod", "payments", "ledger", roleArn("app"))
                    .pod(
                        "prod",
                        "payments",
                        "ledger",
                        "ledger",
                        PodEdits.scheduler(Optional.of("fargate-scheduler")))));
  }

  private static TestAccount associated() {
    return account()
        .cluster("prod")
        .role("pods", Trusts.podIdentity(clusterArn("prod"), "payments", "ledger"))
        .association("prod", "payments", "ledger", roleArn("pods"))
        .serviceAccount("prod", "payments", "ledger");
  }
}
