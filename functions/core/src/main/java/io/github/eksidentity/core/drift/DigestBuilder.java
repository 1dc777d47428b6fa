package io.github.eksidentity.core.drift;

import io.github.eksidentity.core.audit.Finding;
import io.github.eksidentity.core.audit.Severity;
import io.github.eksidentity.core.drift.Digest.Entry;
import io.github.eksidentity.core.drift.Digest.FirstRead;
import io.github.eksidentity.core.drift.Digest.ScopeLine;
import io.github.eksidentity.core.facts.Coverage;
import io.github.eksidentity.core.facts.Scope;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Sorts the events of a run, finding by finding, into what people are told.
final class DigestBuilder {
  private static final Comparator<FindingState> WORST_FIRST =
      Comparator.comparing(FindingState::finding, Finding.ORDER).thenComparing(FindingState::id);
  private static final Comparator<Entry> ENTRIES = Comparator.comparing(Entry::now, WORST_FIRST);

  private final Run run;
  private final Map<Scope, ScopeRecord> scopes = new TreeMap<>();
  private final List<Entry> held = new ArrayList<>();
  private final List<Entry> opened = new ArrayList<>();
  private final List<Entry> changed = new ArrayList<>();
  private final List<Entry> resolved = new ArrayList<>();
  private final SortedMap<Scope, List<FindingState>> firstReads = new TreeMap<>();
  private final SortedMap<Scope, Integer> lost = new TreeMap<>();
  private final SortedMap<Scope, Integer> regained = new TreeMap<>();
  private final SortedMap<String, Integer> disabled = new TreeMap<>();
  private int unsettled;
  private int verified;
  private int muted;
  private int removed;

  DigestBuilder(Run run, Collection<ScopeRecord> scopes) {
    this.run = run;
    scopes.forEach(record -> this.scopes.put(record.scope(), record));
  }

  Digest build(Collection<Transition> events) {
    for (ScopeRecord record : scopes.values()) {
      switch (record.change()) {
        case LOST -> lost.put(record.scope(), 0);
        case REGAINED -> regained.put(record.scope(), 0);
        case NONE -> {}
      }
    }
    events.stream()
        .collect(
            Collectors.groupingBy(event -> event.after().id(), TreeMap::new, Collectors.toList()))
        .values()
        .forEach(this::tell);
    return new Digest(
        run,
        sorted(held),
        sorted(opened),
        sorted(changed),
        sorted(resolved),
        firstReads.entrySet().stream()
            .map(entry -> firstRead(entry.getKey(), entry.getValue()))
            .toList(),
        lines(lost),
        lines(regained),
        scopes.values().stream().filter(DigestBuilder::isGap).toList(),
        unsettled,
        verified,
        muted,
        disabled,
        removed,
        ScopeEdges.changes(scopes.values()));
  }

  private static List<Entry> sorted(List<Entry> entries) {
    return entries.stream().sorted(ENTRIES).toList();
  }

  private static boolean isGap(ScopeRecord record) {
    return record.coverage() instanceof Coverage.Partial
        || record.coverage() instanceof Coverage.Failed;
  }

  private static FirstRead firstRead(Scope scope, List<FindingState> findings) {
    SortedMap<Severity, Integer> counts = new TreeMap<>();
    findings.forEach(state -> counts.merge(state.finding().severity(), 1, Integer::sum));
    return new FirstRead(
        scope, counts, findings.stream().sorted(WORST_FIRST).limit(Digest.WORST).toList());
  }

  private List<ScopeLine> lines(SortedMap<Scope, Integer> counts) {
    return counts.entrySet().stream()
        .map(entry -> new ScopeLine(entry.getKey(), coverage(entry.getKey()), entry.getValue()))
        .toList();
  }

  private Coverage coverage(Scope scope) {
    return Optional.ofNullable(scopes.get(scope))
        .map(ScopeRecord::coverage)
        .orElse(new Coverage.Skipped("not read in this run"));
  }

  /// One finding's way from where people knew it to where it stands.
  private void tell(List<Transition> events) {
    List<Transition> way = new ArrayList<>(events);
    way.sort(
        Comparator.comparing((Transition event) -> event.after().revision())
            .thenComparing(Transition::kind));
    Optional<FindingState> before = way.getFirst().before();
    FindingState now = way.getLast().after();
    if (now.muted()) {
      muted += before.map(FindingState::muted).orElse(false) ? 0 : 1;
      return;
    }
    Set<TransitionKind> kinds = way.stream().map(Transition::kind).collect(Collectors.toSet());
    switch (now.status()) {
      case OPEN -> {
        tellOpen(way, before, now, kinds);
        countVerified(way, before);
      }
      case UNVERIFIED -> {
        tellOpen(way, before, now, kinds);
        countUnverified(before, now);
      }
      case RESOLVED ->
          before.ifPresent(
              known -> {
                if (known.status() != Status.RESOLVED) {
                  resolved.add(new Entry(TransitionKind.RESOLVED, before, now));
                }
              });
      case DISABLED ->
          before
              .filter(known -> known.status().isLive())
              .ifPresent(_ -> disabled.merge(now.finding().rule(), 1, Integer::sum));
      case REMOVED -> removed += before.isPresent() ? 1 : 0;
    }
  }

  private void tellOpen(
      List<Transition> way,
      Optional<FindingState> before,
      FindingState now,
      Set<TransitionKind> kinds) {
    Optional<Scope> baseline = way.stream().flatMap(event -> event.baseline().stream()).findFirst();
    if (now.heldBy().isPresent() && way.getLast().held()) {
      held.add(new Entry(TransitionKind.RESOLVED, before, now));
    } else if (before.isEmpty() || kinds.contains(TransitionKind.OPENED)) {
      baseline.ifPresentOrElse(
          scope -> firstReads.computeIfAbsent(scope, _ -> new ArrayList<>()).add(now),
          () -> opened.add(new Entry(TransitionKind.OPENED, before, now)));
    } else if (before.get().status() == Status.RESOLVED) {
      opened.add(new Entry(TransitionKind.REOPENED, before, now));
    } else if (before.get().muted()) {
      opened.add(new Entry(TransitionKind.UNMUTED, before, now));
    } else if (kinds.contains(TransitionKind.CHANGED)) {
      changed.add(new Entry(TransitionKind.CHANGED, before, now));
    }
  }

  private void countVerified(List<Transition> way, Optional<FindingState> before) {
    if (before.isEmpty()) {
      return;
    }
    switch (before.get().status()) {
      case UNVERIFIED ->
          way.stream()
              .filter(event -> event.kind() == TransitionKind.VERIFIED)
              .flatMap(event -> event.scopes().stream())
              .distinct()
              .forEach(scope -> regained.merge(scope, 1, Integer::sum));
      case DISABLED, REMOVED -> verified++;
      case OPEN, RESOLVED -> {}
    }
  }

  private void countUnverified(Optional<FindingState> before, FindingState now) {
    if (before.map(FindingState::status).equals(Optional.of(Status.UNVERIFIED))) {
      return;
    }
    if (now.missing().isEmpty()) {
      unsettled++;
    }
    now.missing().forEach(scope -> lost.merge(scope, 1, Integer::sum));
  }
}
