package io.github.eksidentity.snapshot;

import io.github.eksidentity.core.facts.Coverage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// What a part of the snapshot holds, and how completely.
record Part<T>(T value, Coverage coverage) {
  static <T> Part<T> complete(T value) {
    return new Part<>(value, new Coverage.Complete());
  }

  static <T> Part<T> skipped(T nothing) {
    return new Part<>(nothing, new Coverage.Skipped("not in the snapshot"));
  }

  static <T> Part<T> failed(T nothing, String reason) {
    return new Part<>(nothing, new Coverage.Failed(reason, Optional.empty()));
  }

  /// Complete, or partial for the first of some reasons.
  static <T> Part<T> of(T value, List<String> reasons) {
    return reasons.isEmpty()
        ? complete(value)
        : new Part<>(value, new Coverage.Partial(summary(reasons), Optional.empty()));
  }

  <R> Part<R> map(Function<T, R> function) {
    return new Part<>(function.apply(value), coverage);
  }

  /// The first reason and the number of further ones.
  static String summary(List<String> reasons) {
    List<String> distinct = new ArrayList<>(reasons.stream().distinct().toList());
    return distinct.size() == 1
        ? distinct.getFirst()
        : distinct.getFirst() + " (and " + (distinct.size() - 1) + " more)";
  }
}
