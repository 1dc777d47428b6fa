package io.github.eksidentity.kubernetes;

import io.github.eksidentity.core.facts.Account;
import io.github.eksidentity.core.facts.AwsAnnotations;
import io.github.eksidentity.core.facts.Cluster;
import io.github.eksidentity.core.facts.Container;
import io.github.eksidentity.core.facts.Coverage;
import io.github.eksidentity.core.facts.Inventory;
import io.github.eksidentity.core.facts.Kubernetes;
import io.github.eksidentity.core.facts.LabelSelector;
import io.github.eksidentity.core.facts.Partition;
import io.github.eksidentity.core.facts.Pod;
import io.github.eksidentity.core.facts.Quotas;
import io.github.eksidentity.core.facts.Rbac;
import io.github.eksidentity.core.facts.Scope;
import io.github.eksidentity.core.facts.ServiceAccount;
import io.github.eksidentity.core.facts.WebhookConfiguration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Accounts with clusters that hold objects.
final class Clusters {
  private static final Instant CREATED = Instant.parse("2026-11-18T06:00:00Z");

  private Clusters() {}

  /// An account with this many clusters, `c0` and so on, each with this many service accounts and
  /// pods.
  static Inventory account(int clusters, int objects) {
    List<Cluster> all = new ArrayList<>();
    for (int i = 0; i < clusters; i++) {
      all.add(cluster("c" + i, kubernetes(objects)));
    }
    return inventory(all);
  }

  /// The same account before its clusters were read.
  static Inventory bare(Inventory inventory) {
    return inventory(
        inventory.clusters().stream()
            .map(cluster -> cluster.withKubernetes(Kubernetes.NOT_READ))
            .toList());
  }

  /// An account with one cluster, `c0`.
  static Inventory accountWith(Kubernetes kubernetes) {
    return inventory(List.of(cluster("c0", kubernetes)));
  }

  private static Inventory inventory(List<Cluster> clusters) {
    return new Inventory(
        new Account("111122223333", Partition.AWS),
        List.of("eu-west-1"),
        List.of(),
        List.of(),
        clusters,
        List.of(),
        List.of(),
        Map.of(),
        Quotas.NOT_READ,
        Map.of(Scope.account(Scope.Kind.IAM), new Coverage.Complete()));
  }

  private static Cluster cluster(String name, Kubernetes kubernetes) {
    return new Cluster(
        "arn:aws:eks:eu-west-1:111122223333:cluster/" + name,
        name,
        "eu-west-1",
        "ACTIVE",
        Optional.of("oidc.eks.eu-west-1.amazonaws.com/id/ABC"),
        "1.33",
        "eks.12",
        false,
        Optional.empty(),
        Optional.of("https://ABC.gr7.eu-west-1.eks.amazonaws.com"),
        Optional.of("TUlJ"),
        Optional.empty(),
        List.of(),
        Map.of(),
        List.of(),
        List.of(),
        List.of(),
        kubernetes);
  }

  static Kubernetes kubernetes(int objects) {
    List<ServiceAccount> accounts = new ArrayList<>();
    List<Pod> pods = new ArrayList<>();
    for (int i = 0; i < objects; i++) {
      accounts.add(
          new ServiceAccount(
              "ns-" + i % 10,
              "sa-" + i,
              Optional.of(CREATED),
              Map.of("team", "t" + i % 3),
              Map.of(AwsAnnotations.ROLE_ARN, "arn:aws:iam::111122223333:role/r-" + i)));
      pods.add(pod(i));
    }
    return new Kubernetes(
        accounts,
        pods,
        List.of(
            new WebhookConfiguration(
                "pod-identity-webhook",
                List.of(
                    new WebhookConfiguration.Webhook(
                        "iam-for-pods.amazonaws.com",
                        "Ignore",
                        List.of(),
                        LabelSelector.EVERYTHING,
                        LabelSelector.EVERYTHING,
                        List.of(),
                        Optional.of("https://127.0.0.1:23443/mutate"),
                        Optional.empty())))),
        new Rbac(
            List.of(
                new Rbac.Role(Optional.empty(), "admin", true, List.of()),
                new Rbac.Role(Optional.of("ns"), "dev", false, List.of())),
            List.of(
                new Rbac.Binding(Optional.empty(), "admins", true, true, "admin", List.of()),
                new Rbac.Binding(Optional.of("ns"), "devs", false, false, "dev", List.of()))));
  }

  private static Pod pod(int number) {
    String role = "arn:aws:iam::111122223333:role/r-" + number;
    return new Pod(
        "ns-" + number % 10,
        "app-7d9f8c6b5-" + number,
        "sa-" + number,
        Optional.of(CREATED),
        "Running",
        false,
        Map.of("app", "app-" + number, "pod-template-hash", "7d9f8c6b5"),
        Map.of(),
        Optional.of("ip-10-0-0-" + number % 200),
        Optional.of("default-scheduler"),
        Pod.Os.UNSAID,
        Optional.of(new Pod.Owner("ReplicaSet", "app-7d9f8c6b5")),
        List.of(
            new Container(
                "app",
                false,
                List.of(new Container.Variable("AWS_ROLE_ARN", new Container.Value.Literal(role))),
                List.of(),
                List.of(
                    new Container.Mount(
                        "aws-iam-token", "/var/run/secrets/eks.amazonaws.com/serviceaccount")))),
        List.of(
            new Pod.TokenVolume(
                "aws-iam-token", "token", Optional.of("sts.amazonaws.com"), Optional.of(86400L))),
        List.of(),
        false,
        Optional.of(true));
  }
}
