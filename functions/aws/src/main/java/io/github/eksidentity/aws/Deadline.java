package io.github.eksidentity.aws;

import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.inject.Inject;
import javax.inject.Singleton;

/// The moment at which reading ends. Calls in flight then are interrupted, later ones are not made.
@Singleton
final class Deadline implements AutoCloseable {
  private static final Duration UNLIMITED = Duration.ofDays(365);

  private final ReadProblem problem;
  private final long end;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Set<Thread> inFlight = new HashSet<>();

  @Inject
  Deadline(CollectOptions options) {
    Duration limit = options.deadline().orElse(UNLIMITED);
    problem =
        ReadProblem.other(
            "not read within the time limit of " + limit.toMillis() / 1000.0 + " seconds");
    end = System.nanoTime() + limit.toNanos();
    if (options.deadline().isPresent()) {
      Thread.ofVirtual().name("deadline").start(this::watch);
    }
  }

  /// The problem of everything not read, once the moment has come.
  Optional<ReadProblem> passed() {
    return remainingNanos() > 0 ? Optional.empty() : Optional.of(problem);
  }

  /// Waits for a permit, but not beyond the deadline.
  boolean acquire(Semaphore permits) {
    try {
      return permits.tryAcquire(Math.max(0, remainingNanos()), TimeUnit.NANOSECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /// Runs the body and interrupts it at the deadline.
  <T> T run(Supplier<T> body) {
    enter();
    try {
      return body.get();
    } finally {
      leave();
    }
  }

  @Override
  public void close() {
    closed.countDown();
  }

  private long remainingNanos() {
    return end - System.nanoTime();
  }

  private void watch() {
    try {
      if (!closed.await(remainingNanos(), TimeUnit.NANOSECONDS)) {
        interruptAll();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void interruptAll() {
    inFlight.forEach(Thread::interrupt);
  }

  private synchronized void enter() {
    inFlight.add(Thread.currentThread());
  }

  /// Clears an interrupt of the deadline, which is meant for the call and not for its thread.
  private synchronized void leave() {
    inFlight.remove(Thread.currentThread());
    if (passed().isPresent()) {
      Thread.interrupted();
    }
  }
}
