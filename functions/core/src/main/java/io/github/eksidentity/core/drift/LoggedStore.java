package io.github.eksidentity.core.drift;

import io.github.eksidentity.core.audit.Mute;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/// A store that keeps everything in memory and tells a log each change before it makes it. With a
/// log that lasts, and replayed from it, it is a store that lasts.
public final class LoggedStore implements FindingStore {
  private static final Comparator<Run> BY_TIME =
      Comparator.comparing((Run run) -> !run.isDatedAhead())
          .thenComparing(Run::now)
          .thenComparing(Run::id);

  private final Consumer<StoreEntry> log;
  private final Map<String, FindingState> findings = new TreeMap<>();
  private final Map<RunId, Map<String, Transition>> events = new HashMap<>();
  private final Map<RunId, List<ScopeRecord>> scopes = new HashMap<>();
  private final Map<RunId, Run> runs = new LinkedHashMap<>();
  private final Map<String, RunId> completed = new HashMap<>();
  private final Map<String, Mute> mutes = new TreeMap<>();

  /// @param log told each change; where it throws, the change is not made
  public LoggedStore(Consumer<StoreEntry> log) {
    this.log = log;
  }

  /// Makes a change that the log had been told.
  public void replay(StoreEntry entry) {
    switch (entry) {
      case StoreEntry.Runs(List<Run> changed) -> changed.forEach(this::remember);
      case StoreEntry.Change change -> {
        Optional<FindingState> before =
            Optional.ofNullable(findings.remove(change.gone().orElse(change.state().id())));
        findings.put(change.state().id(), change.state());
        change.transitions(before).forEach(this::remember);
      }
      case StoreEntry.Events(List<Transition> made) -> made.forEach(this::remember);
      case StoreEntry.Scopes(RunId run, List<ScopeRecord> read) -> scopes.put(run, read);
      case StoreEntry.MutePut(Mute mute) -> mutes.put(mute.id(), mute);
      case StoreEntry.MuteRemoved(String id) -> mutes.remove(id);
    }
  }

  private void remember(Run run) {
    runs.put(run.id(), run);
    if (run.state() == RunState.COMPLETED) {
      Optional<Run> last = Optional.ofNullable(completed.get(run.account())).map(runs::get);
      if (last.map(known -> BY_TIME.compare(known, run) < 0).orElse(true)) {
        completed.put(run.account(), run.id());
        last.ifPresent(known -> scopes.computeIfPresent(known.id(), (_, read) -> changes(read)));
      }
    }
  }

  /// Nobody compares with what runs before the last one knew, and it is long.
  private static List<ScopeRecord> changes(List<ScopeRecord> read) {
    return read.stream().map(scope -> scope.with(scope.edges().map(ScopeEdges::changes))).toList();
  }

  private void remember(Transition transition) {
    events
        .computeIfAbsent(transition.run(), _ -> new TreeMap<>())
        .put(transition.after().id() + " " + transition.kind().id(), transition);
  }

  private void write(StoreEntry entry) {
    log.accept(entry);
    replay(entry);
  }

  /// What is kept, as the fewest entries, without what may be forgotten: resolved findings that
  /// have expired, and runs that began before a time, but for each account's last completed one.
  public List<StoreEntry> entries(Instant now, Instant keepSince) {
    List<StoreEntry> entries = new ArrayList<>();
    mutes.values().forEach(mute -> entries.add(new StoreEntry.MutePut(mute)));
    for (Run run : runs.values()) {
      if (!run.now().isBefore(keepSince) || isLast(run)) {
        entries.add(new StoreEntry.Runs(List.of(run)));
        entries.add(new StoreEntry.Scopes(run.id(), scopes(run.id())));
        entries.add(new StoreEntry.Events(transitions(run.id())));
      }
    }
    for (FindingState state : findings.values()) {
      if (state.expires().map(now::isBefore).orElse(true)) {
        entries.add(new StoreEntry.Change(Optional.empty(), state, List.of()));
      }
    }
    return entries;
  }

  /// Now of the latest run of any account, or when it began where its now had not come.
  public Instant latest() {
    return runs.values().stream()
        .map(run -> run.isDatedAhead() ? run.startedAt() : run.now())
        .max(Instant::compareTo)
        .orElse(Instant.EPOCH);
  }

  private boolean isLast(Run run) {
    return run.state() == RunState.RUNNING
        || lastCompleted(run.account()).map(run::equals).orElse(false);
  }

