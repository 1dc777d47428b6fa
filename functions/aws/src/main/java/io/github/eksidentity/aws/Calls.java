package io.github.eksidentity.aws;

import io.github.eksidentity.aws.ReadProblem.Kind;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import javax.inject.Inject;
import javax.inject.Singleton;
import org.jspecify.annotations.Nullable;

/// Makes calls: within the limits and the deadline, and none any more once the credentials are
/// known to have expired.
@Singleton
final class Calls {
  /// The region of calls to a partition's global services.
  static final String GLOBAL = "";

  private final CallLimits limits;
  private final Deadline deadline;
  private final ProgressCounter progress;
  private final AtomicReference<@Nullable ReadProblem> expired = new AtomicReference<>();

  @Inject
  Calls(CallLimits limits, Deadline deadline, ProgressCounter progress) {
    this.limits = limits;
    this.deadline = deadline;
    this.progress = progress;
  }

  /// Makes one call.
  ///
  /// @param body calls the SDK and takes from its answer what is needed, so that an answer which
  /// lacks it counts as a failed call
  <T> CallOutcome<T> call(ApiAction action, String region, Supplier<T> body) {
    Semaphore permits = limits.of(action.service(), region);
    if (!deadline.acquire(permits)) {
      return new CallOutcome.Failed<>(
          deadline.passed().orElseGet(() -> ReadProblem.other("reading was interrupted")));
    }
    try {
      Optional<ReadProblem> stop = Optional.ofNullable(expired.get()).or(deadline::passed);
      return stop.isPresent() ? new CallOutcome.Failed<>(stop.get()) : attempt(action, body);
    } finally {
      permits.release();
    }
  }

  private <T> CallOutcome<T> attempt(ApiAction action, Supplier<T> body) {
    progress.called();
    try {
      return new CallOutcome.Ok<>(deadline.run(body));
    } catch (RuntimeException e) {
      // The SDK wraps most failures, but not all that a malformed answer can cause.
      CallOutcome<T> answer = Failures.answer(action, e);
      if (answer instanceof CallOutcome.Failed<T>(ReadProblem problem)) {
        return new CallOutcome.Failed<>(settle(problem));
      }
      return answer;
    }
  }

  private ReadProblem settle(ReadProblem problem) {
    if (problem.kind() == Kind.EXPIRED) {
      expired.compareAndSet(null, problem);
    }
    return deadline.passed().orElse(problem);
  }
}
