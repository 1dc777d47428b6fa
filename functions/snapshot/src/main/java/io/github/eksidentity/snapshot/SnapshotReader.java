package io.github.eksidentity.snapshot;

import io.github.eksidentity.core.facts.Account;
import io.github.eksidentity.core.facts.Arn;
import io.github.eksidentity.core.facts.Cluster;
import io.github.eksidentity.core.facts.Coverage;
import io.github.eksidentity.core.facts.Inventory;
import io.github.eksidentity.core.facts.OidcProvider;
import io.github.eksidentity.core.facts.Partition;
import io.github.eksidentity.core.facts.Quotas;
import io.github.eksidentity.core.facts.Scope;
import io.github.eksidentity.core.facts.Scope.Kind;
import io.github.eksidentity.core.json.JsonMembers;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// Reads a snapshot. What is not in it was not read: its scope is Skipped, never empty. Files that
/// the format does not name are ignored.
public final class SnapshotReader {
  private static final String ACCOUNT = "account.json";
  private static final String REGIONS = "regions.json";
  static final String SUMMARY = "account-summary.json";
  static final String SERVICE_QUOTAS = "service-quotas.json";
  private static final String TAKEN_AT = "taken-at.txt";
  private static final int LONGEST_TIME = 200;

  /// Service Quotas' code for "OpenId connect providers per account".
  static final String PROVIDERS_QUOTA = "L-858F3967";

  private final Source source;
  private final Map<Scope, Coverage> coverage = new HashMap<>();

  private SnapshotReader(Source source) {
    this.source = source;
  }

  /// Reads a directory or a zip.
  ///
  /// @param tolerateErrors whether a broken file fails its scope instead of the reading
  /// @throws SnapshotException with one sentence that says what is wrong and where
  public static Snapshot read(Path directoryOrZip, boolean tolerateErrors) {
    try (SnapshotFiles files = SnapshotFiles.open(directoryOrZip)) {
      return read(files, tolerateErrors);
    }
  }

  /// Reads files from anywhere.
  ///
  /// @param tolerateErrors whether a broken file fails its scope instead of the reading
  /// @throws SnapshotException with one sentence that says what is wrong and where
  public static Snapshot read(SnapshotFiles files, boolean tolerateErrors) {
    return new SnapshotReader(new Source(files, tolerateErrors)).read();
  }

  private Snapshot read() {
    Account account = account();
    List<ErrorEntry> errors = ErrorEntry.read(source);
    AuthorizationDetails iam = iam();
    Part<List<OidcProvider>> providers = Providers.read(source, account);
    coverage.put(Scope.account(Kind.OIDC), providers.coverage());
    Set<String> regions = regions(errors);
    boolean withKubernetes = KubernetesFiles.any(source.files());
    List<Cluster> clusters = new ArrayList<>();
    for (String region : regions) {
      RegionReader.Region read = RegionReader.read(source, region, withKubernetes);
      clusters.addAll(read.clusters());
      coverage.putAll(read.coverage());
    }
    TrailFiles.Read trail = TrailFiles.read(source, regions);
    coverage.putAll(trail.coverage());
    SimulationFiles.Read simulations = SimulationFiles.read(source, iam.roles());
    coverage.putAll(simulations.coverage());
    explain(errors);
    Inventory inventory =
        new Inventory(
            account,
            List.copyOf(regions),
            iam.roles(),
            providers.value(),
            clusters,
            trail.calls(),
            simulations.answers(),
            iam.policies(),
            quotas(),
            coverage);
    return new Snapshot(inventory, takenAt());
  }

  private Account account() {
    if (!source.has(ACCOUNT)) {
      throw SnapshotException.in(
          ACCOUNT, "not in the snapshot; it holds the answer of aws sts get-caller-identity");
    }
    JsonMembers<SnapshotException> identity = source.json(ACCOUNT).object();
    String id = identity.text("Account");
    Partition partition =
        Arn.parse(identity.text("Arn"))
            .flatMap(arn -> Partition.of(arn.partition()))
            .orElseThrow(() -> identity.wrong("Arn", "an ARN of a known partition"));
    if (!id.matches("[0-9]{12}")) {
      throw identity.wrong("Account", "twelve digits");
    }
    return new Account(id, partition);
  }

  private AuthorizationDetails iam() {
    Part<AuthorizationDetails> part = AuthorizationDetails.read(source);
    coverage.put(Scope.account(Kind.IAM), part.coverage());
    coverage.put(Scope.account(Kind.IAM_POLICIES), part.value().policiesCoverage());
    coverage.put(Scope.account(Kind.IAM_USAGE), part.value().usage());
    return part.value();
  }

