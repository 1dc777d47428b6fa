package io.github.eksidentity.core.audit;

import io.github.eksidentity.core.facts.Scope;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// One cause gives one finding: a rule stays silent about what a more specific rule says of the
/// same statement of the same resource, of the resource as a whole, or of another resource that
/// takes part.
final class Precedence {
  /// A cause that shuts many out names no more of them than anybody reads.
  private static final int MOST_NAMED = 20;

  private Precedence() {}

  /// The judgements with every violation reduced to the evidence on which no more specific rule
  /// speaks; a violation that loses all of its evidence becomes Satisfied, and what it observed is
  /// evidence of the finding that speaks instead where that one is about another resource.
  ///
  /// @param failed whether reading a scope was tried and did not fully succeed
  static List<RuleVerdict> apply(List<RuleVerdict> judgements, Predicate<Scope> failed) {
    Map<String, Map<String, Set<Optional<Integer>>>> spoken = spokenStatements(judgements);
    return acrossResources(
        judgements.stream()
            .map(
                judgement ->
                    judgement.verdict() instanceof Verdict.Violated violated
                        ? reduce(judgement, violated, spoken)
                        : judgement)
            .toList(),
        failed);
  }

  /// By resource and rule, the statements that the rule has evidence on; an empty statement stands
  /// for the resource as a whole.
  private static Map<String, Map<String, Set<Optional<Integer>>>> spokenStatements(
      List<RuleVerdict> judgements) {
    Map<String, Map<String, Set<Optional<Integer>>>> spoken = new HashMap<>();
    for (RuleVerdict judgement : judgements) {
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

  private static RuleVerdict reduce(
      RuleVerdict judgement,
      Verdict.Violated violated,
      Map<String, Map<String, Set<Optional<Integer>>>> spoken) {
    Map<String, Set<Optional<Integer>>> spokenHere =
        spoken.getOrDefault(judgement.resource().key(), Map.of());
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
    return remaining.isEmpty()
        ? silent(judgement)
        : new RuleVerdict(judgement.rule(), judgement.resource(), violated.withEvidence(remaining));
  }

  private static RuleVerdict silent(RuleVerdict judgement) {
    return new RuleVerdict(judgement.rule(), judgement.resource(), Verdict.satisfied());
  }

  /// One rule at one resource.
  private record Voice(String rule, String key) {
    static Voice of(RuleVerdict judgement) {
      return new Voice(judgement.rule().id(), judgement.resource().key());
    }
  }

  private static List<RuleVerdict> acrossResources(
      List<RuleVerdict> judgements, Predicate<Scope> failed) {
    Set<Voice> speaking = new HashSet<>();
    Map<Voice, Verdict.Undecided> unheard = new HashMap<>();
    for (RuleVerdict judgement : judgements) {
      switch (judgement.verdict()) {
        case Verdict.Violated _ -> speaking.add(Voice.of(judgement));
        case Verdict.Undecided undecided -> {
          if (undecided.missing().stream().anyMatch(failed)) {
            unheard.put(Voice.of(judgement), undecided);
          }
        }
        case Verdict.Satisfied _ -> {}
      }
    }
    Set<Voice> yielding = new HashSet<>();
    judgements.stream()
        .filter(judgement -> !concerned(judgement, speaking).isEmpty())
        .forEach(judgement -> yielding.add(Voice.of(judgement)));
    Map<Voice, SortedSet<Evidence>> passedOn = passedOn(judgements, speaking, yielding);
    return judgements.stream()
        .map(
            judgement ->
                judgement.verdict() instanceof Verdict.Violated violated
                    ? settled(judgement, violated, yielding, passedOn, unheard)
                    : judgement)
        .toList();
  }

  private static RuleVerdict settled(
      RuleVerdict judgement,
      Verdict.Violated violated,
      Set<Voice> yielding,
      Map<Voice, SortedSet<Evidence>> passedOn,
      Map<Voice, Verdict.Undecided> unheard) {
    Voice voice = Voice.of(judgement);
    return yielding.contains(voice)
        ? silent(judgement)
        : waiting(joined(judgement, violated, passedOn.get(voice)), unheard);
  }

  /// The more specific findings about other resources to which a violation gives way, the rule that
  /// its own names first standing first.
  private static List<Voice> concerned(RuleVerdict judgement, Set<Voice> speaking) {
    if (!(judgement.verdict() instanceof Verdict.Violated violated)) {
      return List.of();
    }
    Set<Voice> found = new LinkedHashSet<>();
    for (String rule : judgement.rule().metadata().yieldsTo()) {
      for (String key : violated.concerns().keySet()) {
        Voice voice = new Voice(rule, key);
        if (speaking.contains(voice)) {
          found.add(voice);
        }
      }
    }
    return List.copyOf(found);
  }

  /// Where a more specific rule might speak of another resource, had it been read, nothing is said:
  /// a failed reading must not bring a finding up.
  private static RuleVerdict waiting(RuleVerdict judgement, Map<Voice, Verdict.Undecided> unheard) {
    return concerned(judgement, unheard.keySet()).stream()
        .map(unheard::get)
        .findFirst()
        .map(
            undecided ->
                new RuleVerdict(judgement.rule(), judgement.resource(), (Verdict) undecided))
        .orElse(judgement);
  }

  private static Map<Voice, SortedSet<Evidence>> passedOn(
      List<RuleVerdict> judgements, Set<Voice> speaking, Set<Voice> yielding) {
    Map<Voice, SortedSet<Evidence>> passedOn = new HashMap<>();
    for (RuleVerdict judgement : judgements) {
      if (judgement.verdict() instanceof Verdict.Violated violated) {
        concerned(judgement, speaking).stream()
            .filter(voice -> !yielding.contains(voice))
            .findFirst()
            .ifPresent(
                voice ->
                    passedOn
                        .computeIfAbsent(voice, _ -> new TreeSet<>(Evidence.BY_SUMMARY))
                        .add(violated.concerns().get(voice.key())));
      }
    }
    return passedOn;
  }

  private static RuleVerdict joined(
      RuleVerdict judgement, Verdict.Violated violated, @Nullable SortedSet<Evidence> more) {
    if (more == null) {
      return judgement;
    }
    List<Evidence> evidence = new ArrayList<>(violated.evidence());
    more.stream()
        .filter(one -> !violated.evidence().contains(one))
        .limit(MOST_NAMED)
        .forEach(evidence::add);
    if (more.size() > MOST_NAMED) {
      evidence.add(Evidence.of("further ones are shut out by the same cause"));
    }
    return new RuleVerdict(judgement.rule(), judgement.resource(), violated.withEvidence(evidence));
  }
}
