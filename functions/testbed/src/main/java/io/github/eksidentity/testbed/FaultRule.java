package io.github.eksidentity.testbed;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/// Which calls meet a fault. An instance counts, so it serves one test bed.
public final class FaultRule {
  private final Predicate<Call> calls;
  private final Fault fault;
  private final int from;
  private final int times;
  private final AtomicInteger seen = new AtomicInteger();

  private FaultRule(Predicate<Call> calls, Fault fault, int from, int times) {
    this.calls = calls;
    this.fault = fault;
    this.from = from;
    this.times = times;
  }

  /// Every matching call meets the fault.
  public static FaultRule always(Fault fault, Predicate<Call> calls) {
    return new FaultRule(calls, fault, 0, Integer.MAX_VALUE);
  }

  /// The first matching calls meet it, later ones do not.
  public static FaultRule first(int times, Fault fault, Predicate<Call> calls) {
    return new FaultRule(calls, fault, 0, times);
  }

  /// The matching calls meet it once this many were answered.
  public static FaultRule after(int answered, Fault fault, Predicate<Call> calls) {
    return new FaultRule(calls, fault, answered, Integer.MAX_VALUE);
  }

  /// Calls of an IAM action, as `eks:DescribeCluster`.
  public static Predicate<Call> action(String permission) {
    return call -> call.permission().equals(permission);
  }

  Optional<Fault> meets(Call call) {
    if (!calls.test(call)) {
      return Optional.empty();
    }
    int number = seen.getAndIncrement();
    return number >= from && number - from < times ? Optional.of(fault) : Optional.empty();
  }
}
