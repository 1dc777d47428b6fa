package io.github.eksidentity.core.rules.loose;

import io.github.eksidentity.core.index.AdmittingStatement;
import io.github.eksidentity.core.policy.tree.Condition;
import io.github.eksidentity.core.rules.shared.VacuousConditions;
import java.util.List;
import java.util.Optional;

/// Why a statement lets in every service account of a cluster, or all but some. Exactly one of
/// these holds for an open door, so that one rule speaks of it.
enum Openness {
  /// There is no condition.
  NO_CONDITION,
  /// A condition was meant to restrict and does not.
  VACUOUS_CONDITION,
  /// No condition tests the subject.
  NO_SUBJECT,
  /// Conditions only say who does not get in.
  NEGATIVE_ONLY,
  /// A pattern covers every subject.
  ANY_SUBJECT;

  /// Why the door is open; empty for one that names whom it admits.
  static Optional<Openness> of(AdmittingStatement admitted) {
    return admitted.open() ? Optional.of(cause(admitted)) : Optional.empty();
  }

  private static Openness cause(AdmittingStatement admitted) {
    List<Condition> subject = admitted.subjectConditions();
    if (admitted.statement().conditions().isEmpty()) {
      return NO_CONDITION;
    }
    if (!VacuousConditions.in(admitted).isEmpty()) {
      return VACUOUS_CONDITION;
    }
    if (subject.isEmpty()) {
      return NO_SUBJECT;
    }
    return subject.stream().anyMatch(condition -> condition.operator().comparison().negated())
        ? NEGATIVE_ONLY
        : ANY_SUBJECT;
  }
}
