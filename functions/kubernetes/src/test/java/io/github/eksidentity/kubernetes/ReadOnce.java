package io.github.eksidentity.kubernetes;

import io.github.eksidentity.core.audit.Assessment;
import io.github.eksidentity.core.audit.Auditor;
import io.github.eksidentity.core.audit.Settings;
import io.github.eksidentity.core.facts.Inventory;
import io.github.eksidentity.core.rules.Rules;
import io.github.eksidentity.testbed.KubernetesBed;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/// Reads and audits the clusters behind an address once and says what it took.
final class ReadOnce {
  private ReadOnce() {}

  /// Prints how long it took, and the highest use of the heap.
  ///
  /// @param args the address, the file of its certificate, the number of clusters
  public static void main(String... args) throws Exception {
    byte[] authority = Files.readAllBytes(Path.of(args[1]));
    AccessProvider access =
        cluster ->
            ClusterAccess.ofEks(
                URI.create(args[0] + cluster.name()),
                authority,
                new Caller.OfAws(() -> KubernetesBed.token(cluster.name())));
    Inventory bare = Clusters.account(Integer.parseInt(args[2]), 0);
    long start = System.nanoTime();
    Inventory read =
        new KubernetesReader(access, Duration.ofSeconds(60), 8).read(Clusters.bare(bare));
    long readMillis = (System.nanoTime() - start) / 1_000_000;
    start = System.nanoTime();
    Assessment assessment =
        new Auditor(Rules.all())
            .audit(read, Settings.DEFAULTS, Instant.parse("2026-11-20T06:00:00Z"));
    long auditMillis = (System.nanoTime() - start) / 1_000_000;
    long peak =
        ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .map(MemoryPoolMXBean::getPeakUsage)
            .mapToLong(usage -> usage.getUsed() / (1 << 20))
            .sum();
    long incomplete = read.coverage().values().stream().filter(how -> !how.isComplete()).count();
    if (incomplete > 0) {
      throw new IllegalStateException(incomplete + " scopes were not read: " + read.coverage());
    }
    System.out.printf(
        "pods=%d checks=%d readMillis=%d auditMillis=%d peakHeapMiB=%d%n",
        read.clusters().stream().mapToInt(one -> one.kubernetes().pods().size()).sum(),
        assessment.checks(),
        readMillis,
        auditMillis,
        peak);
  }
}
