package io.github.eksidentity.core.drift;

import io.github.eksidentity.core.access.Edge;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;

/// The ways from service accounts to roles that hang on one scope: each hangs on the most special
/// one of those that show it. Lists are in [Edge#ORDER].
///
/// @param known what there is, as of the last run that could see it
/// @param added what this run saw and the last complete reading of all that shows it did not; a
/// first reading adds nothing
/// @param removed what was known and this run, which read all that shows it, did not see
/// @param leftOut how many edges did not fit into the store; the next run has nothing to compare
/// those of this scope with
public record ScopeEdges(List<Edge> known, List<Edge> added, List<Edge> removed, int leftOut) {
  public ScopeEdges {
    known = List.copyOf(known);
    added = List.copyOf(added);
    removed = List.copyOf(removed);
  }

  /// What a run changed in all of its scopes, without what it knew.
  public static ScopeEdges changes(Collection<ScopeRecord> scopes) {
    List<ScopeEdges> all = scopes.stream().flatMap(scope -> scope.edges().stream()).toList();
    return new ScopeEdges(
        List.of(),
        sorted(all, ScopeEdges::added),
        sorted(all, ScopeEdges::removed),
        all.stream().mapToInt(ScopeEdges::leftOut).sum());
  }

  private static List<Edge> sorted(List<ScopeEdges> all, Function<ScopeEdges, List<Edge>> which) {
    return all.stream().map(which).flatMap(List::stream).sorted(Edge.ORDER).toList();
  }

  /// What the run changed, without what it knew.
  public ScopeEdges changes() {
    return new ScopeEdges(List.of(), added, removed, leftOut);
  }
}
