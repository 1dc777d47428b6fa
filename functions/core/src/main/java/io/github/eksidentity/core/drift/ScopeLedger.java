package io.github.eksidentity.core.drift;

import io.github.eksidentity.core.audit.Assessment;
import io.github.eksidentity.core.audit.Finding;
import io.github.eksidentity.core.drift.ScopeReading.Standing;
import io.github.eksidentity.core.facts.Coverage;
import io.github.eksidentity.core.facts.Scope;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Keeps account of which scopes were ever completely read, and of what a run changed in that.
final class ScopeLedger {
  private static final Coverage NOT_READ = new Coverage.Skipped("not read in this run");

  private final Map<Scope, ScopeRecord> before;
  private final Assessment assessment;
  private final Run run;

  ScopeLedger(Map<Scope, ScopeRecord> before, Assessment assessment, Run run) {
    this.before = before;
    this.assessment = assessment;
    this.run = run;
  }

  /// The scopes of this run, and those of earlier runs that it left out and that still exist.
  List<ScopeRecord> records() {
    Map<Scope, ScopeRecord> records = new TreeMap<>();
    ScopeReading reading = new ScopeReading(assessment);
    for (ScopeRecord old : before.values()) {
      if (!(reading.of(old.scope()) instanceof Standing.Absent)) {
        records.put(old.scope(), record(old.scope(), NOT_READ));
      }
    }
    assessment.coverage().forEach((scope, read) -> records.put(scope, record(scope, read)));
    return List.copyOf(records.values());
  }

  private ScopeRecord record(Scope scope, Coverage read) {
    Optional<ScopeRecord> old = Optional.ofNullable(before.get(scope));
    Coverage known =
        read instanceof Coverage.Skipped ? old.map(ScopeRecord::known).orElse(read) : read;
    Optional<Instant> readNow =
        read.isComplete() && run.scope().asksEveryRule()
            ? Optional.of(run.now())
            : Optional.empty();
    return new ScopeRecord(
        scope,
        read,
        known,
        old.flatMap(ScopeRecord::firstComplete).or(() -> readNow),
        readNow.or(() -> old.flatMap(ScopeRecord::lastComplete)),
        change(old.map(ScopeRecord::known), read),
        Optional.empty());
  }

  private static CoverageChange change(Optional<Coverage> known, Coverage read) {
    boolean wasLost = known.map(ScopeLedger::isLost).orElse(false);
    if (isLost(read)) {
      return wasLost ? CoverageChange.NONE : CoverageChange.LOST;
    }
    return wasLost && read.isComplete() ? CoverageChange.REGAINED : CoverageChange.NONE;
  }

  private static boolean isLost(Coverage read) {
    return read instanceof Coverage.Partial || read instanceof Coverage.Failed;
  }

  /// Whether no scope was partly read or failed.
  boolean complete() {
    return assessment.coverage().values().stream().noneMatch(ScopeLedger::isLost);
  }

  /// The scope whose first complete read brings this finding up, empty where all of it was read
  /// before: for a finding of a cluster its region or the cluster, for any other the part of the
  /// account.
  Optional<Scope> baseline(Finding finding) {
    return finding
        .cluster()
        .map(cluster -> ofCluster(finding, cluster))
        .orElseGet(() -> ofAccount(finding));
  }

  private Optional<Scope> ofCluster(Finding finding, String cluster) {
    Scope region = Scope.region(finding.region());
    if (readFirst(region)) {
      return Optional.of(region);
    }
    List<Scope> ofCluster =
        assessment.coverage().keySet().stream()
            .filter(scope -> scope.region().equals(Optional.of(finding.region())))
            .filter(scope -> scope.cluster().equals(Optional.of(cluster)))
            .toList();
    boolean knownCluster = ofCluster.stream().anyMatch(this::readBefore);
    return ofCluster.stream()
        .filter(this::readFirst)
        .filter(scope -> !knownCluster || finding.scopes().contains(scope))
        .findFirst()
        .or(() -> ofAccount(finding));
  }

  /// A region that was not there before does not make news of roles a matter of the first read; one
  /// that was there and could not be read does.
  private Optional<Scope> ofAccount(Finding finding) {
    List<Scope> first = new ArrayList<>();
    for (Scope scope : finding.scopes()) {
      if (readFirst(scope) && (scope.region().isEmpty() || before.containsKey(scope))) {
        first.add(scope);
      }
    }
    return first.stream().min(Scope::compareTo);
  }

  private boolean readFirst(Scope scope) {
    return !readBefore(scope)
        && Optional.ofNullable(assessment.coverage().get(scope))
            .map(Coverage::isComplete)
            .orElse(false);
  }

  private boolean readBefore(Scope scope) {
    return Optional.ofNullable(before.get(scope)).flatMap(ScopeRecord::firstComplete).isPresent();
  }
}
