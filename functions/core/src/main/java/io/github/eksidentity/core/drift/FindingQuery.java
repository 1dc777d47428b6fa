package io.github.eksidentity.core.drift;

import io.github.eksidentity.core.audit.Severity;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/// Which findings to list. What is empty does not restrict.
///
/// @param cluster name of a cluster
/// @param role ARN of the role concerned
/// @param severity this one and worse ones
/// @param statuses at least one
/// @param muted whether muted ones are listed too
public record FindingQuery(
    Optional<String> account,
    Optional<String> cluster,
    Optional<String> role,
    Optional<String> rule,
    Optional<Severity> severity,
    Set<Status> statuses,
    boolean muted) {
  /// What somebody has to look at: open and unverified ones that are not muted.
  public static final FindingQuery LIVE =
      new FindingQuery(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          EnumSet.of(Status.OPEN, Status.UNVERIFIED),
          false);

  public FindingQuery {
    statuses = Set.copyOf(statuses);
    if (statuses.isEmpty()) {
      throw new IllegalArgumentException("a query names a status");
    }
  }

  /// Whether the query selects this finding.
  public boolean selects(FindingState state) {
    return statuses.contains(state.status())
        && (muted || !state.muted())
        && equal(account, Optional.of(state.finding().account()))
        && equal(cluster, state.finding().cluster())
        && equal(role, state.finding().role())
        && equal(rule, Optional.of(state.finding().rule()))
        && severity.map(state.finding().severity()::atLeast).orElse(true);
  }

  private static <T> boolean equal(Optional<T> wanted, Optional<T> actual) {
    return wanted.isEmpty() || wanted.equals(actual);
  }

  /// The same query for every status.
  public FindingQuery ofEveryStatus() {
    return new FindingQuery(
        account, cluster, role, rule, severity, EnumSet.allOf(Status.class), muted);
  }
}
