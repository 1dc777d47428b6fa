package io.github.eksidentity.kubernetes;

import io.github.eksidentity.testbed.KubeRight;
import io.github.eksidentity.testbed.KubernetesBed;
import io.github.eksidentity.testbed.KubernetesBed.Behaviour;
import io.github.eksidentity.testbed.KubernetesFault;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;

/// The test bed keeps the contract, so that what it does beyond it can be believed.
final class TestBedReadingTest extends ClusterReadingContract {
  private final List<KubernetesBed> beds = new ArrayList<>();
  private final AtomicBoolean expired = new AtomicBoolean();

  @AfterEach
  void close() {
    beds.forEach(KubernetesBed::close);
    beds.clear();
    expired.set(false);
  }

  @Override
  ClusterAccess auditor(Set<Manifest> applied) throws AccessException {
    return access(
        EnumSet.complementOf(EnumSet.copyOf(applied)).stream()
            .flatMap(manifest -> manifest.rights().stream())
            .map(KubeRight::resource)
            .toArray(String[]::new));
  }

  @Override
  ClusterAccess prober(Optional<String> serviceAccount) throws AccessException {
    return serviceAccount.isPresent() ? access() : access("serviceaccounts/token");
  }

  private ClusterAccess access(String... forbidden) throws AccessException {
    KubernetesBed bed =
        KubernetesBed.serve(
            THERE,
            Behaviour.PROMPT
                .withForbidden(forbidden)
                .withFault(
                    new KubernetesFault.Refused(410, Map.of()),
                    0,
                    Integer.MAX_VALUE,
                    request -> request.query().contains("continue=") && expired.getAndSet(false)));
    beds.add(bed);
    return Beds.access(bed, CLUSTER.name());
  }

  @Override
  void expireLists() {
    expired.set(true);
  }
}
