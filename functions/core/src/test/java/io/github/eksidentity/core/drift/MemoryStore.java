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

/// The contract in its plainest form: maps. Tests of what uses a store, and of the contract itself,
/// run on it.
public final class MemoryStore implements FindingStore {
  /// What outlives a process.
  public static final class Medium {
    private final Map<String, FindingState> findings = new TreeMap<>();
    private final Map<RunId, Map<String, Transition>> events = new HashMap<>();
    private final Map<RunId, List<ScopeRecord>> scopes = new HashMap<>();
    private final Map<RunId, Run> runs = new LinkedHashMap<>();
    private final Map<String, Mute> mutes = new TreeMap<>();
  }

  private final Medium medium;
  private final Runnable step;

  /// @param step called before and after each write; a test kills the process by throwing from it
  public MemoryStore(Medium medium, Runnable step) {
    this.medium = medium;
    this.step = step;
  }

  private void write(Runnable change) {
    step.run();
    change.run();
    step.run();
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
      write(() -> put(resumed));
      return new Begun.Resumed(resumed);
    }
    if (same.isPresent()) {
      return new Begun.Outdated(all.getFirst());
    }
    Optional<Run> newer = all.stream().findFirst().filter(run -> run.now().isAfter(request.now()));
    if (newer.isPresent()) {
      return new Begun.Outdated(newer.get());
    }
    List<Run> running = all.stream().filter(run -> run.state() == RunState.RUNNING).toList();
    Optional<Run> alive =
        running.stream().filter(run -> run.leaseUntil().isAfter(request.startedAt())).findFirst();
    if (alive.isPresent()) {
      return new Begun.Busy(alive.get());
    }
    Run run = Run.begun(request, adopted(running));
    write(
        () -> {
          running.forEach(dead -> put(dead.abandoned()));
          put(run);
        });
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

  private void put(Run run) {
    medium.runs.put(run.id(), run);
  }

  @Override
  public Memory memory(String account) {
    List<FindingState> findings =
        medium.findings.values().stream()
            .filter(state -> state.finding().account().equals(account))
            .toList();
    List<ScopeRecord> scopes =
        runs(account, Integer.MAX_VALUE).stream()
            .filter(run -> run.state() == RunState.COMPLETED)
            .findFirst()
            .map(run -> scopes(run.id()))
            .orElse(List.of());
    return Memory.of(findings, scopes);
  }

  @Override
  public void apply(Run run, FindingUpdate update) {
    Optional<FindingState> stored =
        Optional.ofNullable(medium.findings.get(update.after().id()))
            .or(() -> update.before().map(FindingState::id).map(medium.findings::get));
    if (stored.equals(Optional.of(update.after()))) {
      return;
    }
    demandRunning(run);
    if (!stored.equals(update.before())) {
      throw new StoreException.Stale(update.after().id());
    }
    write(
        () -> {
          update.before().ifPresent(before -> medium.findings.remove(before.id()));
          medium.findings.put(update.after().id(), update.after());
          update
              .transitions()
              .forEach(
                  transition ->
                      medium
                          .events
                          .computeIfAbsent(run.id(), _ -> new TreeMap<>())
                          .put(update.after().id() + transition.kind(), transition));
        });
  }

  private void demandRunning(Run run) {
    Run stored = medium.runs.get(run.id());
    if (stored == null || stored.state() != RunState.RUNNING) {
      throw new StoreException.Superseded(run.id());
    }
  }

  @Override
  public void recordScopes(Run run, List<ScopeRecord> scopes) {
    demandRunning(run);
    write(() -> medium.scopes.put(run.id(), List.copyOf(scopes)));
  }

  @Override
  public void complete(Run run) {
    if (run(run.account(), run.id()).map(Run::state).equals(Optional.of(RunState.COMPLETED))) {
      return;
    }
    demandRunning(run);
    write(() -> put(run));
  }

  @Override
  public void alerted(String account, RunId run, Instant at) {
    run(account, run).ifPresent(stored -> write(() -> put(stored.alerted(at))));
  }

  @Override
  public Optional<Run> run(String account, RunId run) {
    return Optional.ofNullable(medium.runs.get(run))
        .filter(stored -> stored.account().equals(account));
  }

  @Override
  public List<Run> runs(String account, int limit) {
    return medium.runs.values().stream()
        .filter(run -> run.account().equals(account))
        .sorted(Comparator.comparing(Run::now).thenComparing(Run::id).reversed())
        .limit(limit)
        .toList();
  }

  @Override
  public List<Transition> transitions(RunId run) {
    return List.copyOf(medium.events.getOrDefault(run, Map.of()).values());
  }

  @Override
  public List<ScopeRecord> scopes(RunId run) {
    return medium.scopes.getOrDefault(run, List.of());
  }

  @Override
  public List<FindingState> findings(FindingQuery query) {
    return medium.findings.values().stream().filter(query::selects).toList();
  }

  @Override
  public List<Transition> history(String findingId) {
    return medium.events.values().stream()
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
    medium.runs.values().forEach(run -> accounts.add(run.account()));
    return accounts;
  }

  @Override
  public List<Mute> mutes() {
    return List.copyOf(medium.mutes.values());
  }

  @Override
  public void putMute(Mute mute) {
    write(() -> medium.mutes.put(mute.id(), mute));
  }

  @Override
  public boolean removeMute(String id) {
    boolean there = medium.mutes.containsKey(id);
    write(() -> medium.mutes.remove(id));
    return there;
  }
}
