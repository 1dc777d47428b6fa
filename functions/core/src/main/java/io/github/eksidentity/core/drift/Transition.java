package io.github.eksidentity.core.drift;

import io.github.eksidentity.core.facts.Scope;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;

/// One event of a finding's history. A run has at most one of a kind for a finding.
///
/// @param run the run that made it
/// @param at the run's now
/// @param before the finding before the run, empty where it was not known
/// @param after the finding after the run, the same in each of its transitions of the run; of a
/// held one the finding as it stays
/// @param scopes of `unverified` the scopes whose reading failed, of `verified` those that are read
/// again
/// @param baseline the scope whose first complete read brought it up, present only in `opened`
/// @param held whether the circuit breaker kept it from happening
@RecordBuilder
public record Transition(
    RunId run,
    Instant at,
    TransitionKind kind,
    Optional<FindingState> before,
    FindingState after,
    Set<Scope> scopes,
    Optional<Scope> baseline,
    boolean held)
    implements TransitionBuilder.With {
  /// Worst first, then as findings are ordered, then in the order in which things happened.
  public static final Comparator<Transition> ORDER =
      Comparator.comparing(
              (Transition transition) -> transition.after().finding(),
              io.github.eksidentity.core.audit.Finding.ORDER)
          .thenComparing(transition -> transition.after().id())
          .thenComparing(Transition::at)
          .thenComparing(Transition::run)
          .thenComparing(Transition::kind);

  public Transition {
    scopes = Set.copyOf(scopes);
  }
}
