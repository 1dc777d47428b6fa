package io.github.eksidentity.core.rules;

import io.github.eksidentity.core.edit.Edit;
import io.github.eksidentity.core.facts.AssumeCall;
import io.github.eksidentity.core.facts.Cluster;
import io.github.eksidentity.core.facts.Coverage;
import io.github.eksidentity.core.facts.Inventory;
import io.github.eksidentity.core.facts.OidcProvider;
import io.github.eksidentity.core.facts.Role;
import io.github.eksidentity.core.facts.Scope;
import java.util.List;
import java.util.Map;

/// Inventories with one part changed.
public final class Inventories {
  private Inventories() {}

  public static Inventory withCoverage(Inventory old, Map<Scope, Coverage> coverage) {
    return Edit.of(Inventory.class).with("coverage", coverage).apply(old);
  }

  static Inventory withRoles(Inventory old, List<Role> roles) {
    return Edit.of(Inventory.class).with("roles", roles).apply(old);
  }

  static Inventory withProviders(Inventory old, List<OidcProvider> providers) {
    return Edit.of(Inventory.class).with("providers", providers).apply(old);
  }

  static Inventory withCalls(Inventory old, List<AssumeCall> calls) {
    return old.with(old.clusters(), calls, Map.of());
  }

  static Inventory withClusters(Inventory old, List<Cluster> clusters) {
    return Edit.of(Inventory.class).with("clusters", clusters).apply(old);
  }
}
