package io.github.eksidentity.core.rules.serviceaccount;

import static io.github.eksidentity.core.rules.TestAccount.account;
import static io.github.eksidentity.core.rules.TestAccount.clusterArn;
import static io.github.eksidentity.core.rules.TestAccount.issuer;
import static io.github.eksidentity.core.rules.TestAccount.roleArn;
import static io.github.eksidentity.core.rules.Trusts.irsa;

import io.github.eksidentity.core.audit.Severity;
import io.github.eksidentity.core.facts.Pod;
import io.github.eksidentity.core.rules.Example;
import io.github.eksidentity.core.rules.PodEdits;
import io.github.eksidentity.core.rules.RuleContract;
import io.github.eksidentity.core.rules.TestAccount;
import io.github.eksidentity.core.rules.Trusts;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

final class PodNotInjectedTest extends RuleContract {
  private static final String LEDGER = "system:serviceaccount:payments:ledger";

  PodNotInjectedTest() {
    super(new PodNotInjected());
  }

  @Override
  public Stream<Example> examples() {
    return Stream.of(
        flags("a pod that was created before its service account was annotated")
            .in(irsaBound().pod("prod", "payments", "ledger", "ledger", PodEdits.notInjected()))
            .at("payments/ledger")
            .saying("container app of deployment/ledger"),
        flags("a pod that was created before the association")
            .in(associated().pod("prod", "payments", "ledger", "ledger", PodEdits.notInjected()))
            .at("payments/ledger"),
        flags("a container that the annotation of its pod names")
            .in(
                irsaBound()
                    .podOfTemplate(
                        "prod",
                        "payments",
                        "ledger",
                        "ledger",
                        PodEdits.annotations(Map.of("eks.amazonaws.com/skip-containers", "app"))))
            .at("payments/ledger")
            .severity(Severity.MEDIUM)
            .saying("skip-containers"),
        flags("a pod whose label tells the webhook to skip it")
            .in(
                irsaBound()
                    .podOfTemplate(
                        "prod",
                        "payments",
                        "ledger",
                        "ledger",
                        PodEdits.labels(
                            Map.of("eks.amazonaws.com/skip-pod-identity-webhook", "true"))))
            .at("payments/ledger")
            .severity(Severity.MEDIUM)
            .saying("skip-pod-identity-webhook"),
        flags("an older pod of which a sidecar is kept out: the application would get the role")
            .in(
                irsaBound()
                    .pod(
                        "prod",
                        "payments",
                        "ledger",
                        "ledger",
                        pod ->
                            PodEdits.annotations(
                                    Map.of("eks.amazonaws.com/skip-containers", "proxy"))
                                .andThen(PodEdits.moreContainers("proxy", false))
                                .apply(PodEdits.notInjected().apply(pod))))
            .at("payments/ledger")
            .saying("container app of"),
        accepts("a sidecar that is kept out on purpose")
            .in(
                irsaBound()
                    .podOfTemplate(
                        "prod",
                        "payments",
                        "ledger",
                        "ledger",
                        pod ->
                            PodEdits.annotations(
                                    Map.of("eks.amazonaws.com/skip-containers", "\"proxy\""))
                                .andThen(PodEdits.moreContainers("proxy", false))
                                .apply(pod))),
        accepts("a container that another webhook added after EKS's one")
            .in(
                irsaBound()
                    .pod(
                        "prod",
                        "payments",
                        "ledger",
                        "ledger",
                        PodEdits.moreContainers("proxy", false))),
        accepts("an annotation without a value, which binds nothing")
            .in(
                account()
                    .cluster("prod")
                    .role("app", irsa(issuer("prod"), LEDGER))
                    .annotated("prod", "payments", "ledger", "")
                    .pod("prod", "payments", "ledger", "ledger", PodEdits.notInjected()))
            .alsoFinding("annotation-malformed-arn"),
        flags("pods of a Job, which nobody can restart")
            .in(
                irsaBound()
                    .pod(
                        "prod",
                        "payments",
                        "ledger",
                        "ledger",
                        pod ->
                            PodEdits.notInjected()
                                .apply(
                                    PodEdits.owner(Optional.of(new Pod.Owner("Job", "close")))
                                        .apply(pod))))
            .at("payments/ledger"),
        accepts("a pod as the webhook makes it")
            .in(irsaBound().pod("prod", "payments", "ledger", "ledger")),
        accepts("a pod that has ended")
            .in(
                irsaBound()
                    .pod(
                        "prod",
                        "payments",
                        "ledger",
                        "ledger",
                        pod -> PodEdits.notInjected().apply(PodEdits.phase("Failed").apply(pod)))),
        accepts("a static pod, about which no webhook is asked")
            .in(
                irsaBound()
                    .pod(
                        "prod",
                        "payments",
                        "ledger",
                        "ledger",
                        pod ->
                            PodEdits.notInjected()
                                .apply(
                                    PodEdits.owner(Optional.of(new Pod.Owner("Node", "n")))
                                        .apply(pod)))),
        accepts("pods of a cluster whose webhook is gone: that is the cause")
            .in(
                irsaBound()
                    .pod("prod", "payments", "ledger", "ledger", PodEdits.notInjected())
                    .webhooks("prod"))
            .alsoFinding("webhook-missing"));
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
