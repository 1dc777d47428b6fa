package io.github.eksidentity.core.rules;

import io.github.eksidentity.core.audit.AuditContext;
import io.github.eksidentity.core.facts.Role;
import java.util.List;

/// What is wrong with each way into a role. Every rule about a kind of fault asks for it.
record Diagnosis(List<OfWay> ways) {
  /// The faults of one way; none where it lets in whom it means.
  ///
  /// @param alone who gets in if its statement were the only one
  record OfWay(WayIn way, Reach alone, List<DoorFault> faults) {
    OfWay {
      faults = List.copyOf(faults);
    }

    private static OfWay of(WayIn way) {
      Reach alone = way.alone(way.statement());
      return new OfWay(way, alone, DoorFaults.of(way, alone));
    }

    <F extends DoorFault> List<F> of(Class<F> kind) {
      return faults.stream().filter(kind::isInstance).map(kind::cast).toList();
    }
  }

  Diagnosis {
    ways = List.copyOf(ways);
  }

  static Diagnosis of(Role role, AuditContext context) {
    return context
        .index()
        .once(
            Diagnosis.class,
            role,
            () -> new Diagnosis(WayIn.of(role, context).stream().map(OfWay::of).toList()));
  }
}
