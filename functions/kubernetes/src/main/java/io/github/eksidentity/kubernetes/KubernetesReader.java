package io.github.eksidentity.kubernetes;

import io.github.eksidentity.core.facts.Cluster;
import io.github.eksidentity.core.facts.Coverage;
import io.github.eksidentity.core.facts.Inventory;
import io.github.eksidentity.core.facts.Kubernetes;
import io.github.eksidentity.core.facts.Scope;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Reads the clusters of an inventory, each within its own budget of time: a slow or unreachable
/// cluster delays no other.
public final class KubernetesReader {
  private final AccessProvider access;
  private final Duration budget;
  private final int atOnce;

  /// @param budget how long reading one cluster may take
  /// @param atOnce how many clusters are read at the same time
  public KubernetesReader(AccessProvider access, Duration budget, int atOnce) {
    this.access = access;
    this.budget = budget;
    this.atOnce = atOnce;
  }

  /// The inventory with what its clusters' Kubernetes APIs answered, and how well each was read.
  public Inventory read(Inventory inventory) {
    Semaphore permits = new Semaphore(atOnce);
    List<Future<ClusterReader.Read>> readings = new ArrayList<>();
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Cluster cluster : inventory.clusters()) {
        readings.add(executor.submit(() -> inTurn(permits, cluster)));
      }
    }
    List<Cluster> clusters = new ArrayList<>();
    Map<Scope, Coverage> coverage = new TreeMap<>();
    for (int i = 0; i < readings.size(); i++) {
      Cluster cluster = inventory.clusters().get(i);
      ClusterReader.Read read = readings.get(i).resultNow();
      clusters.add(cluster.withKubernetes(read.facts()));
      read.coverage()
          .forEach(
              (kind, how) ->
                  coverage.put(Scope.cluster(kind, cluster.region(), cluster.name()), how));
    }
    return inventory.with(clusters, inventory.calls(), coverage);
  }

  private ClusterReader.Read inTurn(Semaphore permits, Cluster cluster)
      throws InterruptedException {
    permits.acquire();
    try {
      return read(cluster);
    } finally {
      permits.release();
    }
  }

  private ClusterReader.Read read(Cluster cluster) {
    if (cluster.endpoint().isEmpty() && !cluster.status().equals("ACTIVE")) {
      return nothing(new Coverage.Skipped("the cluster is " + cluster.status()));
    }
    ClusterAccess found;
    try {
      found = access.access(cluster);
    } catch (AccessException e) {
      return nothing(Advice.failed(e.problem()));
    }
    Thread reading = Thread.currentThread();
    CompletableFuture<Void> end = new CompletableFuture<>();
    try (ApiClient api = new ApiClient(found, budget)) {
      CompletableFuture.delayedExecutor(budget.toNanos(), TimeUnit.NANOSECONDS)
          .execute(
              () -> {
                if (end.complete(null)) {
                  api.abort();
                  reading.interrupt();
                }
              });
      return new ClusterReader(new Advice(cluster, found, budget), api).read();
    } catch (IOException | RuntimeException e) {
      return nothing(Advice.failed("reading it failed: " + e.getClass().getSimpleName()));
    } finally {
      end.complete(null);
    }
  }

  private static ClusterReader.Read nothing(Coverage how) {
    Map<Scope.Kind, Coverage> coverage = new EnumMap<>(Scope.Kind.class);
    Scope.Kind.OF_KUBERNETES.forEach(kind -> coverage.put(kind, how));
    return new ClusterReader.Read(Kubernetes.NOT_READ, coverage);
  }
}