  @Override
  public Begun begin(RunRequest request) {
    Optional<Run> same = run(request.account(), request.id());
    List<Run> all = runs(request.account(), Integer.MAX_VALUE);
    if (same.isPresent() && same.get().state() == RunState.COMPLETED) {
      return new Begun.Completed(same.get());
    }
    if (same.isPresent() && same.get().state() == RunState.RUNNING) {
      Run resumed = same.get().resumed(request.leaseUntil());
      write(new StoreEntry.Runs(List.of(resumed)));
      return new Begun.Resumed(resumed);
    }
    if (same.isPresent()) {
      return new Begun.Outdated(all.getFirst());
    }
    if (all.stream().anyMatch(request::isOutdatedBy)) {
      return new Begun.Outdated(all.getFirst());
    }
    List<Run> running = all.stream().filter(run -> run.state() == RunState.RUNNING).toList();
    Optional<Run> alive =
        running.stream().filter(run -> run.leaseUntil().isAfter(request.startedAt())).findFirst();
    if (alive.isPresent()) {
      return new Begun.Busy(alive.get());
    }
    Run run = Run.begun(request, adopted(running));
    List<Run> changed = new ArrayList<>();
    running.forEach(dead -> changed.add(dead.abandoned()));
    changed.add(run);
    write(new StoreEntry.Runs(changed));
    return new Begun.Started(run);
  }

  private static List<RunId> adopted(List<Run> dead) {
    List<RunId> adopted = new ArrayList<>();
    for (Run run : dead.reversed()) {
      adopted.addAll(run.adopts());
      adopted.add(run.id());
    }
    return adopted;
  }

  @Override
  public PriorState memory(String account) {
    List<FindingState> known =
        findings.values().stream()
            .filter(state -> state.finding().account().equals(account))
            .toList();
    return PriorState.of(
        known, lastCompleted(account).map(run -> scopes(run.id())).orElse(List.of()));
  }

  private Optional<Run> lastCompleted(String account) {
    return runs(account, Integer.MAX_VALUE).stream()
        .filter(run -> run.state() == RunState.COMPLETED)
        .findFirst();
  }

  @Override
  public void apply(Run run, FindingUpdate update) {
    Optional<FindingState> stored =
        Optional.ofNullable(findings.get(update.after().id()))
            .or(() -> update.before().map(FindingState::id).map(findings::get));
    if (stored.equals(Optional.of(update.after()))) {
      return;
    }
    demandRunning(run);
    if (!stored.equals(update.before())) {
      throw new StoreException.Stale(update.after().id());
    }
    write(StoreEntry.Change.of(update));
  }

  private void demandRunning(Run run) {
    Run stored = runs.get(run.id());
    if (stored == null || stored.state() != RunState.RUNNING) {
      throw new StoreException.Superseded(run.id());
    }
  }

  @Override
  public void recordScopes(Run run, List<ScopeRecord> read) {
    demandRunning(run);
    write(new StoreEntry.Scopes(run.id(), read));
  }

  @Override
  public void complete(Run run) {
    if (run(run.account(), run.id()).map(Run::state).equals(Optional.of(RunState.COMPLETED))) {
      return;
    }
    demandRunning(run);
    write(new StoreEntry.Runs(List.of(run)));
  }

  @Override
  public void alerted(String account, RunId run, Instant at) {
    run(account, run).ifPresent(stored -> write(new StoreEntry.Runs(List.of(stored.alerted(at)))));
  }

  @Override
  public Optional<Run> run(String account, RunId run) {
    return Optional.ofNullable(runs.get(run)).filter(stored -> stored.account().equals(account));
  }

  @Override
  public List<Run> runs(String account, int limit) {
    return runs.values().stream()
        .filter(run -> run.account().equals(account))
        .sorted(BY_TIME.reversed())
        .limit(limit)
        .toList();
  }

  @Override
  public List<Transition> transitions(RunId run) {
    return List.copyOf(events.getOrDefault(run, Map.of()).values());
  }

  @Override
  public List<ScopeRecord> scopes(RunId run) {
    return scopes.getOrDefault(run, List.of());
  }

  @Override
  public List<FindingState> findings(FindingQuery query) {
    return findings.values().stream().filter(query::selects).toList();
  }

  @Override
  public List<Transition> history(String findingId) {
    return events.values().stream()
        .map(Map::values)
        .flatMap(Collection::stream)
        .filter(transition -> transition.after().id().equals(findingId))
        .sorted(Transition.ORDER)
        .sorted(Comparator.comparing(Transition::at))
        .toList();
  }

  @Override
  public Set<String> accounts() {
    Set<String> accounts = new TreeSet<>();
    runs.values().forEach(run -> accounts.add(run.account()));
    return accounts;
  }

  @Override
  public List<Mute> mutes() {
    return List.copyOf(mutes.values());
  }

  @Override
  public void putMute(Mute mute) {
    write(new StoreEntry.MutePut(mute));
  }

  @Override
  public boolean removeMute(String id) {
    if (!mutes.containsKey(id)) {
      return false;
    }
    write(new StoreEntry.MuteRemoved(id));
    return true;
  }
}
