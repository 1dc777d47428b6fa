package io.github.eksidentity.core.audit;

import io.github.eksidentity.core.facts.Association;
import io.github.eksidentity.core.facts.Cluster;
import io.github.eksidentity.core.facts.Coverage;
import io.github.eksidentity.core.facts.EksIssuer;
import io.github.eksidentity.core.facts.Inventory;
import io.github.eksidentity.core.facts.NodeGroup;
import io.github.eksidentity.core.facts.OidcProvider;
import io.github.eksidentity.core.facts.Role;
import io.github.eksidentity.core.facts.Scope;
import io.github.eksidentity.core.index.Index;
import io.github.eksidentity.core.index.ReadScopes;
import io.github.eksidentity.core.index.RecordedCaller;
import io.github.eksidentity.core.index.Resource;
import io.github.eksidentity.core.index.RoleTrust;
import io.github.eksidentity.core.permissions.RolePermissions;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// From a rule's needs to the scopes that must be read to judge one resource. Several rules need
/// the same of a resource, so each need is worked out once.
final class Scopes {
  private final Inventory inventory;
  private final Index index;
  private final Resource resource;
  private final ReadScopes read;
  private final Map<Need, Set<Scope>> scopes = new EnumMap<>(Need.class);
  private final Map<Need, Map<Scope, Coverage>> lacking = new EnumMap<>(Need.class);

  Scopes(AuditContext context, Resource resource) {
    this.inventory = context.inventory();
    this.index = context.index();
    this.resource = resource;
    this.read = index.read();
  }

  /// The scopes that these needs stand for.
  Set<Scope> of(List<Need> needs) {
    Set<Scope> all = new TreeSet<>();
    needs.forEach(need -> all.addAll(of(need)));
    return all;
  }

  /// Those of the scopes that a rule waits for: what it needs and was not completely read, and what
  /// it would be refined by and whose reading was tried and did not fully succeed.
  Set<Scope> missing(RuleMetadata rule) {
    Set<Scope> missing = new TreeSet<>();
    addLacking(rule.needs(), _ -> true, missing);
    addLacking(rule.refinedBy(), Coverage::failed, missing);
    return missing;
  }

  /// Whether one of the scopes is read on request only, and was not asked for or not offered.
  boolean leftOut(List<Need> needs) {
    for (Need need : needs) {
      if (need.onRequest().isPresent()
          && lacking(need).values().stream().anyMatch(Coverage.Skipped.class::isInstance)) {
        return true;
      }
    }
    return false;
  }

  private void addLacking(List<Need> needs, Predicate<Coverage> counts, Set<Scope> missing) {
    for (Need need : needs) {
      lacking(need)
          .forEach(
              (scope, coverage) -> {
                if (counts.test(coverage)) {
                  missing.add(scope);
                }
              });
    }
  }

  private Map<Scope, Coverage> lacking(Need need) {
    return lacking.computeIfAbsent(need, this::findLacking);
  }

  private Map<Scope, Coverage> findLacking(Need need) {
    Map<Scope, Coverage> found = new HashMap<>();
    for (Scope scope : of(need)) {
      if (!read.isComplete(scope) && !(need == Need.IAM_POLICIES && policiesAreRead(scope))) {
        found.put(scope, read.coverageOf(scope));
      }
    }
    return found;
  }

  /// A document that was not read leaves open only the roles that it is attached to.
  private boolean policiesAreRead(Scope scope) {
    List<Role> roles = rolesConcerned();
    return read.coverageOf(scope) instanceof Coverage.Partial
        && !roles.isEmpty()
        && roles.stream().map(index::permissions).allMatch(RolePermissions::whole);
  }

  /// The roles whose policies a rule about the resource looks at; none where that is not known.
  private List<Role> rolesConcerned() {
    return switch (resource) {
      case Resource.OfRole(Role role) -> List.of(role);
      case Resource.OfAssociation(_, Association association) ->
          Stream.concat(Stream.of(association.roleArn()), association.targetRoleArn().stream())
              .flatMap(arn -> index.role(arn).stream())
              .toList();
      case Resource.OfCluster(Cluster cluster) ->
          Stream.concat(
                  cluster.nodeGroups().stream().map(NodeGroup::nodeRole),
                  cluster.nodeRoleArn().stream())
              .flatMap(arn -> index.role(arn).stream())
              .toList();
      case Resource.OfServiceAccount _,
          Resource.OfProvider _,
          Resource.OfCaller _,
          Resource.OfAccount _ ->
          List.of();
    };
  }