  /// The enabled regions: those of the list, those with a folder, and where there is no list, also
  /// those that an error names.
  private Set<String> regions(List<ErrorEntry> errors) {
    Part<List<String>> listed =
        source.whole(REGIONS, List.of(), file -> enabledRegions(file.object()));
    TreeSet<String> regions = new TreeSet<>(listed.value());
    for (String name : source.files().names()) {
      String[] parts = name.split("/", 3);
      if (parts.length == 3 && parts[0].equals("regions")) {
        regions.add(parts[1]);
      }
    }
    if (!source.has(REGIONS)) {
      errors.stream()
          .map(ErrorEntry::scope)
          .filter(scope -> scope.kind() == Kind.EKS)
          .forEach(scope -> scope.region().ifPresent(regions::add));
    }
    boolean onlyFolders = !source.has(REGIONS) && !regions.isEmpty();
    coverage.put(
        Scope.account(Kind.REGIONS), onlyFolders ? new Coverage.Complete() : listed.coverage());
    return regions;
  }

  private static Part<List<String>> enabledRegions(JsonMembers<SnapshotException> fields) {
    List<String> enabled =
        fields.requiredObjects("Regions").stream()
            .filter(
                region ->
                    Set.of("ENABLED", "ENABLED_BY_DEFAULT")
                        .contains(region.text("RegionOptStatus")))
            .map(region -> region.text("RegionName"))
            .toList();
    return Part.of(
        enabled,
        fields.has("NextToken")
            ? List.of(REGIONS + " does not hold all pages of its list")
            : List.of());
  }

  private Quotas quotas() {
    OptionalInt trustPolicySize =
        source
            .whole(
                SUMMARY,
                OptionalInt.empty(),
                file ->
                    Part.complete(
                        quota(file.object().object("SummaryMap"), "AssumeRolePolicySizeQuota")))
            .value();
    OptionalInt providers =
        source
            .whole(
                SERVICE_QUOTAS,
                OptionalInt.empty(),
                file -> Part.complete(providersQuota(file.object())))
            .value();
    return new Quotas(trustPolicySize, providers);
  }

  private static OptionalInt providersQuota(JsonMembers<SnapshotException> fields) {
    return fields.objects("Quotas").stream()
        .filter(quota -> quota.text("QuotaCode").equals(PROVIDERS_QUOTA))
        .map(quota -> quota(quota, "Value"))
        .findFirst()
        .orElse(OptionalInt.empty());
  }

  private static OptionalInt quota(JsonMembers<SnapshotException> fields, String name) {
    return fields
        .number(name, Integer.MAX_VALUE)
        .map(value -> OptionalInt.of(value.intValue()))
        .orElse(OptionalInt.empty());
  }

  /// Puts the errors in the place of what absence alone would say. IAM comes first, as what follows
  /// from it may be said better by an entry of its own.
  private void explain(List<ErrorEntry> errors) {
    Map<Scope, List<ErrorEntry>> byScope = new TreeMap<>();
    for (ErrorEntry error : errors) {
      byScope.computeIfAbsent(error.scope(), _ -> new ArrayList<>()).add(error);
    }
    byScope.forEach(
        (scope, entries) -> {
          boolean read = entries.getFirst().part() || wasRead(scope);
          Coverage explained = ErrorEntry.coverage(entries, read);
          coverage.put(scope, explained);
          if (scope.kind() == Kind.IAM && explained instanceof Coverage.Failed failed) {
            failWith(Kind.IAM_POLICIES, failed);
            failWith(Kind.IAM_USAGE, failed);
          }
        });
  }

  private boolean wasRead(Scope scope) {
    return switch (coverage.getOrDefault(scope, new Coverage.Skipped(""))) {
      case Coverage.Complete _, Coverage.Partial _ ->
          scope.kind() != Kind.REGIONS || source.has(REGIONS);
      case Coverage.Failed _, Coverage.Skipped _ -> false;
    };
  }

  private void failWith(Kind kind, Coverage.Failed cause) {
    coverage.computeIfPresent(
        Scope.account(kind), (_, known) -> known instanceof Coverage.Skipped ? cause : known);
  }

  private Optional<Instant> takenAt() {
    if (!source.has(TAKEN_AT)) {
      return Optional.empty();
    }
    String text = takenAtText().strip();
    try {
      return Optional.of(Times.parse(text));
    } catch (DateTimeException _) {
      throw SnapshotException.in(
          TAKEN_AT, "should be a time as 2026-01-31T12:00:00Z, not " + Shown.quoted(text));
    }
  }

  private String takenAtText() {
    char[] text = new char[LONGEST_TIME];
    try (Reader reader = new SourceReader(TAKEN_AT, source.files().open(TAKEN_AT))) {
      int length = 0;
      for (int read = 0; read >= 0 && length < text.length; length += Math.max(0, read)) {
        read = reader.read(text, length, text.length - length);
      }
      return String.valueOf(text, 0, length);
    } catch (IOException e) {
      throw SnapshotException.in(TAKEN_AT, "cannot be read: " + FileProblem.reason(e));
    }
  }
}
