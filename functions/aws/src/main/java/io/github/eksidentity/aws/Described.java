package io.github.eksidentity.aws;

import io.github.eksidentity.core.facts.Coverage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Things that a list named and that were then read one by one.
///
/// @param items those that exist and could be read
record Described<T>(List<T> items, Coverage coverage) {

  /// @param listed how far the list itself was read
  /// @param answers one for each name in it; what is gone was deleted since and is no problem
  static <T> Described<T> of(Paged<?> listed, List<CallOutcome<T>> answers) {
    List<T> items = new ArrayList<>();
    List<ReadProblem> problems = new ArrayList<>();
    for (CallOutcome<T> answer : answers) {
      switch (answer) {
        case CallOutcome.Ok<T>(T item) -> items.add(item);
        case CallOutcome.Gone<T> _ -> {}
        case CallOutcome.Failed<T>(ReadProblem problem) -> problems.add(problem);
      }
    }
    Optional<ReadProblem> unread =
        problems.stream()
            .findFirst()
            .map(first -> first.within(problems.size() + " of " + answers.size() + " not read"));
    return new Described<>(
        items, ReadProblem.coverage(!items.isEmpty(), listed.problem().or(() -> unread)));
  }
}
