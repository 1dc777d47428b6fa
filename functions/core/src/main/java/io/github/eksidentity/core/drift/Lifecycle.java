package io.github.eksidentity.core.drift;

import io.github.eksidentity.core.audit.Assessment;
import io.github.eksidentity.core.audit.Finding;
import io.github.eksidentity.core.audit.Mute;
import io.github.eksidentity.core.audit.Settings;
import io.github.eksidentity.core.facts.Scope;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// What a run changes: from what was known and what the run found to the states and events to
/// write. Pure. The rules of it are the table in `docs/lifecycle.md`.
///
/// A retry of the same run, after any part of its outcome was written, gives the rest of it: what
/// was written is no longer a change, and a resolution that this same run held stays held.
public final class Lifecycle {
  private final DriftSettings drift;
  private final Renames renames;
  private final Set<String> catalogue;

  /// @param catalogue ids of every rule there is; findings of other rules are disabled
  public Lifecycle(DriftSettings drift, Renames renames, Set<String> catalogue) {
    this.drift = drift;
    this.renames = renames;
    this.catalogue = Set.copyOf(catalogue);
  }

  /// What a run of an account that is audited has to write.
  ///
  /// @param mutes every mute, in force or not
  public RunOutcome apply(
      PriorState memory, Observed observed, List<Mute> mutes, Settings settings, Run run) {
    Assessment assessment = observed.assessment();
    ScopeLedger ledger = new ScopeLedger(memory.scopes(), assessment, run);
    Pass pass = new Pass(memory, assessment, mutes, settings, run, ledger);
    List<FindingProgress> steps =
        CircuitBreaker.hold(pass.steps(), openFindings(memory, run.now()), drift, run.id());
    boolean believed = steps.stream().noneMatch(FindingProgress::held);
    return new RunOutcome(
        steps.stream().flatMap(step -> step.update(run).stream()).toList(),
        EdgeLedger.apply(memory.scopes(), ledger.records(), observed, run, believed),
        ledger.complete());
  }

  /// What a run of an account that is no longer in the organisation or among the targets has to
  /// write: what was not resolved is removed.
  public RunOutcome remove(PriorState memory, Run run) {
    List<FindingUpdate> updates = new ArrayList<>();
    for (FindingState state : memory.findings().values()) {
      boolean ends = state.status().isLive() || state.status() == Status.DISABLED;
      if (ends) {
        FindingProgress step =
            FindingProgress.of(state).to(known(state, memory).removed(), TransitionKind.REMOVED);
        step.update(run).ifPresent(updates::add);
      }
    }
    return new RunOutcome(updates, List.of(), true);
  }

  private static int openFindings(PriorState memory, Instant now) {
    return (int)
        memory.findings().values().stream()
            .filter(state -> state.status().isLive())
            .filter(state -> !isForgotten(state, now))
            .count();
  }

  private static boolean isForgotten(FindingState state, Instant now) {
    return state.expires().map(end -> !now.isBefore(end)).orElse(false);
  }

  /// The state with the time when it was really seen last, which its item does not hold.
  private static FindingState known(FindingState state, PriorState memory) {
    return state.withLastSeen(state.seen(memory.scopes()));
  }

  /// One application of the table to every finding.
  private final class Pass {
    private final PriorState memory;
    private final Assessment assessment;
    private final List<Mute> inForce;
    private final Settings settings;
    private final Run run;
    private final ScopeLedger ledger;
    private final FindingJudge judge;

    Pass(
        PriorState memory,
        Assessment assessment,
        List<Mute> mutes,
        Settings settings,
        Run run,
        ScopeLedger ledger) {
      this.memory = memory;
      this.assessment = assessment;
      this.inForce = mutes.stream().filter(mute -> mute.inForce(run.now())).toList();
      this.settings = settings;
      this.run = run;
      this.ledger = ledger;
      this.judge = new FindingJudge(assessment);
    }

