package io.github.eksidentity.core.rules.serviceaccount;

import io.github.eksidentity.core.facts.Cluster;
import io.github.eksidentity.core.facts.Pod;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Controllers that ask Kubernetes for tokens of other service accounts and show them to STS, so
/// that no pod runs with those.
///
/// @see <a href="https://external-secrets.io/latest/provider/aws-access/">External Secrets:
/// serviceAccountRef</a>
/// @see <a href="https://github.com/aws/secrets-store-csi-driver-provider-aws#readme">Secrets Store
/// CSI driver: provider for AWS</a>
final class TokenClients {
  /// What they are called, by a part of the name of their workload or label.
  private static final Map<String, String> KNOWN =
      new TreeMap<>(
          Map.of(
              "external-secrets", "External Secrets",
              "secrets-store-csi-driver-provider-aws", "the Secrets Store CSI driver",
              "csi-secrets-store-provider-aws", "the Secrets Store CSI driver",
              "cert-manager", "cert-manager",
              "provider-aws", "Crossplane",
              "s3-csi-node", "the Mountpoint for S3 CSI driver",
              "kustomize-controller", "Flux",
              "source-controller", "Flux",
              "vault-secrets-operator", "Vault Secrets Operator"));

  private static final List<String> LABELS =
      List.of(
          "app.kubernetes.io/name",
          "app.kubernetes.io/part-of",
          "app",
          "pkg.crossplane.io/provider");

  private TokenClients() {}

  /// Those whose pods run in a cluster.
  static List<String> in(Cluster cluster) {
    return cluster.kubernetes().pods().stream()
        .filter(Pod::running)
        .flatMap(TokenClients::names)
        .flatMap(
            name ->
                KNOWN.entrySet().stream()
                    .filter(known -> name.contains(known.getKey()))
                    .map(Map.Entry::getValue))
        .distinct()
        .sorted()
        .toList();
  }

  private static Stream<String> names(Pod pod) {
    return Stream.concat(
        Stream.of(pod.workload().name()),
        LABELS.stream().flatMap(label -> Stream.ofNullable(pod.labels().get(label))));
  }
}
