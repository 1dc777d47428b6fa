package io.github.eksidentity.audit;

import io.github.eksidentity.audit.AccountOutcome.Outdated;
import io.github.eksidentity.audit.AccountOutcome.Recorded;
import io.github.eksidentity.audit.AccountOutcome.Unfinished;
import io.github.eksidentity.core.audit.MuteList;
import io.github.eksidentity.core.drift.FindingStore;
import io.github.eksidentity.core.drift.Observed;
import io.github.eksidentity.core.drift.Run;
import io.github.eksidentity.core.drift.RunId;
import io.github.eksidentity.core.drift.RunRecorder;
import io.github.eksidentity.core.drift.RunRecorder.Result;
import io.github.eksidentity.core.drift.RunRequest;
import io.github.eksidentity.core.drift.RunScope;
import io.github.eksidentity.core.facts.Account;
import io.github.eksidentity.lambda.FunctionException;
import io.github.eksidentity.lambda.JsonLog;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.inject.Inject;

/// Audits the accounts that an event asks for, one after another, and stops in good order before
/// its time is over: what it did not reach is thrown, so that a retry of the event goes on there.
final class AuditFunction {
  /// With less time left no audit is begun.
  private static final Duration LEAST = Duration.ofMinutes(1);

  private static final Duration LEASE_MARGIN = Duration.ofMinutes(1);

  /// How far ahead of its time a run may be tried out; what is later was written wrongly.
  private static final Duration FARTHEST_AHEAD = Duration.ofDays(30);

  private final AuditSettings settings;
  private final AccountAudit audit;
  private final FindingStore store;
  private final RunRecorder recorder;
  private final InstantSource clock;
  private final RunMetrics metrics;
  private final JsonLog log;

  @Inject
  AuditFunction(
      AuditSettings settings,
      AccountAudit audit,
      FindingStore store,
      RunRecorder recorder,
      InstantSource clock,
      RunMetrics metrics,
      JsonLog log) {
    this.settings = settings;
    this.audit = audit;
    this.store = store;
    this.recorder = recorder;
    this.clock = clock;
    this.metrics = metrics;
    this.log = log;
  }

  /// @throws FunctionException where the request asks for what this stack does not audit, before
  /// anything is read; or where an account is not finished: those that are stay so
  List<AccountOutcome> handle(AuditRequest request, Invocation invocation) {
    settings.regions(request);
    request.time().ifPresent(this::refuseFuture);
    List<AccountOutcome> outcomes = new ArrayList<>();
    for (Target target : settings.targets(request, invocation.own())) {
      outcomes.add(attempt(target.account(), request, () -> audited(target, request, invocation)));
    }
    for (Account gone : gone(request, invocation)) {
      outcomes.add(attempt(gone, request, () -> removed(gone, request, invocation)));
    }
    List<Unfinished> unfinished =
        outcomes.stream().filter(Unfinished.class::isInstance).map(Unfinished.class::cast).toList();
    if (!unfinished.isEmpty()) {
      throw new FunctionException(
          "%d of %d accounts are not finished; a retry goes on with them. %s: %s"
              .formatted(
                  unfinished.size(),
                  outcomes.size(),
                  unfinished.getFirst().account(),
                  unfinished.getFirst().reason()));
    }
    return outcomes;
  }

  private void refuseFuture(Instant time) {
    if (time.isAfter(clock.instant().plus(FARTHEST_AHEAD))) {
      throw new FunctionException(
          "The event's time " + time + " is more than 30 days in the future.");
    }
  }

  /// One step for one account.
  private interface Attempt {
    AccountOutcome make();
  }

  /// A failure of one account must not keep the others from being audited.
  private AccountOutcome attempt(Account account, AuditRequest request, Attempt attempt) {
    AccountOutcome outcome;
    try {
      outcome = attempt.make();
    } catch (RuntimeException e) {
      outcome = new Unfinished(account.id(), e.getClass().getSimpleName() + ": " + e.getMessage());
    }
    tell(outcome, request);
    return outcome;
  }

