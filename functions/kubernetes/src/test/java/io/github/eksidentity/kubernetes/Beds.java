package io.github.eksidentity.kubernetes;

import io.github.eksidentity.testbed.KubernetesBed;
import java.util.Optional;

/// Ways to the test bed.
final class Beds {
  private Beds() {}

  static AccessProvider provider(KubernetesBed bed) {
    return cluster -> access(bed, cluster.name());
  }

  static ClusterAccess access(KubernetesBed bed, String cluster) throws AccessException {
    return new ClusterAccess(
        bed.endpoint(cluster),
        Certificates.trusting(bed.authority(), Optional.empty()),
        Optional.of(() -> KubernetesBed.token(cluster)));
  }
}
