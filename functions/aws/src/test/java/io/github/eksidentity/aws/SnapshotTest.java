package io.github.eksidentity.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.eksidentity.core.audit.Settings;
import io.github.eksidentity.core.facts.Cluster;
import io.github.eksidentity.core.facts.Inventory;
import io.github.eksidentity.core.facts.Kubernetes;
import io.github.eksidentity.core.facts.Scope;
import io.github.eksidentity.core.rules.role.RoleRules;
import io.github.eksidentity.snapshot.Snapshot;
import io.github.eksidentity.snapshot.SnapshotException;
import io.github.eksidentity.snapshot.SnapshotReader;
import io.github.eksidentity.testbed.Behaviour;
import io.github.eksidentity.testbed.TestBed;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The account of the demo comes back over the wire as it stands in its files.
class SnapshotTest {
  private static final Path DEMO = Path.of("..", "cli", "src", "main", "resources", "demo");

  @Test
  void theDemosAccountIsReadBack() throws SnapshotException {
    Snapshot demo = SnapshotReader.read(DEMO, false);
    Inventory files = demo.inventory();
    Instant since = demo.takenAt().orElseThrow().minus(Duration.ofDays(1));
    assertFalse(files.clusters().isEmpty());
    try (TestBed bed = TestBed.serve(files, Behaviour.PROMPT)) {
      Inventory read =
          Audits.read(
              Audits.from(bed)
                  .withTrailSince(since)
                  .withSimulation(there -> RoleRules.questions(there, Settings.DEFAULTS)));
      assertEquals(comparable(files), comparable(read));
      assertTrue(read.coverageOf(Scope.account(Scope.Kind.IAM)).isComplete());
    }
  }

  /// Without coverage, which files have of other scopes, without what the clusters themselves tell,
  /// and without the node groups of clusters that have no association.
  private static Inventory comparable(Inventory inventory) {
    return new Inventory(
            inventory.account(),
            inventory.regions(),
            inventory.roles(),
            inventory.providers(),
            inventory.clusters().stream().map(SnapshotTest::comparable).toList(),
            inventory.calls(),
            inventory.simulations(),
            inventory.managedPolicies(),
            inventory.quotas(),
            Map.of())
        .sorted();
  }

  private static Cluster comparable(Cluster cluster) {
    return new ClusterFacts(cluster)
        .with(
            cluster.associations(),
            cluster.addons(),
            cluster.associations().isEmpty() ? List.of() : cluster.nodeGroups())
        .withKubernetes(Kubernetes.NOT_READ);
  }
}
