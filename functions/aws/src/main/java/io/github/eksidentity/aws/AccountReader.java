package io.github.eksidentity.aws;

import io.github.eksidentity.core.facts.Account;
import io.github.eksidentity.core.facts.AssumeCall;
import io.github.eksidentity.core.facts.Cluster;
import io.github.eksidentity.core.facts.Coverage;
import io.github.eksidentity.core.facts.Inventory;
import io.github.eksidentity.core.facts.OidcProvider;
import io.github.eksidentity.core.facts.Quotas;
import io.github.eksidentity.core.facts.Scope;
import io.github.eksidentity.core.facts.Simulation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.inject.Inject;

/// Runs the collectors of one account at once and puts together what they read.
final class AccountReader {
  private final CollectOptions options;
  private final Parallel parallel;
  private final ProgressCounter progress;
  private final AccountIdentity identity;
  private final RoleCollector roles;
  private final QuotaCollector quotas;
  private final ProviderCollector providers;
  private final RegionCollector regions;
  private final EksCollector eks;
  private final TrailCollector trail;
  private final SimulationCollector simulations;

  @Inject
  AccountReader(
      CollectOptions options,
      Parallel parallel,
      ProgressCounter progress,
      AccountIdentity identity,
      RoleCollector roles,
      QuotaCollector quotas,
      ProviderCollector providers,
      RegionCollector regions,
      EksCollector eks,
      TrailCollector trail,
      SimulationCollector simulations) {
    this.options = options;
    this.parallel = parallel;
    this.progress = progress;
    this.identity = identity;
    this.roles = roles;
    this.quotas = quotas;
    this.providers = providers;
    this.regions = regions;
    this.eks = eks;
    this.trail = trail;
    this.simulations = simulations;
  }

  Inventory read() throws CollectException {
    Account account = identity.read();
    Parallel.Task<RoleFacts> rolesTask = parallel.start(() -> roles.read(account));
    Parallel.Task<Described<OidcProvider>> providersTask =
        parallel.start(() -> providers.read(account));
    Parallel.Task<Quotas> quotasTask = parallel.start(() -> quotas.read(account));
    RegionCollector.Regions found = regions.read(account);
    EksFacts clusters = clusters(found);
    TrailFacts recorded = trail(account, clusters);

    RoleFacts iam = rolesTask.result();
    Described<OidcProvider> oidc = providersTask.result();
    Map<Scope, Coverage> coverage = new TreeMap<>(clusters.coverage());
    iam.coverage().forEach((kind, how) -> coverage.put(Scope.account(kind), how));
    coverage.put(Scope.account(Scope.Kind.OIDC), oidc.coverage());
    coverage.put(Scope.account(Scope.Kind.REGIONS), found.coverage());
    coverage.putAll(recorded.coverage());
    return simulated(
        new Inventory(
            account,
            clusters.regions(),
            iam.roles(),
            oidc.items(),
            clusters.clusters(),
            recorded.calls(),
            List.of(),
            iam.managedPolicies(),
            quotasTask.result(),
            coverage));
  }

  /// What roles are to be asked about is known only once everything else was read.
  private Inventory simulated(Inventory inventory) {
    List<Simulation.Question> questions =
        options.simulate().map(asked -> asked.apply(inventory)).orElseGet(List::of);
    if (questions.isEmpty()) {
      return inventory;
    }
    SimulationCollector.Reading reading = simulations.read(inventory.account(), questions);
    return inventory.withSimulations(reading.answers(), reading.coverage());
  }

  /// The clusters of all regions.
  private record EksFacts(
      List<String> regions, List<Cluster> clusters, Map<Scope, Coverage> coverage) {}

  private record TrailFacts(List<AssumeCall> calls, Map<Scope, Coverage> coverage) {}

  /// What was recorded in the regions that have clusters and, for calls to STS's global endpoint,
  /// in the partition's home region.
  private TrailFacts trail(Account account, EksFacts eksFacts) {
    if (options.trailSince().isEmpty() || eksFacts.clusters().isEmpty()) {
      return new TrailFacts(List.of(), Map.of());
    }
    Instant since = options.trailSince().get();
    TreeSet<String> wanted = new TreeSet<>();
    eksFacts.clusters().forEach(cluster -> wanted.add(cluster.region()));
    if (eksFacts.regions().contains(account.partition().homeRegion())) {
      wanted.add(account.partition().homeRegion());
    }
    List<String> ordered = List.copyOf(wanted);
    List<TrailCollector.Reading> readings =
        parallel.map(ordered, region -> trail.read(region, since));
    List<AssumeCall> recorded = new ArrayList<>();
    Map<Scope, Coverage> coverage = new TreeMap<>();
    for (int i = 0; i < ordered.size(); i++) {
      recorded.addAll(readings.get(i).calls());
      coverage.put(Scope.trail(ordered.get(i)), readings.get(i).coverage());
    }
    return new TrailFacts(recorded, coverage);
  }

  private EksFacts clusters(RegionCollector.Regions found) {
    List<String> wanted = found.names().stream().filter(this::askedFor).toList();
    progress.regionsFound(wanted.size());
    List<EksCollector.Reading> readings =
        parallel.map(wanted, region -> eks.read(region, found.known()));
    List<String> enabled = new ArrayList<>();
    List<Cluster> clusters = new ArrayList<>();
    Map<Scope, Coverage> coverage = new TreeMap<>();
    for (int i = 0; i < wanted.size(); i++) {
      EksCollector.Reading reading = readings.get(i);
      clusters.addAll(reading.clusters());
      coverage.putAll(reading.coverage());
      if (reading.enabled()) {
        enabled.add(wanted.get(i));
      }
    }
    notRead(found, enabled, coverage);
    return new EksFacts(enabled, clusters, coverage);
  }

  /// Accounts for the regions that were not asked for, and for those asked for that do not exist.
  private void notRead(
      RegionCollector.Regions found, List<String> enabled, Map<Scope, Coverage> coverage) {
    for (String region : found.names()) {
      if (!askedFor(region)) {
        coverage.put(Scope.region(region), Coverage.Skipped.ON_PURPOSE);
        enabled.add(region);
      }
    }
    for (String region : options.regions()) {
      if (!found.names().contains(region)) {
        coverage.put(
            Scope.region(region),
            ReadProblem.other(region + " is not an enabled region of this account").failed());
      }
    }
  }

  private boolean askedFor(String region) {
    return options.regions().isEmpty() || options.regions().contains(region);
  }
}