  /// Whether anybody tried to read something of everything that these needs stand for.
  static boolean tried(List<Need> needs, Inventory inventory) {
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

  private Set<Scope> of(Need need) {
    return scopes.computeIfAbsent(need, this::find);
  }

  private Set<Scope> find(Need need) {
    return switch (need) {
      case IAM -> Set.of(Scope.account(Scope.Kind.IAM));
      case IAM_POLICIES -> Set.of(Scope.account(Scope.Kind.IAM_POLICIES));
      case IAM_USAGE -> Set.of(Scope.account(Scope.Kind.IAM_USAGE));
      // It is asked about some roles only, so the rule itself says what its silence means for one.
      case SIMULATIONS -> Set.of();
      case OIDC -> Set.of(Scope.account(Scope.Kind.OIDC));
      case EKS -> regions();
      case EKS_EVERYWHERE -> read.everywhere();
      case ASSOCIATIONS -> ofClusters(Scope.Kind.ASSOCIATIONS);
      case ADDONS -> ofClusters(Scope.Kind.ADDONS);
      case NODE_GROUPS -> ofClusters(Scope.Kind.NODE_GROUPS);
      case SERVICE_ACCOUNTS -> ofTokens(Scope.Kind.SERVICE_ACCOUNTS);
      case PODS -> ofTokens(Scope.Kind.PODS);
      case WEBHOOKS -> ofTokens(Scope.Kind.WEBHOOKS);
      case RBAC -> ofTokens(Scope.Kind.RBAC);
      case TRAIL -> trails();
    };
  }

  private Set<Scope> regions() {
    return switch (resource) {
      case Resource.OfCluster(Cluster cluster) -> Set.of(Scope.region(cluster.region()));
      case Resource.OfAssociation(Cluster cluster, _) -> Set.of(Scope.region(cluster.region()));
      case Resource.OfServiceAccount(Cluster cluster, _) -> Set.of(Scope.region(cluster.region()));
      case Resource.OfProvider(var provider) -> regionOf(provider.url());
      case Resource.OfRole(var role) -> regionsOf(index.trust(role));
      case Resource.OfCaller(var caller) ->
          caller.issuer().map(this::regionOf).orElseGet(read::everywhere);
      case Resource.OfAccount _ -> read.everywhere();
    };
  }

  private Set<Scope> regionOf(String issuer) {
    return EksIssuer.parse(issuer)
        .map(parts -> Set.of(Scope.region(parts.region())))
        .orElseGet(read::everywhere);
  }

  /// A role that trusts Pod Identity can serve a cluster of any region.
  private Set<Scope> regionsOf(RoleTrust trust) {
    if (!trust.podDoors().isEmpty()) {
      return read.everywhere();
    }
    Set<Scope> scopes = new LinkedHashSet<>();
    trust.webDoors().stream()
        .flatMap(door -> door.issuer().stream())
        .forEach(issuer -> scopes.addAll(regionOf(issuer)));
    return scopes;
  }

  private Set<Scope> ofClusters(Scope.Kind kind) {
    List<Cluster> clusters =
        switch (resource) {
          case Resource.OfCluster(Cluster cluster) -> List.of(cluster);
          case Resource.OfAssociation(Cluster cluster, _) -> List.of(cluster);
          case Resource.OfServiceAccount(Cluster cluster, _) -> List.of(cluster);
          case Resource.OfRole(var role) -> clustersServedBy(role.arn());
          case Resource.OfCaller(var caller) -> clustersOf(caller);
          case Resource.OfProvider _, Resource.OfAccount _ -> inventory.clusters();
        };
    Set<Scope> scopes = new TreeSet<>();
    for (Cluster cluster : clusters) {
      scopes.add(Scope.cluster(kind, cluster.region(), cluster.name()));
    }
    return scopes;
  }

  private Set<Scope> ofTokens(Scope.Kind kind) {
    Set<Scope> scopes = new TreeSet<>();
    for (Cluster cluster : clustersWithTokens()) {
      scopes.add(Scope.cluster(kind, cluster.region(), cluster.name()));
    }
    return scopes;
  }

  /// Calls are recorded where STS was asked, which need not be the region of the cluster.
  private Set<Scope> trails() {
    Set<Scope> scopes = new TreeSet<>();
    if (resource instanceof Resource.OfCaller(var caller)) {
      caller.calls().forEach(call -> scopes.add(Scope.trail(call.region())));
      return scopes;
    }
    clustersWithTokens().forEach(cluster -> scopes.add(Scope.trail(cluster.region())));
    return scopes;
  }

  /// The clusters whose pods the resource is about.
  private List<Cluster> clustersWithTokens() {
    return switch (resource) {
      case Resource.OfCluster(Cluster cluster) -> List.of(cluster);
      case Resource.OfAssociation(Cluster cluster, _) -> List.of(cluster);
      case Resource.OfServiceAccount(Cluster cluster, _) -> List.of(cluster);
      case Resource.OfProvider(var provider) -> index.clusterOf(provider.url()).stream().toList();
      case Resource.OfRole(var role) -> clustersReaching(role);
      case Resource.OfCaller(var caller) -> clustersOf(caller);
      case Resource.OfAccount _ -> inventory.clusters();
    };
  }

  private List<Cluster> clustersOf(RecordedCaller caller) {
    return caller.issuer().flatMap(index::clusterOf).stream().toList();
  }

  private List<Cluster> clustersReaching(Role role) {
    Map<String, Cluster> clusters = new LinkedHashMap<>();
    index.trust(role).webDoors().stream()
        .flatMap(door -> door.issuer().stream())
        .flatMap(issuer -> index.clusterOf(issuer).stream())
        .forEach(cluster -> clusters.put(cluster.arn(), cluster));
    Stream.of(
            index.associationsOf(role.arn()).stream().map(Resource.OfAssociation::cluster),
            index.annotatedWith(role.arn()).stream().map(Resource.OfServiceAccount::cluster),
            clustersThatGotIn(role))
        .flatMap(each -> each)
        .forEach(cluster -> clusters.put(cluster.arn(), cluster));
    return List.copyOf(clusters.values());
  }

  /// Those whose pods CloudTrail saw with the role, whatever its trust policy says now.
  private Stream<Cluster> clustersThatGotIn(Role role) {
    return index.callsOf(role.arn()).stream()
        .filter(call -> !call.denied())
        .flatMap(call -> call.providerArn().stream())
        .flatMap(provider -> OidcProvider.issuerOf(provider).stream())
        .flatMap(issuer -> index.clusterOf(issuer).stream());
  }

  private List<Cluster> clustersServedBy(String roleArn) {
    List<Cluster> clusters = new ArrayList<>(index.clustersWithNodeRole(roleArn));
    index.associationsOf(roleArn).forEach(found -> clusters.add(found.cluster()));
    return clusters;
  }
}
