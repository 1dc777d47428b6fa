package io.github.eksidentity.core.rules.podidentity;

import static io.github.eksidentity.core.rules.TestAccount.account;
import static io.github.eksidentity.core.rules.TestAccount.clusterArn;
import static io.github.eksidentity.core.rules.TestAccount.roleArn;
import static io.github.eksidentity.core.rules.Trusts.podIdentity;

import io.github.eksidentity.core.facts.Addon;
import io.github.eksidentity.core.facts.HealthIssue;
import io.github.eksidentity.core.rules.ClusterEdits;
import io.github.eksidentity.core.rules.Example;
import io.github.eksidentity.core.rules.RuleContract;
import io.github.eksidentity.core.rules.TestAccount;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

final class AssociationAgentUnhealthyTest extends RuleContract {
  AssociationAgentUnhealthyTest() {
    super(new AssociationAgentUnhealthy());
  }

  @Override
  public Stream<Example> examples() {
    return Stream.of(
        flags("degraded, although its pods may be ready")
            .in(associated(agent("DEGRADED")))
            .at(clusterArn("prod"))
            .saying("DEGRADED")
            .saying("may be ready all the same"),
        flags("an update failed")
            .in(associated(agent("UPDATE_FAILED")))
            .at(clusterArn("prod"))
            .saying("UPDATE_FAILED"),
        flags("active with a health issue")
            .in(
                associated(
                    agent(
                        "ACTIVE",
                        new HealthIssue(
                            "InsufficientNumberOfReplicas", "the agent's pods do not start"))))
            .at(clusterArn("prod"))
            .saying("InsufficientNumberOfReplicas"),
        accepts("active").in(associated(agent("ACTIVE"))),
        accepts("being updated").in(associated(agent("UPDATING"))),
        accepts("no associations")
            .in(
                account()
                    .cluster("prod")
                    .onCluster("prod", ClusterEdits.addons(List.of(agent("DEGRADED"))))),
        accepts("EKS Auto Mode brings its own agent")
            .in(associated(agent("DEGRADED")).onCluster("prod", ClusterEdits.autoMode(true))),
        accepts("no agent: its own rule speaks")
            .in(associated(agent("ACTIVE")).onCluster("prod", ClusterEdits.addons(List.of())))
            .alsoFinding("association-agent-missing"));
  }

  private static TestAccount associated(Addon agent) {
    return account()
        .cluster("prod")
        .role("app", podIdentity(clusterArn("prod"), "payments", "ledger"))
        .association("prod", "payments", "ledger", roleArn("app"))
        .onCluster("prod", ClusterEdits.addons(List.of(agent)));
  }

  private static Addon agent(String status, HealthIssue... issues) {
    return new Addon(
        Addon.POD_IDENTITY_AGENT,
        "v1.3.8-eksbuild.2",
        status,
        Optional.empty(),
        List.of(),
        List.of(issues),
        Map.of());
  }
}
