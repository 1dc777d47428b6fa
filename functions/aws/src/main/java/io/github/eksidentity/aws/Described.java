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
  static <T> Described<T> of(Paged<?> listed, List<Answer<T>> answers) {
    List<T> items = new ArrayList<>();
    List<Problem> problems = new ArrayList<>();
    for (Answer<T> answer : answers) {
      switch (answer) {
        case Answer.Ok<T>(T item) -> items.add(item);
        case Answer.Gone<T> _ -> {}
        case Answer.Failed<T>(Problem problem) -> problems.add(problem);
      }
    }
    Optional<Problem> unread =
        problems.stream()
            .findFirst()
            .map(first -> first.within(problems.size() + " of " + answers.size() + " not read"));
    return new Described<>(
        items, Problem.coverage(!items.isEmpty(), listed.problem().or(() -> unread)));
  }
}
