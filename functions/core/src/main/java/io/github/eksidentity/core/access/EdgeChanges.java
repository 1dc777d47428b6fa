package io.github.eksidentity.core.access;

import io.github.eksidentity.core.facts.Inventory;
import io.github.eksidentity.core.facts.Scope;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Which ways from service accounts to roles came and went between two states of one account. An
/// edge counts as new only where everything that would have shown it before was completely read
/// then, and as gone only where it was completely read now. What only may be there, for want of
/// facts, is neither.
///
/// @param added edges that were not there before
/// @param removed edges that are no longer there
/// @param unverified edges that one of the states has and of which the other cannot tell
public record EdgeChanges(List<Edge> added, List<Edge> removed, List<Edge> unverified) {
  /// A state of an account.
  public record State(Inventory inventory, List<Edge> edges) {
    public State {
      edges = List.copyOf(edges);
    }

    /// Whether there would be an edge if there were the way.
    private boolean tells(Edge edge) {
      return edge.scopes().stream().allMatch(this::wasRead);
    }

    /// Whether an edge of this state is there for certain.
    private boolean isSure(Edge edge) {
      return edge.declared() == Known.YES || tells(edge);
    }

    /// What belongs to a cluster that a completely read region does not have is known to be empty.
    private boolean wasRead(Scope scope) {
      return inventory.coverageOf(scope).isComplete()
          || (scope.cluster().isPresent() && !has(scope));
    }

    private boolean has(Scope scope) {
      String region = scope.region().orElseThrow();
      return !inventory.coverageOf(Scope.region(region)).isComplete()
          || inventory.clusters().stream()
              .anyMatch(
                  cluster ->
                      cluster.region().equals(region)
                          && cluster.name().equals(scope.cluster().orElseThrow()));
    }
  }

  public EdgeChanges {
    added = List.copyOf(added);
    removed = List.copyOf(removed);
    unverified = List.copyOf(unverified);
  }

  /// Compares two states, in [Edge#ORDER].
  public static EdgeChanges of(State before, State after) {
    List<Edge> added = new ArrayList<>();
    List<Edge> removed = new ArrayList<>();
    List<Edge> unverified = new ArrayList<>();
    Map<Edge.Key, Edge> then = byKey(before.edges());
    Map<Edge.Key, Edge> now = byKey(after.edges());
    for (Edge edge : after.edges()) {
      if (!then.containsKey(edge.key())) {
        (before.tells(edge) && after.isSure(edge) ? added : unverified).add(edge);
      }
    }
    for (Edge edge : before.edges()) {
      if (!now.containsKey(edge.key())) {
        (after.tells(edge) && before.isSure(edge) ? removed : unverified).add(edge);
      }
    }
    return new EdgeChanges(added, removed, unverified.stream().sorted(Edge.ORDER).toList());
  }

  private static Map<Edge.Key, Edge> byKey(List<Edge> edges) {
    Map<Edge.Key, Edge> byKey = new HashMap<>();
    edges.forEach(edge -> byKey.put(edge.key(), edge));
    return byKey;
  }

  /// Whether nothing came or went.
  public boolean isEmpty() {
    return added.isEmpty() && removed.isEmpty() && unverified.isEmpty();
  }
}
