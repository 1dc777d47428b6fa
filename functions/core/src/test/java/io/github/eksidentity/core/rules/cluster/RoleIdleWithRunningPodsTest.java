package io.github.eksidentity.core.rules.cluster;

import static io.github.eksidentity.core.rules.TestAccount.account;
import static io.github.eksidentity.core.rules.TestAccount.clusterArn;
import static io.github.eksidentity.core.rules.TestAccount.issuer;
import static io.github.eksidentity.core.rules.TestAccount.roleArn;
import static io.github.eksidentity.core.rules.Trusts.irsa;

import io.github.eksidentity.core.facts.LastUsed;
import io.github.eksidentity.core.facts.Pod;
import io.github.eksidentity.core.rules.Example;
import io.github.eksidentity.core.rules.PodEdits;
import io.github.eksidentity.core.rules.RoleEdits;
import io.github.eksidentity.core.rules.RuleContract;
import io.github.eksidentity.core.rules.SettingsEdits;
import io.github.eksidentity.core.rules.TestAccount;
import io.github.eksidentity.core.rules.Trusts;
import java.time.Instant;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

final class RoleIdleWithRunningPodsTest extends RuleContract {
  private static final String LEDGER = "system:serviceaccount:payments:ledger";
  private static final Optional<Instant> THIS_MORNING =
      Optional.of(Instant.parse("2026-11-20T01:00:00Z"));

  RoleIdleWithRunningPodsTest() {
    super(new RoleIdleWithRunningPods());
  }

  @Override
  public Stream<Example> examples() {
    return Stream.of(
        flags("by IRSA: pods have the role since the day before yesterday")
            .in(idle().pod("prod", "payments", "ledger", "ledger"))
            .at(roleArn("app"))
            .saying("deployment/ledger in namespace payments of cluster prod"),
        flags("by Pod Identity")
            .in(
                account()
                    .cluster("prod")
                    .role(
                        "app",
                        Trusts.podIdentity(clusterArn("prod"), "payments", "ledger"),
                        RoleEdits.lastUsed(new LastUsed.Never()))
                    .association("prod", "payments", "ledger", roleArn("app"))
                    .serviceAccount("prod", "payments", "ledger")
                    .pod("prod", "payments", "ledger", "ledger"))
            .at(roleArn("app"))
            .saying(LEDGER),
        flags("pods of this morning, where four hours are set")
            .in(idle().pod("prod", "payments", "ledger", "ledger", PodEdits.created(THIS_MORNING)))
            .with(SettingsEdits.idleHours(4))
            .at(roleArn("app")),
        accepts("pods of this morning: last-used data lags")
            .in(idle().pod("prod", "payments", "ledger", "ledger", PodEdits.created(THIS_MORNING)))
            .alsoFinding("role-unused"),
        accepts("no pods").in(idle()).alsoFinding("annotation-unused").alsoFinding("role-unused"),
        accepts("a role that is in use")
            .in(with(UnaryOperator.identity()).pod("prod", "payments", "ledger", "ledger")),
        accepts("CloudTrail knows of a use that IAM does not tell yet")
            .in(
                idle()
                    .pod("prod", "payments", "ledger", "ledger")
                    .call(
                        "prod",
                        LEDGER,
                        roleArn("app"),
                        Instant.parse("2026-11-20T05:00:00Z"),
                        Optional.empty()))
            .alsoFinding("role-unused"),
        accepts("keys in the environment come first: their own rule speaks")
            .in(
                idle()
                    .podOfTemplate(
                        "prod",
                        "payments",
                        "ledger",
                        "ledger",
                        RoleIdleWithRunningPodsTest::withKeys))
            .alsoFinding("pod-static-credentials"),
        undecided("when the role was last used was not read")
            .in(
                with(RoleEdits.lastUsed(new LastUsed.NotRead()))
                    .pod("prod", "payments", "ledger", "ledger"))
            .at(roleArn("app")));
  }

  private static Pod withKeys(Pod pod) {
    return PodEdits.variable("app", "AWS_ACCESS_KEY_ID", "AKIAEXAMPLE")
        .apply(PodEdits.variable("app", "AWS_SECRET_ACCESS_KEY", "withheld").apply(pod));
  }

  private static TestAccount idle() {
    return with(RoleEdits.lastUsed(new LastUsed.Never()));
  }

  private static TestAccount with(UnaryOperator<io.github.eksidentity.core.facts.Role> change) {
    return account()
        .cluster("prod")
        .role("app", irsa(issuer("prod"), LEDGER), change)
        .annotated("prod", "payments", "ledger", roleArn("app"));
  }
}
