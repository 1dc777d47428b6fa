package io.github.eksidentity.aws;

import io.github.eksidentity.core.facts.Inventory;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.net.URI;

/// Reads the account behind an endpoint once and says what it took.
final class CollectOnce {
  private CollectOnce() {}

  public static void main(String... args) throws CollectException {
    long start = System.nanoTime();
    Inventory inventory =
        AwsCollector.collect(
            CollectOptions.DEFAULT.withEndpoint(URI.create(args[0])), Progress.SILENT);
    long millis = (System.nanoTime() - start) / 1_000_000;
    long peak =
        ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .map(MemoryPoolMXBean::getPeakUsage)
            .mapToLong(usage -> usage.getUsed() / (1 << 20))
            .sum();
    System.out.printf(
        "roles=%d clusters=%d associations=%d incomplete=%d collectMillis=%d sinceJvmStart=%d"
            + " peakHeapMiB=%d%n",
        inventory.roles().size(),
        inventory.clusters().size(),
        inventory.clusters().stream().mapToInt(cluster -> cluster.associations().size()).sum(),
        inventory.coverage().values().stream().filter(how -> !how.isComplete()).count(),
        millis,
        System.currentTimeMillis() - ManagementFactory.getRuntimeMXBean().getStartTime(),
        peak);
  }
}
