package io.github.eksidentity.core.drift;

import io.github.eksidentity.core.audit.Mute;
import io.github.eksidentity.core.facts.Scope;
import io.github.eksidentity.core.json.RecordJson;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// One change of what a store keeps, written as a whole or not at all.
public sealed interface StoreEntry {
  /// How entries, and the records in them, are written as JSON.
  RecordJson JSON = RecordJson.plain().with(Scope.class, Scope::toString, Scope::parse);

  /// Runs as they stand now, each in place of the one of its id.
  record Runs(List<Run> runs) implements StoreEntry {
    public Runs {
      runs = List.copyOf(runs);
    }
  }

  /// A finding as it stands now, and what led to it. The state before is the one that was kept.
  ///
  /// @param gone the fingerprint that it had, where it has another one now
  record Change(Optional<String> gone, FindingState state, List<Event> events)
      implements StoreEntry {
    public Change {
      events = List.copyOf(events);
    }

    static Change of(FindingUpdate update) {
      String id = update.after().id();
      return new Change(
          update.before().map(FindingState::id).filter(before -> !before.equals(id)),
          update.after(),
          update.transitions().stream().map(Event::of).toList());
    }

    /// The events with their states.
    List<Transition> transitions(Optional<FindingState> before) {
      return events.stream().map(event -> event.transition(before, state)).toList();
    }
  }

  /// A transition without its two states.
  record Event(
      RunId run,
      Instant at,
      TransitionKind kind,
      Set<Scope> scopes,
      Optional<Scope> baseline,
      boolean held) {
    public Event {
      scopes = Set.copyOf(scopes);
    }

    private static Event of(Transition transition) {
      return new Event(
          transition.run(),
          transition.at(),
          transition.kind(),
          transition.scopes(),
          transition.baseline(),
          transition.held());
    }

    private Transition transition(Optional<FindingState> before, FindingState after) {
      return new Transition(run, at, kind, before, after, scopes, baseline, held);
    }
  }

  /// Events of which the states are no longer kept elsewhere.
  record Events(List<Transition> transitions) implements StoreEntry {
    public Events {
      transitions = List.copyOf(transitions);
    }
  }

  /// The scopes of a run.
  record Scopes(RunId run, List<ScopeRecord> scopes) implements StoreEntry {
    public Scopes {
      scopes = List.copyOf(scopes);
    }
  }

  /// A mute that was added or replaced.
  record MutePut(Mute mute) implements StoreEntry {}

  /// A mute that was taken away.
  record MuteRemoved(String id) implements StoreEntry {}
}
