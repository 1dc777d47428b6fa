package io.github.eksidentity.core.audit;

import io.github.eksidentity.core.facts.Cluster;
import io.github.eksidentity.core.facts.Coverage;
import io.github.eksidentity.core.facts.EksIssuer;
import io.github.eksidentity.core.facts.Inventory;
import io.github.eksidentity.core.facts.Role;
import io.github.eksidentity.core.facts.Scope;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/// From a rule's needs and a subject to the scopes that must be read.
final class Scopes {
  private final Inventory inventory;
  private final Index index;

  Scopes(AuditContext context) {
    this.inventory = context.inventory();
    this.index = context.index();
  }

  /// The scopes that these needs stand for at this resource.
  Set<Scope> of(List<Need> needs, Resource resource) {
    Set<Scope> scopes = new TreeSet<>();
    for (Need need : needs) {
      scopes.addAll(of(need, resource));
    }
    return scopes;
  }

  private Set<Scope> of(Need need, Resource resource) {
    return switch (need) {
      case IAM -> Set.of(Scope.account(Scope.Kind.IAM));
      case IAM_POLICIES -> Set.of(Scope.account(Scope.Kind.IAM_POLICIES));
      case IAM_USAGE -> Set.of(Scope.account(Scope.Kind.IAM_USAGE));
      case OIDC -> Set.of(Scope.account(Scope.Kind.OIDC));
      case EKS -> regions(resource);
      case EKS_EVERYWHERE -> everywhere();
      case ASSOCIATIONS -> ofClusters(Scope.Kind.ASSOCIATIONS, resource);
      case ADDONS -> ofClusters(Scope.Kind.ADDONS, resource);
      case NODE_GROUPS -> ofClusters(Scope.Kind.NODE_GROUPS, resource);
      case SERVICE_ACCOUNTS -> ofTokens(Scope.Kind.SERVICE_ACCOUNTS, resource);
      case PODS -> ofTokens(Scope.Kind.PODS, resource);
      case WEBHOOKS -> ofTokens(Scope.Kind.WEBHOOKS, resource);
      case RBAC -> ofTokens(Scope.Kind.RBAC, resource);
      case TRAIL -> trails(resource);
    };
  }

  private Set<Scope> everywhere() {
    Set<Scope> scopes = new TreeSet<>();
    scopes.add(Scope.account(Scope.Kind.REGIONS));
    inventory.regions().forEach(region -> scopes.add(Scope.region(region)));
    inventory.coverage().keySet().stream()
        .filter(scope -> scope.kind() == Scope.Kind.EKS)
        .forEach(scopes::add);
    return scopes;
  }

  private Set<Scope> regions(Resource resource) {
    return switch (resource) {
      case Resource.OfCluster(Cluster cluster) -> Set.of(Scope.region(cluster.region()));
      case Resource.OfAssociation(Cluster cluster, _) -> Set.of(Scope.region(cluster.region()));
      case Resource.OfServiceAccount(Cluster cluster, _) -> Set.of(Scope.region(cluster.region()));
      case Resource.OfProvider(var provider) -> regionOf(provider.url());
      case Resource.OfRole(var role) -> regionsOf(index.trust(role));
      case Resource.OfAccount _ -> everywhere();
    };
  }

  private Set<Scope> regionOf(String issuer) {
    return EksIssuer.parse(issuer)
        .map(parts -> Set.of(Scope.region(parts.region())))
        .orElseGet(this::everywhere);
  }

  /// A role that trusts Pod Identity can serve a cluster of any region.
  private Set<Scope> regionsOf(RoleTrust trust) {
    if (!trust.podDoors().isEmpty()) {
      return everywhere();
    }
    Set<Scope> scopes = new LinkedHashSet<>();
    trust.webDoors().stream()
        .flatMap(door -> door.issuer().stream())
        .forEach(issuer -> scopes.addAll(regionOf(issuer)));
    return scopes;
  }