  private AccountOutcome audited(Target target, AuditRequest request, Invocation invocation) {
    Instant begin = clock.instant();
    Duration left = invocation.left().get();
    if (left.compareTo(LEAST) < 0) {
      return new Unfinished(
          target.account().id(), "Not begun: only " + left.toSeconds() + " s were left.");
    }
    Judging judging = new Judging(target, invocation);
    Result result =
        recorder.record(asked(target.account(), request, left), settings.rules(), judging::assess);
    AccountOutcome outcome = outcome(target.account().id(), result);
    if (outcome instanceof Recorded(_, Run run, boolean again) && !again) {
      metrics(run, begin, judging.open);
    }
    return outcome;
  }

  /// Reads and judges one account, and remembers what the metrics need.
  private final class Judging {
    private final Target target;
    private final Invocation invocation;
    private RunMetrics.Open open = RunMetrics.Open.NONE;

    Judging(Target target, Invocation invocation) {
      this.target = target;
      this.invocation = invocation;
    }

    Observed assess(Run run, MuteList mutes) {
      Observed observed = audit.assess(target, run, mutes, invocation.left());
      open = RunMetrics.Open.of(observed.assessment(), mutes.all(), run);
      return observed;
    }
  }

  private void metrics(Run run, Instant begin, RunMetrics.Open open) {
    metrics.completed(run, Duration.between(begin, clock.instant()));
    if (run.scope().equals(new RunScope(Set.copyOf(settings.regions()), Set.of(), Set.of()))) {
      metrics.open(run.account(), open);
    }
  }

  /// Accounts that were audited and are no longer among the targets. Only the regular audit of
  /// everything may say so.
  private List<Account> gone(AuditRequest request, Invocation invocation) {
    if (!request.scheduled() || !request.accounts().isEmpty()) {
      return List.of();
    }
    List<String> targets =
        settings.targets(request, invocation.own()).stream().map(t -> t.account().id()).toList();
    return store.accounts().stream()
        .filter(id -> !targets.contains(id))
        .sorted()
        .map(id -> new Account(id, invocation.own().partition()))
        .toList();
  }

  private AccountOutcome removed(Account account, AuditRequest request, Invocation invocation) {
    return outcome(account.id(), recorder.remove(asked(account, request, invocation.left().get())));
  }

  private RunRequest asked(Account account, AuditRequest request, Duration left) {
    Instant start = clock.instant();
    return new RunRequest(
        RunId.ofEvent(request.id(), account.id()),
        account.id(),
        request.time().orElse(start),
        start,
        start.plus(left).plus(LEASE_MARGIN),
        new RunScope(
            Set.copyOf(settings.regions(request)), Set.copyOf(request.clusters()), Set.of()));
  }

  private static AccountOutcome outcome(String account, Result result) {
    return switch (result) {
      case Result.Recorded recorded -> new Recorded(account, recorded.run(), recorded.again());
      case Result.Outdated(Run newer) -> new Outdated(account, newer.id());
      case Result.Busy(Run holder) ->
          new Unfinished(
              account,
              "Run " + holder.id() + " may still be at work until " + holder.leaseUntil() + ".");
    };
  }

  private void tell(AccountOutcome outcome, AuditRequest request) {
    JsonLog about =
        log.with("account", outcome.account())
            .with("runId", RunId.ofEvent(request.id(), outcome.account()).value());
    switch (outcome) {
      case Recorded(_, Run run, boolean again) ->
          about
              .with("complete", Boolean.toString(run.complete()))
              .with("suspect", Boolean.toString(run.suspect()))
              .with("transitions", run.counts().transitions().toString())
              .info(again ? "the run was completed before" : "the run is completed");
      case Outdated(_, RunId newer) ->
          about.info("nothing to do: run " + newer + " of the account is later");
      case Unfinished(_, String reason) -> about.error("the run is not finished: " + reason);
    }
  }
}
