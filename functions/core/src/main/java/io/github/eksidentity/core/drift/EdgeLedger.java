package io.github.eksidentity.core.drift;

import io.github.eksidentity.core.access.Edge;
import io.github.eksidentity.core.access.Sight;
import io.github.eksidentity.core.facts.Coverage;
import io.github.eksidentity.core.facts.Scope;
import io.github.eksidentity.core.policy.tree.Truth;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// Keeps account of which ways to roles there are, and of what a run changed in that. What a run
/// could not see stays as it was known; what was never seen before by a complete reading is no
/// news.
final class EdgeLedger {
  private final Map<Scope, ScopeRecord> before;
  private final Sight past;
  private final Sight present;
  private final Run run;
  private final boolean believed;
  private final Map<Scope, ScopeRecord> records = new TreeMap<>();
  private final Map<Edge.Key, Edge> then = new HashMap<>();
  private final Map<Scope, List<Edge>> known = new HashMap<>();
  private final Map<Scope, List<Edge>> added = new HashMap<>();
  private final Map<Scope, List<Edge>> removed = new HashMap<>();

  private EdgeLedger(
      Map<Scope, ScopeRecord> before,
      List<ScopeRecord> records,
      Sight present,
      Run run,
      boolean believed) {
    this.before = before;
    this.past = Sight.of(before, EdgeLedger::holdsAll);
    this.present = present;
    this.run = run;
    this.believed = believed;
    records.forEach(record -> this.records.put(record.scope(), record));
    for (ScopeRecord record : before.values()) {
      record.edges().ifPresent(edges -> edges.known().forEach(edge -> then.put(edge.key(), edge)));
    }
  }

  /// The records of this run, with their edges.
  ///
  /// @param before the records of the last completed run
  /// @param records those of this run, without edges
  /// @param believed whether no resolution is held; else nothing is removed either
  static List<ScopeRecord> apply(
      Map<Scope, ScopeRecord> before,
      List<ScopeRecord> records,
      Observed observed,
      Run run,
      boolean believed) {
    Sight present = Sight.of(observed.assessment().coverage(), Coverage::isComplete);
    EdgeLedger ledger = new EdgeLedger(before, records, present, run, believed);
    ledger.compare(observed.edges());
    return ledger.records.values().stream().map(ledger::withEdges).toList();
  }

  private void compare(List<Edge> edges) {
    Set<Edge.Key> seen = new HashSet<>();
    for (Edge edge : edges) {
      seen.add(edge.key());
      Optional<Edge> old = Optional.ofNullable(then.get(edge.key()));
      if (old.isPresent()) {
        put(known, run.scope().owns(old.get()) ? merged(old.get(), edge) : old.get());
      } else if (run.scope().owns(edge) && present.isSure(edge)) {
        put(known, edge);
        if (past.tells(edge)) {
          put(added, edge);
        }
      }
    }
    for (Edge edge : then.values()) {
      if (!seen.contains(edge.key())) {
        put(isGone(edge) ? removed : known, edge);
      }
    }
  }

  private boolean isGone(Edge edge) {
    return believed && run.scope().owns(edge) && present.tells(edge);
  }

  /// What this run could not see of an edge stays as it was known.
  private Edge merged(Edge old, Edge now) {
    boolean forgets = old.declared() == Truth.YES && now.declared() == Truth.UNKNOWN;
    Set<Scope> scopes = new HashSet<>(now.scopes());
    if (forgets) {
      scopes.addAll(old.scopes());
    }
    return now.with(
        edge ->
            edge.place(isUnnamed(old, now) ? old.place() : now.place())
                .declared(forgets ? Truth.YES : now.declared())
                .scopes(scopes));
  }

  /// Whether it hangs on a cluster of which this run does not know the name.
  private boolean isUnnamed(Edge old, Edge now) {
    return now.place().region().isEmpty()
        && old.place().region().map(region -> !present.knows(Scope.region(region))).orElse(false);
  }

  private void put(Map<Scope, List<Edge>> lists, Edge edge) {
    edge.scopes().stream()
        .filter(this::keepsEdges)
        .max(Scope::compareTo)
        .ifPresent(scope -> lists.computeIfAbsent(scope, _ -> new ArrayList<>()).add(edge));
  }

  private boolean keepsEdges(Scope scope) {
    return records.containsKey(scope) && (readsAllOf(scope) || kept(scope).isPresent());
  }

  private boolean readsAllOf(Scope scope) {
    return run.scope().asksAllOf(scope) && present.read().contains(scope);
  }

  private static boolean holdsAll(ScopeRecord record) {
    return record.edges().filter(edges -> edges.leftOut() == 0).isPresent();
  }

  private Optional<ScopeEdges> kept(Scope scope) {
    return Optional.ofNullable(before.get(scope)).flatMap(ScopeRecord::edges);
  }

  private ScopeRecord withEdges(ScopeRecord record) {
    Scope scope = record.scope();
    return keepsEdges(scope)
        ? record.with(
            Optional.of(
                new ScopeEdges(
                    sorted(known, scope),
                    sorted(added, scope),
                    sorted(removed, scope),
                    readsAllOf(scope) ? 0 : kept(scope).map(ScopeEdges::leftOut).orElse(0))))
        : record;
  }

  private static List<Edge> sorted(Map<Scope, List<Edge>> lists, Scope scope) {
    return lists.getOrDefault(scope, List.of()).stream().sorted(Edge.ORDER).toList();
  }
}
