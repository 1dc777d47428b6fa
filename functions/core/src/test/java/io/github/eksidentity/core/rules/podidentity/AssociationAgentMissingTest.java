package io.github.eksidentity.core.rules.podidentity;

import static io.github.eksidentity.core.rules.TestAccount.account;
import static io.github.eksidentity.core.rules.TestAccount.clusterArn;
import static io.github.eksidentity.core.rules.TestAccount.roleArn;
import static io.github.eksidentity.core.rules.Trusts.podIdentity;

import io.github.eksidentity.core.facts.Addon;
import io.github.eksidentity.core.facts.Pod;
import io.github.eksidentity.core.rules.ClusterEdits;
import io.github.eksidentity.core.rules.Example;
import io.github.eksidentity.core.rules.PodEdits;
import io.github.eksidentity.core.rules.RuleContract;
import io.github.eksidentity.core.rules.TestAccount;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

final class AssociationAgentMissingTest extends RuleContract {
  AssociationAgentMissingTest() {
    super(new AssociationAgentMissing());
  }

  @Override
  public Stream<Example> examples() {
    return Stream.of(
        flags("associations and no agent")
            .in(associated().onCluster("prod", ClusterEdits.addons(List.of())))
            .at(clusterArn("prod"))
            .saying("169.254.170.23")
            .saying("cannot be seen from here")
            .admitting(roleArn("app"), "prod", "system:serviceaccount:payments:ledger"),
        flags("other add-ons do not help, and an update is no excuse")
            .in(
                associated()
                    .onCluster("prod", ClusterEdits.status("UPDATING"))
                    .onCluster("prod", ClusterEdits.addons(List.of(coredns()))))
            .at(clusterArn("prod"))
            .saying("coredns"),
        accepts("the add-on is there").in(associated()),
        flags("pods were read and none is an agent's")
            .in(
                associated()
                    .onCluster("prod", ClusterEdits.addons(List.of()))
                    .serviceAccount("prod", "payments", "ledger")
                    .pod("prod", "payments", "ledger", "ledger"))
            .at(clusterArn("prod"))
            .saying("no pod of another agent"),
        accepts("an agent that Helm installed")
            .in(
                associated()
                    .onCluster("prod", ClusterEdits.addons(List.of()))
                    .serviceAccount("prod", "payments", "ledger")
                    .pod(
                        "prod",
                        "kube-system",
                        "eks-pod-identity-agent",
                        "default",
                        PodEdits.owner(
                            Optional.of(new Pod.Owner("DaemonSet", "eks-pod-identity-agent"))))),
        flags("an agent on another node than the one that needs it")
            .in(agentOn("ip-10-0-0-2"))
            .at(clusterArn("prod"))
            .saying("ip-10-0-0-1"),
        accepts("an agent on the node that needs it")
            .in(agentOn("ip-10-0-0-1.eu-west-1.compute.internal")),
        accepts("no associations")
            .in(account().cluster("prod").onCluster("prod", ClusterEdits.addons(List.of()))),
        accepts("EKS Auto Mode brings its own agent")
            .in(
                associated()
                    .onCluster("prod", ClusterEdits.autoMode(true))
                    .onCluster("prod", ClusterEdits.addons(List.of()))),
        accepts("a cluster that is being deleted")
            .in(
                associated()
                    .onCluster("prod", ClusterEdits.status("DELETING"))
                    .onCluster("prod", ClusterEdits.addons(List.of()))));
  }

  private static TestAccount associated() {
    return account()
        .cluster("prod")
        .role("app", podIdentity(clusterArn("prod"), "payments", "ledger"))
        .association("prod", "payments", "ledger", roleArn("app"));
  }

  private static TestAccount agentOn(String node) {
    return associated()
        .serviceAccount("prod", "payments", "ledger")
        .pod("prod", "payments", "ledger", "ledger")
        .pod(
            "prod",
            "kube-system",
            "eks-pod-identity-agent",
            "default",
            pod ->
                PodEdits.owner(Optional.of(new Pod.Owner("DaemonSet", "eks-pod-identity-agent")))
                    .andThen(PodEdits.node(Optional.of(node)))
                    .apply(pod));
  }

  private static Addon coredns() {
    return new Addon(
        "coredns",
        "v1.12.4-eksbuild.1",
        "ACTIVE",
        Optional.empty(),
        List.of(),
        List.of(),
        Map.of());
  }
}
