package io.github.eksidentity.core.drift;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// One audit of one account, as it is kept.
///
/// @param now the time that the audit takes as now; what is compared with a date is compared with
/// it
/// @param startedAt the time by the clock when it first began
/// @param leaseUntil until when it may be alive
/// @param completedAt the time by the clock, present exactly when it is completed
/// @param complete whether no scope was partly read or failed
/// @param suspect whether resolutions are held
/// @param adopts runs that died before it, oldest first; its digest tells their transitions too
/// @param alertedAt when its digest was published
@RecordBuilder
public record Run(
    RunId id,
    String account,
    Instant now,
    Instant startedAt,
    Instant leaseUntil,
    RunScope scope,
    RunState state,
    Optional<Instant> completedAt,
    boolean complete,
    boolean suspect,
    Counts counts,
    List<RunId> adopts,
    Optional<Instant> alertedAt)
    implements RunBuilder.With {
  /// How far apart clocks may be that are taken for the same.
  static final Duration CLOCK_SKEW = Duration.ofDays(1);

  /// What is later than this was dated wrongly, and not tried out some days early.
  private static final Duration FARTHEST_AHEAD = Duration.ofDays(30);

  public Run {
    adopts = List.copyOf(adopts);
    if ((state == RunState.COMPLETED) != completedAt.isPresent()) {
      throw new IllegalArgumentException("a completed run says when it was completed");
    }
  }

  /// Whether its now was more than 30 days ahead when it began, as of a snapshot that is dated
  /// wrongly. It is never the account's last run where there is another.
  public boolean isDatedAhead() {
    return now.isAfter(startedAt.plus(FARTHEST_AHEAD));
  }

  /// The beginning of a run.
  ///
  /// @param adopted runs that died before it, oldest first
  public static Run begun(RunRequest request, List<RunId> adopted) {
    return new Run(
        request.id(),
        request.account(),
        request.now(),
        request.startedAt(),
        request.leaseUntil(),
        request.scope(),
        RunState.RUNNING,
        Optional.empty(),
        false,
        false,
        Counts.NONE,
        adopted,
        Optional.empty());
  }

  /// The same run, taken up again by a retry.
  ///
  /// @param until the retry's lease
  public Run resumed(Instant until) {
    return withLeaseUntil(until);
  }

  /// The same run, dead.
  public Run abandoned() {
    return with(run -> run.state(RunState.ABANDONED).completedAt(Optional.empty()));
  }

  /// The same run with everything written.
  public Run completed(Instant at, boolean everythingRead, Counts made) {
    return with(
        run ->
            run.state(RunState.COMPLETED)
                .completedAt(Optional.of(at))
                .complete(everythingRead)
                .suspect(made.held() > 0)
                .counts(made));
  }

  /// The same run with its digest published.
  public Run alerted(Instant at) {
    return withAlertedAt(Optional.of(at));
  }
}
