package io.github.eksidentity.core.drift;

import io.github.eksidentity.core.audit.Assessment;
import io.github.eksidentity.core.audit.Assessment.ClusterName;
import io.github.eksidentity.core.facts.Coverage;
import io.github.eksidentity.core.facts.Scope;
import java.util.Optional;

/// How well a run read a scope, also one that it could not even name because the list that would
/// name it was not read.
final class ScopeReading {
  private static final Scope REGIONS = Scope.account(Scope.Kind.REGIONS);

  private final Assessment assessment;

  ScopeReading(Assessment assessment) {
    this.assessment = assessment;
  }

  /// What can be said of a scope.
  sealed interface Standing {
    /// Completely read.
    record Read() implements Standing {}

    /// A complete list does not name the cluster, or the enabled region, that it belongs to.
    record Absent() implements Standing {}

    /// Tried, and not completely read.
    ///
    /// @param cause the scope whose reading failed: this one or the one whose list names it
    record Lost(Scope cause) implements Standing {}

    /// Not looked at, by choice.
    record Skipped() implements Standing {}
  }

  Standing of(Scope scope) {
    Optional<Coverage> coverage = Optional.ofNullable(assessment.coverage().get(scope));
    if (coverage.isEmpty()) {
      return unnamed(scope);
    }
    return switch (coverage.get()) {
      case Coverage.Complete() -> new Standing.Read();
      case Coverage.Partial _, Coverage.Failed _ -> new Standing.Lost(scope);
      case Coverage.Skipped _ ->
          isRegion(scope) && unnamed(scope) instanceof Standing.Absent gone
              ? gone
              : new Standing.Skipped();
    };
  }

  private static boolean isRegion(Scope scope) {
    return scope.region().isPresent() && scope.cluster().isEmpty();
  }

  private Standing unnamed(Scope scope) {
    if (scope.cluster().isPresent()) {
      return ofCluster(scope.region().orElseThrow(), scope.cluster().get());
    }
    return scope.region().map(this::ofRegion).orElseGet(Standing.Skipped::new);
  }

  private Standing ofCluster(String region, String cluster) {
    Standing list = of(Scope.region(region));
    return list instanceof Standing.Read
        ? names(region, cluster) ? new Standing.Skipped() : new Standing.Absent()
        : list;
  }

  private Standing ofRegion(String region) {
    return switch (of(REGIONS)) {
      case Standing.Read _ ->
          assessment.seen().regions().contains(region)
              ? new Standing.Skipped()
              : new Standing.Absent();
      case Standing.Lost lost -> lost;
      case Standing.Absent _, Standing.Skipped _ -> new Standing.Skipped();
    };
  }

  private boolean names(String region, String cluster) {
    return assessment.seen().clusters().contains(new ClusterName(region, cluster));
  }

  /// Whether a complete list of the region's clusters does not name this one.
  boolean isGone(String region, String cluster) {
    return of(Scope.region(region)) instanceof Standing.Read && !names(region, cluster);
  }
}