    List<FindingProgress> steps() {
      Map<String, FindingProgress> steps = new TreeMap<>();
      for (FindingState state : memory.findings().values()) {
        FindingState current = renames.apply(state);
        if (run.scope().owns(current.finding())) {
          steps.put(current.id(), muted(next(state, known(current, memory))));
        }
      }
      for (Finding finding : assessment.findings()) {
        if (!steps.containsKey(finding.id()) && run.scope().owns(finding)) {
          steps.put(finding.id(), muted(opened(finding)));
        }
      }
      return List.copyOf(steps.values());
    }

    private FindingProgress opened(Finding finding) {
      return FindingProgress.of(Optional.empty(), FindingState.opened(finding, run.now()))
          .with(TransitionKind.OPENED)
          .from(ledger.baseline(finding));
    }

    /// The row of the table for a finding that was known.
    ///
    /// @param stored as it is kept
    /// @param current the same under today's name, with its last sight
    private FindingProgress next(FindingState stored, FindingState current) {
      FindingProgress same = FindingProgress.of(Optional.of(stored), current);
      if (isForgotten(current, run.now())) {
        return forgotten(stored, current, same);
      }
      if (isOff(current.finding().rule())) {
        return current.status().isLive()
            ? same.to(current.disabled(), TransitionKind.DISABLED)
            : same;
      }
      return switch (judge.of(current.finding())) {
        case FindingJudge.Saying.Broken(Finding finding) -> broken(same, current, finding);
        case FindingJudge.Saying.Gone(Resolution reason) ->
            current.status() == Status.RESOLVED
                ? same
                : same.to(current.resolved(reason, run.now(), drift), TransitionKind.RESOLVED);
        case FindingJudge.Saying.Unknown(Set<Scope> lost) -> unknown(same, current, lost);
        case FindingJudge.Saying.Silent() -> same;
      };
    }

    /// A resolved finding past its time counts as never seen, even where the store still has it.
    private FindingProgress forgotten(
        FindingState stored, FindingState current, FindingProgress same) {
      return judge.of(current.finding()) instanceof FindingJudge.Saying.Broken(Finding finding)
          ? FindingProgress.of(Optional.of(stored), FindingState.opened(finding, run.now()))
              .with(TransitionKind.OPENED)
          : same;
    }

    private boolean isOff(String rule) {
      return settings.disabledRules().contains(rule) || !catalogue.contains(rule);
    }

    private FindingProgress broken(FindingProgress same, FindingState current, Finding finding) {
      FindingState open = current.open(finding, run.now());
      boolean differs = differs(current.finding(), finding);
      return switch (current.status()) {
        case OPEN ->
            differs
                ? same.to(open, TransitionKind.CHANGED)
                : current.heldBy().isPresent() ? same.to(current.notHeld()) : same;
        case UNVERIFIED, DISABLED, REMOVED -> {
          FindingProgress verified =
              same.to(open, TransitionKind.VERIFIED).about(current.missing());
          yield differs ? verified.with(TransitionKind.CHANGED) : verified;
        }
        case RESOLVED -> same.to(open, TransitionKind.REOPENED);
      };
    }

    private static boolean differs(Finding then, Finding now) {
      return then.severity() != now.severity()
          || !then.region().equals(now.region())
          || !then.cluster().equals(now.cluster())
          || !StableEvidence.hash(then).equals(StableEvidence.hash(now));
    }

    private FindingProgress unknown(FindingProgress same, FindingState current, Set<Scope> lost) {
      return switch (current.status()) {
        case OPEN, DISABLED, REMOVED ->
            same.to(current.unverified(lost), TransitionKind.UNVERIFIED).about(lost);
        case UNVERIFIED, RESOLVED -> same;
      };
    }

    private FindingProgress muted(FindingProgress step) {
      FindingState after = step.after();
      if (!after.status().isLive()) {
        return step;
      }
      boolean matched = inForce.stream().anyMatch(mute -> mute.matches(after.finding()));
      if (matched == after.muted()) {
        return step;
      }
      return step.to(
          after.withMuted(matched), matched ? TransitionKind.MUTED : TransitionKind.UNMUTED);
    }
  }
}
