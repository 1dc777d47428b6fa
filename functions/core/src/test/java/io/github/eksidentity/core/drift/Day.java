package io.github.eksidentity.core.drift;

import io.github.eksidentity.core.access.Edge;
import io.github.eksidentity.core.audit.Assessment;
import io.github.eksidentity.core.audit.Evidence;
import io.github.eksidentity.core.audit.Finding;
import io.github.eksidentity.core.audit.Settings;
import io.github.eksidentity.core.audit.Severity;
import io.github.eksidentity.core.audit.Verdict;
import io.github.eksidentity.core.edit.Edit;
import io.github.eksidentity.core.facts.Account;
import io.github.eksidentity.core.facts.Coverage;
import io.github.eksidentity.core.facts.Partition;
import io.github.eksidentity.core.facts.Scope;
import io.github.eksidentity.core.index.Mechanism;
import io.github.eksidentity.core.permissions.Rights;
import io.github.eksidentity.core.policy.tree.Truth;
import io.github.eksidentity.core.remedy.Remediation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// One day's audit of a small account: regions eu-west-1 and us-east-1, one cluster in each, and
/// roles. Everything is read and nothing is wrong unless the test says so.
public final class Day {
  /// The account.
  public static final String ACCOUNT = "111122223333";

  /// Now of day 1.
  public static final Instant FIRST = Instant.parse("2026-11-20T06:00:00Z");

  /// The rule about roles: it needs the roles alone.
  public static final String ROLE_RULE = "trust-no-condition";

  /// The rule about providers: it needs the clusters of every region.
  public static final String EVERYWHERE_RULE = "provider-orphaned";

  /// The rule about clusters: it needs the cluster's add-ons.
  public static final String CLUSTER_RULE = "association-agent-missing";

  private final int day;
  private final List<Finding> findings = new ArrayList<>();
  private final List<Assessment.NotJudged> undecided = new ArrayList<>();
  private final List<String> notAsked = new ArrayList<>();
  private final Map<Scope, Coverage> coverage = new TreeMap<>();
  private final List<Edge> edges = new ArrayList<>();
  private final Set<String> resources = new TreeSet<>();
  private final Set<String> regions = new TreeSet<>(Set.of("eu-west-1", "us-east-1"));
  private final Set<Assessment.ClusterName> clusters = new java.util.HashSet<>();

  private Day(int day) {
    this.day = day;
    for (Scope.Kind kind : List.of(Scope.Kind.IAM, Scope.Kind.OIDC, Scope.Kind.REGIONS)) {
      coverage.put(Scope.account(kind), new Coverage.Complete());
    }
    regions.forEach(region -> coverage.put(Scope.region(region), new Coverage.Complete()));
    cluster("eu-west-1", "shop");
    cluster("us-east-1", "mail");
    for (int i = 0; i < 40; i++) {
      resources.add(role("app-" + i));
      resources.add(provider("p" + i));
    }
  }

  /// The audit of a day; day 1 is the first.
  public static Day of(int day) {
    return new Day(day);
  }

  /// The ARN of a role.
  public static String role(String name) {
    return "arn:aws:iam::" + ACCOUNT + ":role/" + name;
  }

  static String provider(String name) {
    return "arn:aws:iam::" + ACCOUNT + ":oidc-provider/" + name;
  }

  static String clusterArn(String region, String name) {
    return "arn:aws:eks:" + region + ":" + ACCOUNT + ":cluster/" + name;
  }

  /// A finding about a role, as the audit of any day words it.
  public static Finding onRole(String name) {
    return finding(
        ROLE_RULE,
        Severity.CRITICAL,
        role(name),
        Optional.empty(),
        Optional.empty(),
        Set.of(Scope.account(Scope.Kind.IAM)));
  }

  /// A finding about a provider that needs every region.
  public static Finding onProvider(String name) {
    return finding(
        EVERYWHERE_RULE,
        Severity.LOW,
        provider(name),
        Optional.empty(),
        Optional.empty(),
        Set.of(
            Scope.account(Scope.Kind.IAM),
            Scope.account(Scope.Kind.OIDC),
            Scope.account(Scope.Kind.REGIONS),
            Scope.region("eu-west-1"),
            Scope.region("us-east-1")));
  }

  /// A finding about a cluster.
  public static Finding onCluster(String region, String name) {
    return finding(
        CLUSTER_RULE,
        Severity.CRITICAL,
        clusterArn(region, name),
        Optional.of(region),
        Optional.of(name),
        Set.of(
            Scope.cluster(Scope.Kind.ADDONS, region, name),
            Scope.cluster(Scope.Kind.ASSOCIATIONS, region, name)));
  }

  /// A finding of any kind.
  public static Finding finding(
      String rule,
      Severity severity,
      String resource,
      Optional<String> region,
      Optional<String> cluster,
      Set<Scope> scopes) {
    return new Finding(
        Finding.fingerprint(rule, ACCOUNT, resource),
        rule,
        severity,
        ACCOUNT,
        region.orElse(Finding.GLOBAL),
        cluster,
        resource,
        resource.contains(":role/") ? Optional.of(resource) : Optional.empty(),
        "Something is wrong with " + resource,
        List.of(Evidence.of("it is so").withKey("key").withValue("value")),
        Optional.empty(),
        Remediation.decide("Decide."),
        scopes);
  }

  /// The same finding with another severity.
  public static Finding with(Finding old, Severity severity) {
    return Edit.of(Finding.class).with("severity", severity).apply(old);
  }

  /// The same finding with other evidence.
  public static Finding with(Finding old, Evidence... evidence) {
    return Edit.of(Finding.class).with("evidence", List.of(evidence)).apply(old);
  }

