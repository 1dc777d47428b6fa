package io.github.eksidentity.core.index;

import io.github.eksidentity.core.facts.AssumeCall;
import io.github.eksidentity.core.facts.AwsAnnotations;
import io.github.eksidentity.core.facts.Cluster;
import io.github.eksidentity.core.facts.EksIssuer;
import io.github.eksidentity.core.facts.Inventory;
import io.github.eksidentity.core.facts.OidcProvider;
import io.github.eksidentity.core.facts.Role;
import io.github.eksidentity.core.facts.Scope;
import io.github.eksidentity.core.facts.Simulation;
import io.github.eksidentity.core.permissions.RolePermissions;
import io.github.eksidentity.core.policy.parse.ParsedPolicy;
import io.github.eksidentity.core.policy.parse.TrustPolicyParser;
import io.github.eksidentity.core.policy.tree.Effect;
import io.github.eksidentity.core.policy.tree.Glob;
import io.github.eksidentity.core.policy.tree.Principal;
import io.github.eksidentity.core.policy.tree.PrincipalKind;
import io.github.eksidentity.core.policy.tree.Statement;
import io.github.eksidentity.core.text.NearNames;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/// Who is who in an inventory, looked up in constant time, so that an audit's cost grows with the
/// sum of roles, clusters and associations and not with their product.
public final class Index {
  /// What does not hang on the roles' trust.
  private static final class Around {
    private final Map<String, OidcProvider> providers = new HashMap<>();
    private final Map<String, Cluster> clustersByIssuer = new HashMap<>();
    private final Map<String, Cluster> clustersByIssuerId = new HashMap<>();
    private final Map<String, List<Resource.OfAssociation>> associationsByRole = new HashMap<>();
    private final Map<String, List<Resource.OfAssociation>> associationsByTarget = new HashMap<>();
    private final Map<String, List<Cluster>> clustersByNodeRole = new HashMap<>();
    private final Map<String, ClusterIndex> inClusters = new HashMap<>();
    private final Map<String, List<Resource.OfServiceAccount>> annotatedByRole = new HashMap<>();
    private final Map<String, List<AssumeCall>> callsByRole = new HashMap<>();
    private final Map<String, List<Simulation>> simulationsByRole = new HashMap<>();
    private final Map<Role, RolePermissions> permissions = new ConcurrentHashMap<>();
    private final Map<String, List<Role>> rolesByFoldedArn = new HashMap<>();
    private final NearNames foldedArns;
    private final ReadScopes read;

    private Around(Inventory inventory) {
      read = new ReadScopes(inventory);
      inventory
          .roles()
          .forEach(
              role ->
                  rolesByFoldedArn
                      .computeIfAbsent(folded(role.arn()), _ -> new ArrayList<>())
                      .add(role));
      foldedArns = NearNames.of(rolesByFoldedArn.keySet());
    }
  }

  private final Inventory inventory;
  private final Set<String> knownIssuers;
  private final Around around;
  private final Map<String, Role> roles = new HashMap<>();
  private final Map<String, List<Role>> rolesByName = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  private final Map<String, RoleTrust> trusts = new LinkedHashMap<>();
  private final Map<String, List<RoleTrust>> trustsByIssuer = new HashMap<>();
  private final Map<String, List<RoleTrust>> trustsByPrincipal = new HashMap<>();
  private final Map<String, List<AdmittingStatement>> admitted = new ConcurrentHashMap<>();
  private final Map<String, AdmissionIndex> entrances = new ConcurrentHashMap<>();
  private final Map<WorkedOut, Object> workedOut = new ConcurrentHashMap<>();

  private record WorkedOut(Class<?> kind, String roleArn) {}

  private Index(Inventory inventory, Set<String> knownIssuers, Around around) {
    this.inventory = inventory;
    this.knownIssuers = Set.copyOf(knownIssuers);
    this.around = around;
  }

