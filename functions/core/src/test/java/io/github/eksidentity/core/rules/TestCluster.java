package io.github.eksidentity.core.rules;

import io.github.eksidentity.core.facts.Cluster;
import io.github.eksidentity.core.facts.Container;
import io.github.eksidentity.core.facts.Injected;
import io.github.eksidentity.core.facts.Inventory;
import io.github.eksidentity.core.facts.Kubernetes;
import io.github.eksidentity.core.facts.LabelSelector;
import io.github.eksidentity.core.facts.Pod;
import io.github.eksidentity.core.facts.Rbac;
import io.github.eksidentity.core.facts.ServiceAccount;
import io.github.eksidentity.core.facts.WebhookConfiguration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// The objects of one cluster of a test account.
final class TestCluster {
  /// As EKS makes it.
  static final WebhookConfiguration DEFAULT_WEBHOOK =
      new WebhookConfiguration(
          WebhookConfiguration.POD_IDENTITY,
          List.of(
              new WebhookConfiguration.Webhook(
                  "iam-for-pods.amazonaws.com",
                  "Ignore",
                  List.of(
                      new WebhookConfiguration.Rule(
                          List.of(""), List.of("v1"), List.of("CREATE"), List.of("pods"), "*")),
                  LabelSelector.EVERYTHING,
                  new LabelSelector(
                      Map.of(),
                      List.of(
                          new LabelSelector.Requirement(
                              Injected.SKIP_LABEL, "DoesNotExist", List.of()))),
                  List.of(),
                  Optional.of("https://127.0.0.1:23443/mutate"),
                  Optional.empty())));

  private final List<ServiceAccount> serviceAccounts = new ArrayList<>();
  private final List<Draft> pods = new ArrayList<>();
  private List<WebhookConfiguration> webhooks = List.of(DEFAULT_WEBHOOK);
  private Rbac rbac = Rbac.NOT_READ;

  private record Draft(Pod template, UnaryOperator<Pod> change) {}

  void add(ServiceAccount account) {
    serviceAccounts.add(account);
  }

  void add(
      String namespace,
      String deployment,
      String serviceAccount,
      UnaryOperator<Pod> template,
      UnaryOperator<Pod> change) {
    String hash = "7d9f8c6b5";
    Pod pod =
        new Pod(
            namespace,
            deployment + "-" + hash + "-%05d".formatted(pods.size()),
            serviceAccount,
            Optional.of(Instant.parse("2026-11-18T06:00:00Z")),
            "Running",
            false,
            Map.of("app", deployment, "pod-template-hash", hash),
            Map.of(),
            Optional.of("ip-10-0-0-1.eu-west-1.compute.internal"),
            Optional.of("default-scheduler"),
            Pod.Os.UNSAID,
            Optional.of(new Pod.Owner("ReplicaSet", deployment + "-" + hash)),
            List.of(
                new Container(
                    "app",
                    false,
                    List.of(),
                    List.of(),
                    List.of(
                        new Container.Mount(
                            "kube-api-access-x2x4z",
                            "/var/run/secrets/kubernetes.io/serviceaccount")))),
            List.of(
                new Pod.TokenVolume(
                    "kube-api-access-x2x4z", "token", Optional.empty(), Optional.of(3607L))),
            List.of(),
            false,
            Optional.of(true));
    pods.add(new Draft(template.apply(pod), change));
  }

  void webhooks(List<WebhookConfiguration> configurations) {
    webhooks = configurations;
  }

  void rbac(Rbac there) {
    rbac = there;
  }

  /// The cluster with these objects; what binds them may be anywhere in the account.
  Cluster in(Inventory account, Cluster bare) {
    Cluster withAccounts =
        bare.withKubernetes(new Kubernetes(serviceAccounts, List.of(), webhooks, rbac));
    Inventory bound =
        Inventories.withClusters(
            account,
            account.clusters().stream()
                .map(one -> one.arn().equals(bare.arn()) ? withAccounts : one)
                .toList());
    List<Pod> created =
        pods.stream()
            .map(
                draft ->
                    draft
                        .change()
                        .apply(Injection.recreated(bound, withAccounts, draft.template())))
            .toList();
    return bare.withKubernetes(new Kubernetes(serviceAccounts, created, webhooks, rbac));
  }
}