  /// Found today.
  public Day finds(Finding... found) {
    findings.addAll(List.of(found));
    return this;
  }

  /// There today.
  public Day edges(Edge... there) {
    edges.addAll(List.of(there));
    return this;
  }

  /// A service account of a cluster that an association binds to a role.
  public static Edge associated(String region, String cluster, String account) {
    return new Edge(
        new Edge.Place(cluster, Optional.of(region)),
        clusterArn(region, cluster),
        "system:serviceaccount:payments:" + account,
        List.of(),
        Mechanism.POD_IDENTITY,
        role(account),
        Optional.empty(),
        Truth.YES,
        Truth.YES,
        Edge.Status.WORKS,
        Rights.READ,
        Set.of(Scope.region(region), Scope.cluster(Scope.Kind.ASSOCIATIONS, region, cluster)));
  }

  /// A service account that a trust lets in, of a cluster that was not read or of another account.
  public static Edge trusted(String issuer, String account) {
    return new Edge(
        new Edge.Place(issuer, Optional.empty()),
        issuer,
        "system:serviceaccount:payments:" + account,
        List.of(),
        Mechanism.IRSA,
        role(account),
        Optional.empty(),
        Truth.UNKNOWN,
        Truth.YES,
        Edge.Status.LOOSE,
        Rights.ADMIN,
        Set.of(Scope.account(Scope.Kind.IAM), Scope.account(Scope.Kind.OIDC)));
  }

  /// Read not at all or in part today.
  public Day fails(Scope scope) {
    return reads(scope, new Coverage.Failed("access denied", Optional.empty()));
  }

  /// How well a scope is read today.
  public Day reads(Scope scope, Coverage read) {
    coverage.put(scope, read);
    return this;
  }

  /// The clusters of a region could not be listed today, so nothing is known of them.
  public Day losesRegion(String region) {
    forgetClusters(region);
    return fails(Scope.region(region));
  }

  /// The region was left out today.
  public Day skipsRegion(String region) {
    forgetClusters(region);
    return reads(Scope.region(region), new Coverage.Skipped("not asked for"));
  }

  private void forgetClusters(String region) {
    Optional<String> here = Optional.of(region);
    coverage.keySet().removeIf(scope -> scope.region().equals(here));
    clusters.removeIf(cluster -> cluster.region().equals(region));
    resources.removeIf(id -> id.startsWith("arn:aws:eks:" + region + ":"));
  }

  /// A cluster there is, read completely.
  public Day cluster(String region, String name) {
    clusters.add(new Assessment.ClusterName(region, name));
    resources.add(clusterArn(region, name));
    for (Scope.Kind kind : List.of(Scope.Kind.ASSOCIATIONS, Scope.Kind.ADDONS)) {
      coverage.put(Scope.cluster(kind, region, name), new Coverage.Complete());
    }
    return this;
  }

  /// A region there is, read completely.
  public Day region(String region) {
    regions.add(region);
    return reads(Scope.region(region), new Coverage.Complete());
  }

  /// A region was switched off.
  public Day withoutRegion(String region) {
    forgetClusters(region);
    regions.remove(region);
    return this;
  }

  /// A cluster was deleted.
  public Day withoutCluster(String region, String name) {
    coverage
        .keySet()
        .removeIf(
            scope ->
                scope.region().equals(Optional.of(region))
                    && scope.cluster().equals(Optional.of(name)));
    clusters.remove(new Assessment.ClusterName(region, name));
    return without(clusterArn(region, name));
  }

  /// A role, provider or cluster is gone.
  public Day without(String resource) {
    resources.remove(resource);
    return this;
  }

  /// The rule could not be judged at the finding's resource.
  public Day cannotJudge(Finding finding, Scope... missing) {
    undecided.add(
        new Assessment.NotJudged(
            finding.rule(),
            finding.resource(),
            new Verdict.Undecided(Set.of(missing), "not completely read")));
    return this;
  }

  /// The rule needs what is read on request, and nobody asked.
  public Day doesNotAsk(String rule) {
    notAsked.add(rule);
    return this;
  }

  /// What a rule would be about was not read, for want of this scope.
  public Day cannotList(String rule, Scope scope) {
    undecided.add(
        new Assessment.NotJudged(
            rule, scope.toString(), new Verdict.Undecided(Set.of(scope), "not read")));
    return this;
  }

  /// Now of this day.
  public Instant now() {
    return FIRST.plus(java.time.Duration.ofDays(day - 1));
  }

  /// The id of this day's run.
  public RunId runId() {
    return RunId.of(ACCOUNT, now());
  }

  /// The request for this day's run of the whole account, with a lease of one minute.
  public RunRequest request() {
    return request(RunScope.ALL);
  }

  /// The request for this day's run, with a lease of one minute.
  public RunRequest request(RunScope scope) {
    return new RunRequest(
        runId(), ACCOUNT, now(), now().plusSeconds(1), now().plusSeconds(61), scope);
  }

  /// What the audit of this day says.
  public Assessment assessment() {
    List<Finding> sorted = new ArrayList<>(findings);
    sorted.sort(Finding.ORDER);
    return new Assessment(
        new Account(ACCOUNT, Partition.AWS),
        now(),
        sorted,
        undecided,
        Set.of(ROLE_RULE, CLUSTER_RULE),
        notAsked,
        100,
        new TreeMap<>(coverage),
        new Assessment.Seen(resources, regions, clusters));
  }

  /// What this day's run sees.
  public Observed observed() {
    return new Observed(assessment(), edges);
  }

  /// Settings with a rule switched off.
  public static Settings switchedOff(String rule) {
    return Edit.of(Settings.class).with("disabledRules", Set.of(rule)).apply(Settings.DEFAULTS);
  }
}