  /// The index of an inventory; each trust policy is parsed once here.
  ///
  /// @param knownIssuers issuers without `https://` of clusters outside the account that are meant
  /// to be trusted; `*` and `?` are wildcards
  public static Index of(Inventory inventory, Set<String> knownIssuers) {
    Index index = new Index(inventory, knownIssuers, new Around(inventory));
    inventory.roles().forEach(index::add);
    inventory.providers().forEach(provider -> index.around.providers.put(provider.arn(), provider));
    inventory.clusters().forEach(index::add);
    inventory.roles().parallelStream().map(index::parse).toList().forEach(index::addTrust);
    inventory.calls().forEach(index::add);
    inventory.simulations().forEach(index::add);
    return index;
  }

  /// An index of the same account as if it had this role only.
  public Index alone(Role role) {
    Index alone = new Index(inventory, knownIssuers, around);
    alone.add(role);
    alone.addTrust(alone.parse(role));
    return alone;
  }

  private void add(Role role) {
    roles.put(role.arn(), role);
    rolesByName.computeIfAbsent(role.name(), _ -> new ArrayList<>()).add(role);
  }

  private void add(AssumeCall call) {
    call.roleArn()
        .ifPresent(
            role -> around.callsByRole.computeIfAbsent(role, _ -> new ArrayList<>()).add(call));
  }

  private void add(Simulation answer) {
    around
        .simulationsByRole
        .computeIfAbsent(answer.question().roleArn(), _ -> new ArrayList<>())
        .add(answer);
  }

  private void add(Cluster cluster) {
    cluster.issuer().ifPresent(issuer -> addIssuer(issuer, cluster));
    for (var association : cluster.associations()) {
      around
          .associationsByRole
          .computeIfAbsent(association.roleArn(), _ -> new ArrayList<>())
          .add(new Resource.OfAssociation(cluster, association));
      association
          .targetRoleArn()
          .ifPresent(
              target ->
                  around
                      .associationsByTarget
                      .computeIfAbsent(target, _ -> new ArrayList<>())
                      .add(new Resource.OfAssociation(cluster, association)));
    }
    cluster.nodeRoleArn().ifPresent(role -> addNodeRole(role, cluster));
    cluster.nodeGroups().forEach(group -> addNodeRole(group.nodeRole(), cluster));
    ClusterIndex inCluster = new ClusterIndex(cluster);
    around.inClusters.put(cluster.arn(), inCluster);
    for (Resource.OfServiceAccount found : inCluster.serviceAccounts()) {
      found
          .serviceAccount()
          .annotation(AwsAnnotations.ROLE_ARN)
          .ifPresent(
              role ->
                  around.annotatedByRole.computeIfAbsent(role, _ -> new ArrayList<>()).add(found));
    }
  }

  private void addIssuer(String issuer, Cluster cluster) {
    around.clustersByIssuer.put(issuer, cluster);
    EksIssuer.parse(issuer).ifPresent(parts -> around.clustersByIssuerId.put(parts.id(), cluster));
  }

  private void addNodeRole(String role, Cluster cluster) {
    List<Cluster> clusters =
        around.clustersByNodeRole.computeIfAbsent(role, _ -> new ArrayList<>());
    if (!clusters.contains(cluster)) {
      clusters.add(cluster);
    }
  }

  private RoleTrust parse(Role role) {
    ParsedPolicy parsed = TrustPolicyParser.parse(role.trustDocument());
    List<TrustedProvider> webDoors = new ArrayList<>();
    List<Statement> podDoors = new ArrayList<>();
    parsed
        .policy()
        .filter(_ -> parsed.accepted())
        .ifPresent(
            policy -> {
              for (Statement statement : policy.statements(Effect.ALLOW)) {
                webDoors.addAll(webDoors(statement));
                if (namesPodIdentity(statement)) {
                  podDoors.add(statement);
                }
              }
            });
    return new RoleTrust(role, parsed, webDoors, podDoors);
  }

  private void addTrust(RoleTrust trust) {
    trusts.put(trust.role().arn(), trust);
    trust.webDoors().stream()
        .flatMap(door -> door.issuer().stream())
        .distinct()
        .forEach(
            issuer -> trustsByIssuer.computeIfAbsent(issuer, _ -> new ArrayList<>()).add(trust));
    trust.policy().stream()
        .flatMap(policy -> policy.statements(Effect.ALLOW).stream())
        .filter(statement -> !statement.principals().negated())
        .flatMap(statement -> statement.principals().of(PrincipalKind.AWS).stream())
        .map(Principal::value)
        .distinct()
        .forEach(
            principal ->
                trustsByPrincipal.computeIfAbsent(principal, _ -> new ArrayList<>()).add(trust));
  }

