package io.github.eksidentity.core.index;

import io.github.eksidentity.core.facts.Coverage;
import io.github.eksidentity.core.facts.Inventory;
import io.github.eksidentity.core.facts.Scope;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;

/// How well the scopes of an inventory were read, and those that stand for all its regions. Every
/// rule asks for it about every resource.
public final class ReadScopes {
  private final Inventory inventory;
  private final Set<Scope> complete = new HashSet<>();
  private final Set<Scope> everywhere;

  ReadScopes(Inventory inventory) {
    this.inventory = inventory;
    Set<Scope> regions = new TreeSet<>();
    regions.add(Scope.account(Scope.Kind.REGIONS));
    inventory.regions().forEach(region -> regions.add(Scope.region(region)));
    inventory
        .coverage()
        .forEach(
            (scope, coverage) -> {
              if (coverage.isComplete()) {
                complete.add(scope);
              }
              if (scope.kind() == Scope.Kind.EKS) {
                regions.add(scope);
              }
            });
    this.everywhere = Collections.unmodifiableSet(regions);
  }

  public boolean isComplete(Scope scope) {
    return complete.contains(scope);
  }

  public Coverage coverageOf(Scope scope) {
    return inventory.coverageOf(scope);
  }

  /// The list of regions, and the clusters of each.
  public Set<Scope> everywhere() {
    return everywhere;
  }
}
