package io.github.eksidentity.core.drift;

import java.util.List;
import java.util.Optional;

/// One finding's new state and the events that led to it. A store writes all of it or nothing.
///
/// @param before the state that `after` replaces, empty where the finding was not known. Its id,
/// region or cluster may differ from those of `after`: then its item goes away
/// @param after the new state; its revision is one more than that of `before`
/// @param transitions perhaps none, where only bookkeeping changed
public record FindingUpdate(
    Optional<FindingState> before, FindingState after, List<Transition> transitions) {
  public FindingUpdate {
    transitions = List.copyOf(transitions);
  }
}
