package io.github.eksidentity.core.drift;

import java.util.Collection;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/// How many transitions a run made.
///
/// @param transitions by kind, without the held ones; a kind that does not occur is not named
/// @param baseline how many of the opened ones belong to a first read
/// @param held resolutions that the circuit breaker kept from happening
public record Counts(SortedMap<TransitionKind, Integer> transitions, int baseline, int held) {
  /// No transition.
  public static final Counts NONE = new Counts(Collections.emptySortedMap(), 0, 0);

  public Counts {
    transitions = Collections.unmodifiableSortedMap(new TreeMap<>(transitions));
  }

  /// The counts of these transitions.
  public static Counts of(Collection<Transition> all) {
    SortedMap<TransitionKind, Integer> byKind = new TreeMap<>();
    int baseline = 0;
    int held = 0;
    for (Transition transition : all) {
      if (transition.held()) {
        held++;
      } else {
        byKind.merge(transition.kind(), 1, Integer::sum);
        baseline += transition.baseline().isPresent() ? 1 : 0;
      }
    }
    return new Counts(byKind, baseline, held);
  }

  /// How many of this kind.
  public int of(TransitionKind kind) {
    return java.util.Objects.requireNonNullElse(transitions.get(kind), 0);
  }

  /// Whether nothing happened.
  public boolean isEmpty() {
    return transitions.isEmpty() && held == 0;
  }
}
