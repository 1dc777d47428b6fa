package io.github.eksidentity.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.eksidentity.core.facts.Cluster;
import io.github.eksidentity.core.facts.Coverage;
import io.github.eksidentity.core.facts.Inventory;
import io.github.eksidentity.core.facts.LastUsed;
import io.github.eksidentity.core.facts.Role;
import io.github.eksidentity.core.facts.Scope;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Compares what was read with what is there. Nothing may be read that is not there, and a scope
/// whose coverage is complete must hold everything that is there.
final class Truths {
  private final Inventory truth;

  Truths(Inventory truth) {
    this.truth = truth.sorted();
  }

  void assertHonest(Inventory read) {
    assertEquals(truth.account(), read.account());
    assertRoles(read);
    assertWithin(truth.providers(), read.providers(), complete(read, Scope.Kind.OIDC));
    if (complete(read, Scope.Kind.REGIONS)) {
      assertEquals(truth.regions(), read.regions());
    }
    for (String region : truth.regions()) {
      assertRegion(region, read);
    }
    for (Cluster there : truth.clusters()) {
      read.clusters().stream()
          .filter(cluster -> cluster.arn().equals(there.arn()))
          .forEach(cluster -> assertCluster(there, cluster, read));
    }
  }

  private void assertRoles(Inventory read) {
    boolean policies = complete(read, Scope.Kind.IAM_POLICIES);
    boolean usage = complete(read, Scope.Kind.IAM_USAGE);
    assertWithin(
        truth.roles().stream().map(Truths::identityAndTrust).toList(),
        read.roles().stream().map(Truths::identityAndTrust).toList(),
        complete(read, Scope.Kind.IAM));
    if (policies) {
      assertEquals(truth.managedPolicies(), read.managedPolicies());
      assertWithin(truth.roles(), read.roles(), true);
    }
    Map<String, LastUsed> used =
        truth.roles().stream().collect(Collectors.toMap(Role::arn, Role::lastUsed));
    for (Role role : read.roles()) {
      if (usage || !(role.lastUsed() instanceof LastUsed.NotRead)) {
        assertEquals(used.get(role.arn()), role.lastUsed());
      }
    }
  }

  private static Role identityAndTrust(Role role) {
    return new Role(
        role.arn(),
        role.name(),
        role.path(),
        role.id(),
        role.created(),
        role.trustDocument(),
        List.of(),
        List.of(),
        List.of(),
        Optional.empty(),
        new LastUsed.NotRead(),
        Map.of());
  }

  private void assertRegion(String region, Inventory read) {
    Function<Inventory, List<String>> arns =
        inventory ->
            inventory.clusters().stream()
                .filter(cluster -> cluster.region().equals(region))
                .map(Cluster::arn)
                .toList();
    assertWithin(
        arns.apply(truth), arns.apply(read), read.coverageOf(Scope.region(region)).isComplete());
  }

  private static void assertCluster(Cluster there, Cluster read, Inventory inventory) {
    assertEquals(bare(there), bare(read));
    assertPart(Scope.Kind.ASSOCIATIONS, Cluster::associations, there, read, inventory);
    assertPart(Scope.Kind.ADDONS, Cluster::addons, there, read, inventory);
    assertPart(Scope.Kind.NODE_GROUPS, Cluster::nodeGroups, there, read, inventory);
  }

  private static <T> void assertPart(
      Scope.Kind kind,
      Function<Cluster, List<T>> part,
      Cluster there,
      Cluster read,
      Inventory inventory) {
    Coverage coverage = inventory.coverageOf(Scope.cluster(kind, read.region(), read.name()));
    assertWithin(part.apply(there), part.apply(read), coverage.isComplete());
  }

  private static Cluster bare(Cluster cluster) {
    return new ClusterFacts(cluster).with(List.of(), List.of(), List.of());
  }

  private static <T> void assertWithin(Collection<T> there, Collection<T> read, boolean complete) {
    assertTrue(there.containsAll(read), () -> "read what is not there: " + read);
    assertEquals(read.size(), read.stream().distinct().count(), "read twice");
    if (complete) {
      assertEquals(there.size(), read.size(), "complete, but not all of it was read");
    }
  }

  private static boolean complete(Inventory inventory, Scope.Kind kind) {
    return inventory.coverageOf(Scope.account(kind)).isComplete();
  }

  /// Every scope that is there, apart from those touched, is covered as it should be; and at least
  /// one of the touched ones is not complete, each with a reason.
  void assertTouched(List<Scope.Kind> touched, Inventory read) {
    truth
        .coverage()
        .forEach(
            (scope, coverage) -> {
              if (!touched.contains(scope.kind())) {
                assertEquals(coverage, read.coverageOf(scope), scope::toString);
              }
            });
    List<Coverage> incomplete =
        read.coverage().entrySet().stream()
            .filter(entry -> touched.contains(entry.getKey().kind()))
            .map(Map.Entry::getValue)
            .filter(coverage -> !coverage.isComplete())
            .toList();
    assertFalse(incomplete.isEmpty(), () -> "everything complete: " + read.coverage());
    incomplete.forEach(coverage -> assertFalse(coverage.reason().isBlank()));
  }
}
