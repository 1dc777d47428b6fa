package io.github.eksidentity.core.access;

import io.github.eksidentity.core.audit.Assessment.ClusterName;
import io.github.eksidentity.core.facts.Scope;
import io.github.eksidentity.core.policy.tree.Truth;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// How far an account was seen, which decides whether what is not there is known to be absent.
///
/// @param read what was completely read
/// @param clusters those of which there is something to read
public record Sight(Set<Scope> read, Set<ClusterName> clusters) {
  public Sight {
    read = Set.copyOf(read);
    clusters = Set.copyOf(clusters);
  }

  /// The sight of whoever knows this of each scope, those that were not read included.
  public static <T> Sight of(Map<Scope, T> known, Predicate<T> isRead) {
    Set<Scope> read = new HashSet<>();
    Set<ClusterName> clusters = new HashSet<>();
    known.forEach(
        (scope, how) -> {
          if (isRead.test(how)) {
            read.add(scope);
          }
          cluster(scope).ifPresent(clusters::add);
        });
    return new Sight(read, clusters);
  }

  private static Optional<ClusterName> cluster(Scope scope) {
    return scope.cluster().map(name -> new ClusterName(scope.region().orElseThrow(), name));
  }

  /// Whether everything in the scope is known. What belongs to a cluster that a completely read
  /// region does not have is known to be nothing.
  public boolean knows(Scope scope) {
    return read.contains(scope) || cluster(scope).filter(this::isAbsent).isPresent();
  }

  private boolean isAbsent(ClusterName cluster) {
    return !clusters.contains(cluster) && read.contains(Scope.region(cluster.region()));
  }

  /// Whether the edge would be there if there were the way.
  public boolean tells(Edge edge) {
    return edge.scopes().stream().allMatch(this::knows);
  }

  /// Whether an edge that is there is no mere guess for want of facts.
  public boolean isSure(Edge edge) {
    return edge.declared() == Truth.YES || tells(edge);
  }
}
