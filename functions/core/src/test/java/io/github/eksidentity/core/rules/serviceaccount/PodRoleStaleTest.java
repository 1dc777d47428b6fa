package io.github.eksidentity.core.rules.serviceaccount;

import static io.github.eksidentity.core.rules.TestAccount.account;
import static io.github.eksidentity.core.rules.TestAccount.clusterArn;
import static io.github.eksidentity.core.rules.TestAccount.issuer;
import static io.github.eksidentity.core.rules.TestAccount.roleArn;
import static io.github.eksidentity.core.rules.Trusts.irsa;

import io.github.eksidentity.core.facts.Pod;
import io.github.eksidentity.core.rules.Example;
import io.github.eksidentity.core.rules.Injection;
import io.github.eksidentity.core.rules.PodEdits;
import io.github.eksidentity.core.rules.RuleContract;
import io.github.eksidentity.core.rules.TestAccount;
import io.github.eksidentity.core.rules.Trusts;
import io.github.eksidentity.core.webhook.PodWebhook;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

final class PodRoleStaleTest extends RuleContract {
  private static final String LEDGER = "system:serviceaccount:payments:ledger";

  PodRoleStaleTest() {
    super(new PodRoleStale());
  }

  @Override
  public Stream<Example> examples() {
    return Stream.of(
        flags("a pod from before the annotation was changed")
            .in(
                irsaBound()
                    .role("old", irsa(issuer("prod"), LEDGER))
                    .pod(
                        "prod",
                        "payments",
                        "ledger",
                        "ledger",
                        PodEdits.variable("app", "AWS_ROLE_ARN", roleArn("old"))))
            .at("payments/ledger")
            .saying(roleArn("old")),
        flags("a pod that has kept IRSA although there is an association now")
            .in(
                irsaBound()
                    .pod("prod", "payments", "ledger", "ledger", PodRoleStaleTest::byIrsa)
                    .role("pods", Trusts.podIdentity(clusterArn("prod"), "payments", "ledger"))
                    .association("prod", "payments", "ledger", roleArn("pods")))
            .at("payments/ledger")
            .alsoFinding("binding-both-mechanisms"),
        accepts("a pod with the role of its annotation")
            .in(irsaBound().pod("prod", "payments", "ledger", "ledger")),
        accepts("a role that the template sets itself: a restart changes nothing")
            .in(
                irsaBound()
                    .podOfTemplate(
                        "prod",
                        "payments",
                        "ledger",
                        "ledger",
                        pod ->
                            PodEdits.variable("app", "AWS_ROLE_ARN", roleArn("other"))
                                .andThen(
                                    PodEdits.variable(
                                        "app",
                                        "AWS_WEB_IDENTITY_TOKEN_FILE",
                                        "/var/run/secrets/eks.amazonaws.com/serviceaccount/token"))
                                .apply(pod)))
            .alsoFinding("pod-role-by-hand"),
        flags("a pod on Windows from before the annotation was changed")
            .in(
                irsaBound()
                    .role("old", irsa(issuer("prod"), LEDGER))
                    .podOfTemplate(
                        "prod",
                        "payments",
                        "ledger",
                        "ledger",
                        PodEdits.os(
                            new Pod.Os(
                                Optional.empty(),
                                Map.of("kubernetes.io/os", "windows"),
                                List.of())),
                        PodEdits.variable("app", "AWS_ROLE_ARN", roleArn("old"))))
            .at("payments/ledger"),
        flags("a pod with a token for the audience of before")
            .in(
                irsaBound()
                    .pod(
                        "prod",
                        "payments",
                        "ledger",
                        "ledger",
                        pod ->
                            PodEdits.tokens(
                                    List.of(
                                        new Pod.TokenVolume(
                                            "aws-iam-token",
                                            "token",
                                            Optional.of("before"),
                                            Optional.of(86400L))))
                                .apply(pod)))
            .at("payments/ledger")
            .saying("before"),
        flags("a pod whose service account has lost its annotation")
            .in(
                account()
                    .cluster("prod")
                    .role("app", irsa(issuer("prod"), LEDGER))
                    .serviceAccount("prod", "payments", "ledger")
                    .pod("prod", "payments", "ledger", "ledger", PodRoleStaleTest::byIrsa))
            .at("payments/ledger")
            .saying(roleArn("app")));
  }

  private static TestAccount irsaBound() {
    return account()
        .cluster("prod")
        .role("app", irsa(issuer("prod"), LEDGER))
        .annotated("prod", "payments", "ledger", roleArn("app"));
  }

  private static Pod byIrsa(Pod pod) {
    Pod bare = Injection.stripped(pod);
    return Injection.with(
        bare,
        PodWebhook.ofAnnotation(
                Map.of("eks.amazonaws.com/role-arn", roleArn("app")), TestAccount.REGION)
            .orElseThrow()
            .admit(bare));
  }
}
