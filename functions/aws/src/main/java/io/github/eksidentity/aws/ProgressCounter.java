package io.github.eksidentity.aws;

import java.util.concurrent.atomic.AtomicInteger;
import javax.inject.Inject;
import javax.inject.Singleton;

/// Counts for the progress listener.
@Singleton
final class ProgressCounter {
  private final Progress listener;
  private final AtomicInteger regions = new AtomicInteger();
  private final AtomicInteger regionsDone = new AtomicInteger();
  private final AtomicInteger clusters = new AtomicInteger();
  private final AtomicInteger clustersDone = new AtomicInteger();
  private final AtomicInteger calls = new AtomicInteger();

  @Inject
  ProgressCounter(Progress listener) {
    this.listener = listener;
  }

  void regionsFound(int number) {
    add(regions, number);
  }

  void regionDone() {
    add(regionsDone, 1);
  }

  void clustersFound(int number) {
    add(clusters, number);
  }

  void clusterDone() {
    add(clustersDone, 1);
  }

  void called() {
    add(calls, 1);
  }

  private void add(AtomicInteger counter, int number) {
    counter.addAndGet(number);
    listener.advanced(
        new Progress.State(
            regionsDone.get(), regions.get(), clustersDone.get(), clusters.get(), calls.get()));
  }
}
