package io.github.eksidentity.core.rules.podidentity;

import io.github.eksidentity.core.facts.Arn;
import io.github.eksidentity.core.facts.Association;
import io.github.eksidentity.core.facts.Cluster;
import io.github.eksidentity.core.index.RoleTrust;
import java.util.List;

/// The condition keys by which a trust policy narrows Pod Identity down, and statements that do.
///
/// Documented at <https://docs.aws.amazon.com/eks/latest/userguide/pod-id-role.html>.
public final class PodScope {
  static final String NAMESPACE = "aws:RequestTag/kubernetes-namespace";
  static final String SERVICE_ACCOUNT = "aws:RequestTag/kubernetes-service-account";
  static final String CLUSTER_ARN = "aws:RequestTag/eks-cluster-arn";
  static final String SOURCE_ARN = "aws:SourceArn";
  static final String SOURCE_ACCOUNT = "aws:SourceAccount";

  private PodScope() {}

  /// A statement that admits one association and no other; without session tags only the cluster
  /// can be told.
  static String statement(Cluster cluster, Association association) {
    return association.carriesTags() ? tagged(cluster, association) : untagged(cluster);
  }

  private static String tagged(Cluster cluster, Association association) {
    return """
    {"Effect": "Allow", "Principal": {"Service": "%s"}, \
    "Action": ["sts:AssumeRole", "sts:TagSession"], \
    "Condition": {"StringEquals": {"%s": "%s", "%s": "%s", "%s": "%s"}}}\
    """
        .formatted(
            RoleTrust.POD_IDENTITY,
            CLUSTER_ARN,
            cluster.arn(),
            NAMESPACE,
            association.namespace(),
            SERVICE_ACCOUNT,
            association.serviceAccount());
  }

  private static String untagged(Cluster cluster) {
    return """
    {"Effect": "Allow", "Principal": {"Service": "%s"}, "Action": "sts:AssumeRole", \
    "Condition": {"StringEquals": {"%s": "%s"}, "ArnEquals": {"%s": "%s"}}}\
    """
        .formatted(
            RoleTrust.POD_IDENTITY, SOURCE_ACCOUNT, account(cluster), SOURCE_ARN, cluster.arn());
  }

  /// The account in a cluster's ARN.
  static String account(Cluster cluster) {
    return Arn.parse(cluster.arn()).map(Arn::account).orElse("");
  }

  /// The statements of several associations, each once.
  public static List<String> statements(List<AssociationTrust> associations) {
    return associations.stream()
        .map(one -> statement(one.subject().cluster(), one.association()))
        .distinct()
        .toList();
  }
}