  private Set<Scope> ofClusters(Scope.Kind kind, Resource resource) {
    List<Cluster> clusters =
        switch (resource) {
          case Resource.OfCluster(Cluster cluster) -> List.of(cluster);
          case Resource.OfAssociation(Cluster cluster, _) -> List.of(cluster);
          case Resource.OfServiceAccount(Cluster cluster, _) -> List.of(cluster);
          case Resource.OfRole(var role) -> clustersServedBy(role.arn());
          case Resource.OfProvider _, Resource.OfAccount _ -> inventory.clusters();
        };
    Set<Scope> scopes = new TreeSet<>();
    for (Cluster cluster : clusters) {
      scopes.add(Scope.cluster(kind, cluster.region(), cluster.name()));
    }
    return scopes;
  }

  private Set<Scope> ofTokens(Scope.Kind kind, Resource resource) {
    Set<Scope> scopes = new TreeSet<>();
    for (Cluster cluster : clustersWithTokens(resource)) {
      scopes.add(Scope.cluster(kind, cluster.region(), cluster.name()));
    }
    return scopes;
  }

  private Set<Scope> trails(Resource resource) {
    Set<Scope> scopes = new TreeSet<>();
    clustersWithTokens(resource).forEach(cluster -> scopes.add(Scope.trail(cluster.region())));
    return scopes;
  }

  /// The clusters whose pods the resource is about.
  private List<Cluster> clustersWithTokens(Resource resource) {
    return switch (resource) {
      case Resource.OfCluster(Cluster cluster) -> List.of(cluster);
      case Resource.OfAssociation(Cluster cluster, _) -> List.of(cluster);
      case Resource.OfServiceAccount(Cluster cluster, _) -> List.of(cluster);
      case Resource.OfProvider(var provider) -> index.clusterOf(provider.url()).stream().toList();
      case Resource.OfRole(var role) -> clustersReaching(role);
      case Resource.OfAccount _ -> inventory.clusters();
    };
  }

  private List<Cluster> clustersReaching(Role role) {
    Map<String, Cluster> clusters = new LinkedHashMap<>();
    index.trust(role).webDoors().stream()
        .flatMap(door -> door.issuer().stream())
        .flatMap(issuer -> index.clusterOf(issuer).stream())
        .forEach(cluster -> clusters.put(cluster.arn(), cluster));
    Stream.concat(
            index.associationsOf(role.arn()).stream().map(Resource.OfAssociation::cluster),
            index.annotatedWith(role.arn()).stream().map(Resource.OfServiceAccount::cluster))
        .forEach(cluster -> clusters.put(cluster.arn(), cluster));
    return List.copyOf(clusters.values());
  }

  private List<Cluster> clustersServedBy(String roleArn) {
    List<Cluster> clusters = new ArrayList<>(index.clustersWithNodeRole(roleArn));
    index.associationsOf(roleArn).forEach(found -> clusters.add(found.cluster()));
    return clusters;
  }

  /// Those of the scopes that were not completely read.
  Set<Scope> incomplete(Set<Scope> scopes) {
    Set<Scope> missing = new TreeSet<>();
    scopes.stream()
        .filter(scope -> !inventory.coverageOf(scope).isComplete())
        .forEach(missing::add);
    return missing;
  }

  /// Whether one of the scopes is read on request only, and was not asked for or not offered.
  boolean leftOut(Set<Scope> scopes) {
    return scopes.stream()
        .anyMatch(
            scope ->
                scope.kind().onRequest()
                    && inventory.coverageOf(scope) instanceof Coverage.Skipped);
  }

  /// Whether anybody tried to read something of everything that these needs stand for.
  boolean tried(List<Need> needs) {
    return needs.stream()
        .flatMap(need -> need.onRequest().stream())
        .allMatch(
            kind ->
                inventory.coverage().entrySet().stream()
                    .anyMatch(
                        entry ->
                            entry.getKey().kind() == kind
                                && !(entry.getValue() instanceof Coverage.Skipped)));
  }

  /// Those of the scopes whose reading was tried and did not fully succeed.
  Set<Scope> failed(Set<Scope> scopes) {
    Set<Scope> missing = new TreeSet<>();
    for (Scope scope : scopes) {
      Coverage coverage = inventory.coverageOf(scope);
      if (!coverage.isComplete() && !(coverage instanceof Coverage.Skipped)) {
        missing.add(scope);
      }
    }
    return missing;
  }
}