  private List<TrustedProvider> webDoors(Statement statement) {
    if (statement.principals().negated()) {
      return List.of();
    }
    return statement.principals().of(PrincipalKind.FEDERATED).stream()
        .filter(principal -> TrustedProvider.looksLikeEks(principal.value()))
        .map(principal -> door(statement, principal))
        .toList();
  }

  private TrustedProvider door(Statement statement, Principal principal) {
    Optional<String> issuer = OidcProvider.issuerOf(principal.value());
    IssuerStanding standing = issuer.map(this::standing).orElseGet(IssuerStanding.Malformed::new);
    return new TrustedProvider(statement, principal, issuer, standing);
  }

  private static boolean namesPodIdentity(Statement statement) {
    return !statement.principals().negated()
        && statement.principals().of(PrincipalKind.SERVICE).stream()
            .anyMatch(service -> service.value().equals(RoleTrust.POD_IDENTITY));
  }

  /// What is known of an issuer, given without `https://`.
  public IssuerStanding standing(String issuer) {
    Cluster live = around.clustersByIssuer.get(issuer);
    if (live != null) {
      return new IssuerStanding.Live(live);
    }
    if (knownIssuers.stream().anyMatch(known -> Glob.matches(known, issuer))) {
      return new IssuerStanding.Known();
    }
    Optional<EksIssuer> parts = EksIssuer.parse(issuer);
    if (parts.isEmpty()) {
      return new IssuerStanding.Malformed();
    }
    Cluster sameId = around.clustersByIssuerId.get(parts.get().id());
    if (parts.get().dualStack() && sameId != null) {
      return new IssuerStanding.DualStack(sameId);
    }
    return ofThisAccount(parts.get().region())
        ? new IssuerStanding.Gone()
        : new IssuerStanding.Foreign();
  }

  private boolean ofThisAccount(String region) {
    return inventory.regions().contains(region)
        || inventory.coverage().containsKey(Scope.region(region));
  }

  /// The role with exactly this ARN; role names in ARNs are case-sensitive.
  public Optional<Role> role(String arn) {
    return Optional.ofNullable(roles.get(arn));
  }

  private static String folded(String arn) {
    return arn.toLowerCase(Locale.ROOT);
  }

  /// The one role of the account whose ARN differs by no more than letter case and so many typing
  /// errors; empty where there are several.
  public Optional<Role> onlyRoleNear(int typingErrors, String arn) {
    return around
        .foldedArns
        .onlyWithin(typingErrors, folded(arn))
        .map(around.rolesByFoldedArn::get)
        .filter(found -> found.size() == 1)
        .map(List::getFirst);
  }

  /// The roles of this name, whatever their path and letter case.
  public List<Role> rolesNamed(String name) {
    return rolesByName.getOrDefault(name, List.of());
  }

  /// The provider with exactly this ARN.
  public Optional<OidcProvider> provider(String arn) {
    return Optional.ofNullable(around.providers.get(arn));
  }

  /// The provider of the account that is registered for an issuer.
  public Optional<OidcProvider> providerFor(String issuer) {
    return provider(OidcProvider.arn(inventory.account(), issuer));
  }

  /// The cluster whose tokens carry this issuer, given without `https://`.
  public Optional<Cluster> clusterOf(String issuer) {
    return Optional.ofNullable(around.clustersByIssuer.get(issuer));
  }

  /// The cluster whose issuer has this id, whatever the host.
  public Optional<Cluster> clusterWithIssuerId(String id) {
    return Optional.ofNullable(around.clustersByIssuerId.get(id));
  }

  /// What this role's trust says.
  public RoleTrust trust(Role role) {
    RoleTrust trust = trusts.get(role.arn());
    if (trust == null) {
      throw new IllegalArgumentException("not a role of this inventory: " + role.arn());
    }
    return trust;
  }

