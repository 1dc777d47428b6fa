package io.github.eksidentity.core.rules.podidentity;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The service accounts that EKS add-ons run with; DescribeAddon does not name them.
///
/// Documented at
/// <https://docs.aws.amazon.com/eks/latest/userguide/workloads-add-ons-available-eks.html>.
final class AddonServiceAccounts {
  private static final Map<String, List<String>> BY_ADDON =
      Map.of(
          "vpc-cni",
          List.of("kube-system/aws-node"),
          "aws-ebs-csi-driver",
          List.of("kube-system/ebs-csi-controller-sa"),
          "aws-efs-csi-driver",
          List.of("kube-system/efs-csi-controller-sa", "kube-system/efs-csi-node-sa"),
          "aws-fsx-csi-driver",
          List.of("kube-system/fsx-csi-controller-sa"),
          "aws-mountpoint-s3-csi-driver",
          List.of("kube-system/s3-csi-driver-sa"),
          "amazon-cloudwatch-observability",
          List.of("amazon-cloudwatch/cloudwatch-agent"),
          "aws-network-flow-monitoring-agent",
          List.of("amazon-network-flow-monitor/aws-network-flow-monitor-agent-service-account"),
          "external-dns",
          List.of("external-dns/external-dns"));

  private AddonServiceAccounts() {}

  /// The add-on that runs with this service account.
  ///
  /// @param qualifiedName as `kube-system/aws-node`
  static Optional<String> addonOf(String qualifiedName) {
    return BY_ADDON.entrySet().stream()
        .filter(entry -> entry.getValue().contains(qualifiedName))
        .map(Map.Entry::getKey)
        .findFirst();
  }
}
