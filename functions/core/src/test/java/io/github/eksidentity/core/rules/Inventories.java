package io.github.eksidentity.core.rules;

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
final class Inventories {
  private Inventories() {}

  static Inventory withCoverage(Inventory old, Map<Scope, Coverage> coverage) {
    return new Inventory(
        old.account(),
        old.regions(),
        old.roles(),
        old.providers(),
        old.clusters(),
        old.calls(),
        old.simulations(),
        old.managedPolicies(),
        old.quotas(),
        coverage);
  }

  static Inventory withRoles(Inventory old, List<Role> roles) {
    return new Inventory(
        old.account(),
        old.regions(),
        roles,
        old.providers(),
        old.clusters(),
        old.calls(),
        old.simulations(),
        old.managedPolicies(),
        old.quotas(),
        old.coverage());
  }

  static Inventory withProviders(Inventory old, List<OidcProvider> providers) {
    return new Inventory(
        old.account(),
        old.regions(),
        old.roles(),
        providers,
        old.clusters(),
        old.calls(),
        old.simulations(),
        old.managedPolicies(),
        old.quotas(),
        old.coverage());
  }

  static Inventory withCalls(Inventory old, List<AssumeCall> calls) {
    return old.with(old.clusters(), calls, Map.of());
  }

  static Inventory withClusters(Inventory old, List<Cluster> clusters) {
    return new Inventory(
        old.account(),
        old.regions(),
        old.roles(),
        old.providers(),
        clusters,
        old.calls(),
        old.simulations(),
        old.managedPolicies(),
        old.quotas(),
        old.coverage());
  }
}
