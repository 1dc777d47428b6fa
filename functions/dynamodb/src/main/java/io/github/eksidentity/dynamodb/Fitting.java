package io.github.eksidentity.dynamodb;

import io.github.eksidentity.core.access.Edge;
import io.github.eksidentity.core.audit.Evidence;
import io.github.eksidentity.core.audit.Finding;
import io.github.eksidentity.core.drift.FindingState;
import io.github.eksidentity.core.drift.ScopeEdges;
import io.github.eksidentity.core.drift.ScopeRecord;
import io.github.eksidentity.core.drift.Transition;
import io.github.eksidentity.core.remedy.Remediation;
import java.util.List;
import java.util.function.UnaryOperator;

/// Makes a record fit into an item, which has at most 400 KB. A finding of that length is one of
/// thousands of observations; what an audit would show again goes first: the documents and commands
/// of the remediation, then all but the first observations. Of a scope's edges what is known goes
/// before what the run changed.
///
/// A finding that lost observations counts as changed in each run, since what is kept differs from
/// what is seen. That is the lesser evil beside a run that fails.
final class Fitting {
  /// Of the record alone, as it is written. The rest of an item is short.
  private static final int LONGEST = 340_000;

  private static final int OBSERVATIONS = 20;
  private static final int TEXT = 1_000;

  /// How many of the edges that a run added, and of those that it removed, to try in turn. An
  /// annotation may hold a text that alone is too long.
  private static final List<Integer> EDGES = List.of(Integer.MAX_VALUE, 500, 0);

  private static final List<UnaryOperator<FindingState>> CUTS =
      List.of(
          UnaryOperator.identity(),
          state -> state.withFinding(withoutDocuments(state.finding())),
          state -> state.withFinding(withFewObservations(state.finding())));

  private Fitting() {}

  /// The state, or as much of it as fits.
  static FindingState fit(FindingState state) {
    for (UnaryOperator<FindingState> cut : CUTS) {
      FindingState shorter = cut.apply(state);
      if (Payload.length(shorter, FindingState.class) <= LONGEST) {
        return shorter;
      }
    }
    return CUTS.getLast().apply(state);
  }

  /// The transition, or as much of its two states as fits.
  static Transition fit(Transition transition) {
    for (UnaryOperator<FindingState> cut : CUTS) {
      Transition shorter = with(transition, cut);
      if (Payload.length(shorter, Transition.class) <= LONGEST) {
        return shorter;
      }
    }
    return with(transition, CUTS.getLast());
  }

  /// The scope, with as many of its edges as fit.
  static ScopeRecord fit(ScopeRecord scope) {
    if (Payload.length(scope, ScopeRecord.class) <= LONGEST) {
      return scope;
    }
    return EDGES.stream()
        .map(most -> withEdges(scope, most))
        .filter(shorter -> Payload.length(shorter, ScopeRecord.class) <= LONGEST)
        .findFirst()
        .orElseGet(() -> withEdges(scope, 0));
  }

  /// @param most that were added, and as many that were removed
  private static ScopeRecord withEdges(ScopeRecord scope, int most) {
    return scope.with(
        scope
            .edges()
            .map(
                edges -> {
                  List<Edge> added = edges.added().stream().limit(most).toList();
                  List<Edge> removed = edges.removed().stream().limit(most).toList();
                  int cut =
                      edges.known().size()
                          + edges.added().size()
                          - added.size()
                          + edges.removed().size()
                          - removed.size();
                  return new ScopeEdges(List.of(), added, removed, edges.leftOut() + cut);
                }));
  }

  private static Transition with(Transition whole, UnaryOperator<FindingState> cut) {
    return whole.with(
        shorter -> shorter.before(whole.before().map(cut)).after(cut.apply(whole.after())));
  }

  private static Finding withoutDocuments(Finding finding) {
    return with(finding, finding.title(), finding.evidence());
  }

  private static Finding withFewObservations(Finding finding) {
    return with(
        finding,
        start(finding.title()),
        finding.evidence().stream().limit(OBSERVATIONS).map(Fitting::shorter).toList());
  }

  private static Finding with(Finding finding, String title, List<Evidence> evidence) {
    return finding.with(
        shorter ->
            shorter
                .title(title)
                .evidence(evidence)
                .remediation(
                    Remediation.decide(
                        start(finding.remediation().advice()),
                        "The finding is too long to be kept as a whole; an audit shows all of"
                            + " it.")));
  }

  private static Evidence shorter(Evidence evidence) {
    return new Evidence(
        start(evidence.summary()),
        evidence.statement(),
        evidence.key().map(Fitting::start),
        evidence.value().map(Fitting::start),
        evidence.claim().map(Fitting::start),
        evidence.nearest().map(Fitting::start),
        evidence.at(),
        evidence.stable());
  }

  private static String start(String text) {
    return text.length() <= TEXT ? text : text.substring(0, TEXT) + "…";
  }
}
