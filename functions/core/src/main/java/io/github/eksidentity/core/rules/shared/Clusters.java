package io.github.eksidentity.core.rules.shared;

import io.github.eksidentity.core.facts.Cluster;

/// What rules share about clusters.
public final class Clusters {
  private Clusters() {}

  /// Whether pods can run in the cluster: it is neither being made nor deleted, nor did it fail.
  /// While it is being updated it runs.
  ///
  /// Documented at <https://docs.aws.amazon.com/eks/latest/APIReference/API_Cluster.html>.
  public static boolean runs(Cluster cluster) {
    return cluster.status().equals("ACTIVE") || cluster.status().equals("UPDATING");
  }
}
