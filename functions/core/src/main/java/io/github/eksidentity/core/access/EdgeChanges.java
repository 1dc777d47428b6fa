package io.github.eksidentity.core.access;

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
  /// The edges of an account, and how far whoever listed them could see.
  public record State(Sight sight, List<Edge> edges) {
    public State {
      edges = List.copyOf(edges);
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
        (before.sight().tells(edge) && after.sight().isSure(edge) ? added : unverified).add(edge);
      }
    }
    for (Edge edge : before.edges()) {
      if (!now.containsKey(edge.key())) {
        (after.sight().tells(edge) && before.sight().isSure(edge) ? removed : unverified).add(edge);
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
