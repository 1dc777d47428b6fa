package io.github.eksidentity.aws;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// A list read page by page to its end, or to where a problem ended it.
///
/// @param items in the order of the pages, none twice
/// @param problem why the list is not whole
/// @param gone whether the problem is that what the list belongs to does not exist (any more)
record Paged<T>(List<T> items, Optional<ReadProblem> problem, boolean gone) {
  Paged {
    items = items.stream().distinct().toList();
  }

  /// One page.
  ///
  /// @param next what asks for the following page; empty on the last
  record Page<T>(List<T> items, Optional<String> next) {
    /// A page of IAM, which says separately whether another follows.
    static <T> Page<T> ofIam(List<T> items, Boolean truncated, String marker) {
      if (!Fields.required(truncated, "IsTruncated")) {
        return new Page<>(items, Optional.empty());
      }
      return new Page<>(items, Optional.of(Fields.required(marker, "Marker")));
    }
  }

  /// Reads every page.
  ///
  /// @param fetch makes the call with a page token, the first time without
  static <T> Paged<T> read(Function<Optional<String>, CallOutcome<Page<T>>> fetch) {
    List<T> items = new ArrayList<>();
    Set<String> tokens = new HashSet<>();
    Optional<String> token = Optional.empty();
    while (true) {
      switch (fetch.apply(token)) {
        case CallOutcome.Ok<Page<T>>(Page<T> page) -> {
          items.addAll(page.items());
          token = page.next();
          if (token.isEmpty()) {
            return new Paged<>(items, Optional.empty(), false);
          }
          if (!tokens.add(token.get())) {
            return new Paged<>(items, Optional.of(repeated()), false);
          }
        }
        case CallOutcome.Gone<Page<T>>(ReadProblem problem) -> {
          return new Paged<>(items, Optional.of(problem), true);
        }
        case CallOutcome.Failed<Page<T>>(ReadProblem problem) -> {
          return new Paged<>(items, Optional.of(problem), false);
        }
      }
    }
  }

  private static ReadProblem repeated() {
    return ReadProblem.other("the list does not end: AWS repeats a page token");
  }
}
