package io.github.eksidentity.kubernetes;

import io.github.eksidentity.core.facts.Cluster;

/// Knows how to reach clusters.
public interface AccessProvider {
  /// How to reach a cluster.
  ///
  /// @throws AccessException where the cluster cannot or must not be reached
  ClusterAccess access(Cluster cluster) throws AccessException;
}