  /// The trusts of every role.
  public Collection<RoleTrust> trusts() {
    return trusts.values();
  }

  /// The roles that name this issuer, given without `https://`, under Federated.
  public List<RoleTrust> trusting(String issuer) {
    return trustsByIssuer.getOrDefault(issuer, List.of());
  }

  /// The roles whose Allow statements name this ARN or account under AWS.
  public List<RoleTrust> trustingPrincipal(String arn) {
    return trustsByPrincipal.getOrDefault(arn, List.of());
  }

  /// Whom a role's trust lets in by IRSA: each Allow statement that lets anybody in, once for each
  /// provider that it names. Worked out once for each role, when it is first asked.
  public List<AdmittingStatement> admitted(Role role) {
    return admitted.computeIfAbsent(role.arn(), _ -> AdmittingStatement.of(trust(role), this));
  }

  /// What a role's own policies let it do; the role may be one that is only thought of. Worked out
  /// once for each role, when it is first asked.
  public RolePermissions permissions(Role role) {
    return around.permissions.computeIfAbsent(
        role, _ -> RolePermissions.of(role, inventory.managedPolicies()));
  }

  /// How well the account was read.
  public ReadScopes read() {
    return around.read;
  }

  /// What several rules ask of one role, worked out by the first of them.
  ///
  /// @param kind what it is, at most one of a kind for each role
  /// @param make works it out from this index and the role alone, and does not come back here
  public <T> T once(Class<T> kind, Role role, Supplier<T> make) {
    return kind.cast(workedOut.computeIfAbsent(new WorkedOut(kind, role.arn()), _ -> make.get()));
  }

  /// The ways by which a service account of an issuer gets into roles of this account: first the
  /// statements that name exact subjects, then those that keep to its namespace, then the others,
  /// each in the order of the roles. A way that hangs on undetermined conditions
  /// ([AdmittingStatement#hangsOn]) or whose subjects are undetermined is among them.
  ///
  /// Statements with exact subjects are looked up; only those with patterns that can cover the
  /// namespace are tried.
  ///
  /// @param issuer without `https://`
  /// @param subject `system:serviceaccount:<namespace>:<name>`
  public List<AdmittingStatement> admitting(String issuer, String subject) {
    return entrances.computeIfAbsent(issuer, this::entrances).admitting(subject);
  }

  private AdmissionIndex entrances(String issuer) {
    return AdmissionIndex.of(
        trusting(issuer).stream()
            .flatMap(trust -> admitted(trust.role()).stream())
            .filter(way -> way.issuer().equals(issuer))
            .toList());
  }

  /// The associations that name this role as their first role.
  public List<Resource.OfAssociation> associationsOf(String roleArn) {
    return around.associationsByRole.getOrDefault(roleArn, List.of());
  }

  /// The associations that name this role as their second role.
  public List<Resource.OfAssociation> associationsWithTarget(String roleArn) {
    return around.associationsByTarget.getOrDefault(roleArn, List.of());
  }

  /// The service accounts, pods and bindings of a cluster of this inventory.
  public ClusterIndex in(Cluster cluster) {
    ClusterIndex found = around.inClusters.get(cluster.arn());
    if (found == null) {
      throw new IllegalArgumentException("not a cluster of this inventory: " + cluster.arn());
    }
    return found;
  }

  /// The service accounts of every cluster whose annotation holds exactly this ARN.
  public List<Resource.OfServiceAccount> annotatedWith(String roleArn) {
    return around.annotatedByRole.getOrDefault(roleArn, List.of());
  }

  /// The recorded calls of AssumeRoleWithWebIdentity for a role.
  public List<AssumeCall> callsOf(String roleArn) {
    return around.callsByRole.getOrDefault(roleArn, List.of());
  }

  /// What IAM's policy simulator answered about a role.
  public List<Simulation> simulationsOf(String roleArn) {
    return around.simulationsByRole.getOrDefault(roleArn, List.of());
  }

  /// The clusters whose managed node groups or Auto Mode nodes run with this role.
  public List<Cluster> clustersWithNodeRole(String roleArn) {
    return around.clustersByNodeRole.getOrDefault(roleArn, List.of());
  }
}
