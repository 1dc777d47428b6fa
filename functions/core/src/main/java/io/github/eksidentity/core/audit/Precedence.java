package io.github.eksidentity.core.audit;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// One cause gives one finding: a rule stays silent about what a more specific rule says of the
/// same statement of the same
/// resource, or of the resource as a whole.
final class Precedence {
  private Precedence() {}

  /// The judgements with every violation reduced to the evidence on which no more specific rule
  /// speaks; a violation that loses all of
  /// its evidence becomes Satisfied.
  static List<Judgement> apply(List<Judgement> judgements) {
    Map<String, Map<String, Set<Optional<Integer>>>> spoken = spokenStatements(judgements);
    return judgements.stream()
        .map(
            judgement ->
                reduce(judgement, spoken.getOrDefault(judgement.resource().key(), Map.of())))
        .toList();
  }

  /// By resource and rule, the statements that the rule has evidence on; an empty statement stands
  /// for the resource as a whole.
  private static Map<String, Map<String, Set<Optional<Integer>>>> spokenStatements(
      List<Judgement> judgements) {
    Map<String, Map<String, Set<Optional<Integer>>>> spoken = new HashMap<>();
    for (Judgement judgement : judgements) {
      if (judgement.verdict() instanceof Verdict.Violated violated) {
        Set<Optional<Integer>> statements = new HashSet<>();
        violated.evidence().forEach(evidence -> statements.add(evidence.statement()));
        spoken
            .computeIfAbsent(judgement.resource().key(), _ -> new HashMap<>())
            .put(judgement.rule().id(), statements);
      }
    }
    return spoken;
  }

  private static Judgement reduce(
      Judgement judgement, Map<String, Set<Optional<Integer>>> spokenHere) {
    if (!(judgement.verdict() instanceof Verdict.Violated violated)) {
      return judgement;
    }
    Set<Optional<Integer>> taken = new HashSet<>();
    for (String rule : judgement.rule().metadata().yieldsTo()) {
      taken.addAll(spokenHere.getOrDefault(rule, Set.of()));
    }
    if (taken.isEmpty()) {
      return judgement;
    }
    List<Evidence> remaining =
        violated.evidence().stream()
            .filter(evidence -> evidence.statement().isPresent())
            .filter(evidence -> !taken.contains(evidence.statement()))
            .filter(_ -> !taken.contains(Optional.<Integer>empty()))
            .toList();
    Verdict verdict = remaining.isEmpty() ? Verdict.satisfied() : violated.withEvidence(remaining);
    return new Judgement(judgement.rule(), judgement.resource(), verdict);
  }
}
