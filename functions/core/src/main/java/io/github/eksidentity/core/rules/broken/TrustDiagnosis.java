package io.github.eksidentity.core.rules.broken;

import io.github.eksidentity.core.audit.AuditContext;
import io.github.eksidentity.core.facts.Role;
import java.util.List;

/// What is wrong with each way into a role. Every rule about a kind of fault asks for it.
record TrustDiagnosis(List<OfWay> ways) {
  /// The faults of one way; none where it lets in whom it means.
  ///
  /// @param alone who gets in if its statement were the only one
  record OfWay(PodStatement way, SubjectsByAudience alone, List<StatementFault> faults) {
    OfWay {
      faults = List.copyOf(faults);
    }

    private static OfWay of(PodStatement way) {
      SubjectsByAudience alone = way.alone(way.statement());
      return new OfWay(way, alone, StatementFaults.of(way, alone));
    }

    <F extends StatementFault> List<F> of(Class<F> kind) {
      return faults.stream().filter(kind::isInstance).map(kind::cast).toList();
    }
  }

  TrustDiagnosis {
    ways = List.copyOf(ways);
  }

  static TrustDiagnosis of(Role role, AuditContext context) {
    return context
        .index()
        .once(
            TrustDiagnosis.class,
            role,
            () ->
                new TrustDiagnosis(
                    PodStatement.of(role, context).stream().map(OfWay::of).toList()));
  }
}
