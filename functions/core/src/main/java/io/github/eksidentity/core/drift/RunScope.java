package io.github.eksidentity.core.drift;

import io.github.eksidentity.core.access.Edge;
import io.github.eksidentity.core.audit.Finding;
import io.github.eksidentity.core.facts.Scope;
import java.util.Set;

/// What a run was asked to look at. It owns only that: of everything else it changes nothing.
///
/// @param regions the only regions; empty for all
/// @param clusters names of the only clusters; empty for all
/// @param rules ids of the only rules; empty for all
public record RunScope(Set<String> regions, Set<String> clusters, Set<String> rules) {
  /// The whole account.
  public static final RunScope ALL = new RunScope(Set.of(), Set.of(), Set.of());

  public RunScope {
    regions = Set.copyOf(regions);
    clusters = Set.copyOf(clusters);
    rules = Set.copyOf(rules);
  }

  /// Whether every rule is asked.
  public boolean asksEveryRule() {
    return rules.isEmpty();
  }

  /// Whether the run may say anything of this finding.
  public boolean owns(Finding finding) {
    return asks(finding.rule()) && ownsRegion(finding) && ownsCluster(finding);
  }

  /// Whether the run may say anything of this edge. What an edge comes to is decided by every rule.
  public boolean owns(Edge edge) {
    Edge.Place place = edge.place();
    return asksEveryRule()
        && (regions.isEmpty() || place.region().map(regions::contains).orElse(true))
        && (clusters.isEmpty() || (place.region().isPresent() && clusters.contains(place.name())));
  }

  /// Whether it asks for everything that hangs on a scope.
  boolean asksAllOf(Scope scope) {
    return asksEveryRule()
        && (clusters.isEmpty() || scope.cluster().map(clusters::contains).orElse(false));
  }

  /// Whether the rule is asked.
  public boolean asks(String rule) {
    return rules.isEmpty() || rules.contains(rule);
  }

  private boolean ownsRegion(Finding finding) {
    return regions.isEmpty()
        || ((finding.region().equals(Finding.GLOBAL) || regions.contains(finding.region()))
            && finding.scopes().stream()
                .flatMap(scope -> scope.region().stream())
                .allMatch(regions::contains));
  }

  private boolean ownsCluster(Finding finding) {
    return clusters.isEmpty()
        || finding
            .cluster()
            .map(clusters::contains)
            .orElseGet(
                () ->
                    finding.scopes().stream()
                        .map(Scope::region)
                        .allMatch(java.util.Optional::isEmpty));
  }
}
