package io.github.eksidentity.core.facts;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Everything read about one account. Lists are in no particular order; two inventories of the same
/// facts may differ in it unless both are [#sorted()].
///
/// @param regions the enabled regions, as far as they are known; see the coverage of
/// [Scope.Kind#REGIONS]
/// @param clusters of every region that was read
/// @param calls of AssumeRoleWithWebIdentity, as CloudTrail recorded them
/// @param simulations what IAM's policy simulator said of what it was asked
/// @param managedPolicies default version of the managed policies that were read, by ARN
/// @param coverage how well each scope was read; a scope that is not named was not read
@RecordBuilder
public record Inventory(
    Account account,
    List<String> regions,
    List<Role> roles,
    List<OidcProvider> providers,
    List<Cluster> clusters,
    List<AssumeCall> calls,
    List<Simulation> simulations,
    Map<String, PolicyDocument> managedPolicies,
    Quotas quotas,
    Map<Scope, Coverage> coverage)
    implements InventoryBuilder.With {
  public Inventory {
    regions = List.copyOf(regions);
    roles = List.copyOf(roles);
    providers = List.copyOf(providers);
    clusters = List.copyOf(clusters);
    calls = List.copyOf(calls);
    simulations = List.copyOf(simulations);
    managedPolicies = Map.copyOf(managedPolicies);
    coverage = Collections.unmodifiableMap(new TreeMap<>(coverage));
  }

  /// How well a scope was read; Skipped where nothing is known of it.
  public Coverage coverageOf(Scope scope) {
    return coverage.getOrDefault(scope, new Coverage.Skipped("not read"));
  }

  /// The same facts with more read: other clusters or calls, and the coverage of what was added.
  public Inventory with(
      List<Cluster> newClusters, List<AssumeCall> newCalls, Map<Scope, Coverage> added) {
    Map<Scope, Coverage> all = new TreeMap<>(coverage);
    all.putAll(added);
    return with(facts -> facts.clusters(newClusters).calls(newCalls).coverage(all));
  }

  /// The same facts with what IAM's policy simulator said.
  ///
  /// @param read how well it answered
  public Inventory withSimulations(List<Simulation> answers, Coverage read) {
    Map<Scope, Coverage> all = new TreeMap<>(coverage);
    all.put(Scope.account(Scope.Kind.SIMULATIONS), read);
    return with(facts -> facts.simulations(answers).coverage(all));
  }

  /// The same facts with every list in the order of ARNs or names.
  public Inventory sorted() {
    return with(
        facts ->
            facts
                .regions(regions.stream().sorted().toList())
                .roles(sort(roles, Role::arn))
                .providers(sort(providers, OidcProvider::arn))
                .clusters(sort(clusters.stream().map(Inventory::sorted).toList(), Cluster::arn))
                .calls(sort(calls, AssumeCall::id))
                .simulations(simulations.stream().sorted(Simulation.ORDER).toList()));
  }

  private static Cluster sorted(Cluster cluster) {
    return cluster.with(
        facts ->
            facts
                .associations(sort(cluster.associations(), Association::id))
                .addons(sort(cluster.addons(), Addon::name))
                .nodeGroups(sort(cluster.nodeGroups(), NodeGroup::name))
                .kubernetes(cluster.kubernetes().sorted()));
  }

  private static <T> List<T> sort(List<T> items, java.util.function.Function<T, String> key) {
    return items.stream().sorted(java.util.Comparator.comparing(key)).toList();
  }
}
