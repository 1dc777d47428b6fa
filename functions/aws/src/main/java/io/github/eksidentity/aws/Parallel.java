package io.github.eksidentity.aws;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.inject.Inject;
import javax.inject.Singleton;

/// Runs tasks on a virtual thread each. What bounds the calls in flight is [Limits].
@Singleton
final class Parallel implements AutoCloseable {
  private final ExecutorService executor =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("collect-", 0).factory());

  @Inject
  Parallel() {}

  /// A task under way.
  static final class Task<T> {
    private final CompletableFuture<T> future;

    private Task(CompletableFuture<T> future) {
      this.future = future;
    }

    /// Waits for its result. What it threw is thrown here.
    T result() {
      try {
        return future.join();
      } catch (CompletionException e) {
        if (e.getCause() instanceof RuntimeException cause) {
          throw cause;
        }
        throw e;
      }
    }
  }

  <T> Task<T> start(Supplier<T> body) {
    return new Task<>(CompletableFuture.supplyAsync(body, executor));
  }

  /// The function's results in the order of the items.
  <T, R> List<R> map(List<T> items, Function<T, R> function) {
    List<Task<R>> tasks = items.stream().map(item -> start(() -> function.apply(item))).toList();
    return tasks.stream().map(Task::result).toList();
  }

  @Override
  public void close() {
    executor.close();
  }
}
