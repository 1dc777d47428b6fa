package io.github.eksidentity.kubernetes;

import io.github.eksidentity.testbed.KubernetesBed;

/// Ways to the test bed.
final class Beds {
  private Beds() {}

  static AccessProvider provider(KubernetesBed bed) {
    return cluster -> access(bed, cluster.name());
  }

  static ClusterAccess access(KubernetesBed bed, String cluster) throws AccessException {
    return ClusterAccess.ofEks(
        bed.endpoint(cluster),
        bed.authority(),
        new Caller.OfAws(() -> KubernetesBed.token(cluster)));
  }
}
