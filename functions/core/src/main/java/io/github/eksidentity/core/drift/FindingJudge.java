package io.github.eksidentity.core.drift;

import io.github.eksidentity.core.audit.Assessment;
import io.github.eksidentity.core.audit.Assessment.NotJudged;
import io.github.eksidentity.core.audit.Finding;
import io.github.eksidentity.core.drift.ScopeReading.Standing;
import io.github.eksidentity.core.facts.Arn;
import io.github.eksidentity.core.facts.Scope;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/// What a run says of a finding that was known before.
final class FindingJudge {
  private final ScopeReading reading;
  private final Assessment assessment;
  private final Map<String, Finding> violated = new HashMap<>();

  /// By the fingerprint that a finding there would have.
  private final Map<String, List<NotJudged>> atResources = new HashMap<>();

  /// By rule, where it is not known what there is to judge.
  private final Map<String, List<Scope>> atScopes = new HashMap<>();

  FindingJudge(Assessment assessment) {
    this.assessment = assessment;
    this.reading = new ScopeReading(assessment);
    assessment.findings().forEach(finding -> violated.put(finding.id(), finding));
    assessment.undecided().forEach(this::remember);
  }

  private void remember(NotJudged entry) {
    Scope.parse(entry.resource())
        .ifPresentOrElse(
            scope -> atScopes.computeIfAbsent(entry.rule(), _ -> new ArrayList<>()).add(scope),
            () ->
                atResources.computeIfAbsent(fingerprint(entry), _ -> new ArrayList<>()).add(entry));
  }

  private String fingerprint(NotJudged entry) {
    return Finding.fingerprint(entry.rule(), assessment.account().id(), entry.resource());
  }

  /// What a run says.
  sealed interface Saying {
    /// Still broken.
    record Broken(Finding finding) implements Saying {}

    /// No longer broken, and everything needed was read.
    record Gone(Resolution reason) implements Saying {}

    /// It could not be said.
    ///
    /// @param lost scopes whose reading failed; empty where the facts did not settle it
    record Unknown(Set<Scope> lost) implements Saying {}

    /// The run did not look, by choice.
    record Silent() implements Saying {}
  }

  Saying of(Finding known) {
    Optional<Finding> now = Optional.ofNullable(violated.get(known.id()));
    if (now.isPresent()) {
      return new Saying.Broken(now.get());
    }
    boolean present = assessment.seen().has(known);
    boolean clusterGone =
        known.cluster().map(name -> reading.isGone(known.region(), name)).orElse(false);
    if (clusterGone && !present && !isOfIam(known)) {
      return new Saying.Gone(Resolution.SUBJECT_GONE);
    }
    Set<Scope> open = open(known, present);
    Set<Scope> lost = lost(open);
    if (!present) {
      lost.addAll(disabledRegions(known));
    }
    boolean unsettled = judgedHere(known).anyMatch(entry -> entry.verdict().missing().isEmpty());
    if (!lost.isEmpty() || unsettled) {
      return new Saying.Unknown(lost);
    }
    if (skipped(known, present)) {
      return new Saying.Silent();
    }
    return new Saying.Gone(present && !clusterGone ? Resolution.FIXED : Resolution.SUBJECT_GONE);
  }

  /// A role or provider can outlive the cluster that its finding concerns.
  private static boolean isOfIam(Finding known) {
    return Arn.parse(known.resource()).map(arn -> arn.service().equals("iam")).orElse(false);
  }

  /// The scopes that must be read before the finding may be called gone: those that it needed when
  /// it was seen, those that its rule lacks at its resource now and, where its resource was not
  /// found, those that might hold it.
  private Set<Scope> open(Finding known, boolean present) {
    Set<Scope> scopes = new TreeSet<>(known.scopes());
    judgedHere(known).forEach(entry -> scopes.addAll(entry.verdict().missing()));
    if (!present) {
      hidingPlaces(known).forEach(scopes::add);
    }
    return scopes;
  }

  /// A region that was switched off keeps what is in it, and nobody can look.
  private Set<Scope> disabledRegions(Finding known) {
    Set<Scope> disabled = new TreeSet<>();
    for (Scope scope : known.scopes()) {
      scope
          .region()
          .map(Scope::region)
          .filter(region -> reading.of(region) instanceof Standing.Absent)
          .ifPresent(disabled::add);
    }
    return disabled;
  }

  private Stream<NotJudged> judgedHere(Finding known) {
    return atResources.getOrDefault(known.id(), List.of()).stream();
  }

  /// Scopes that were not completely read and list what the rule is about.
  private Stream<Scope> hidingPlaces(Finding known) {
    return atScopes.getOrDefault(known.rule(), List.of()).stream()
        .filter(scope -> scope.region().map(region -> region.equals(known.region())).orElse(true))
        .filter(scope -> scope.cluster().isEmpty() || scope.cluster().equals(known.cluster()));
  }

  private Set<Scope> lost(Set<Scope> open) {
    Set<Scope> lost = new HashSet<>();
    for (Scope scope : open) {
      if (reading.of(scope) instanceof Standing.Lost(Scope cause)) {
        lost.add(cause);
      }
    }
    return lost;
  }

  /// Whether the run left out something without which it cannot say. What a rule needed once and no
  /// longer needs at a resource that is there does not count, nor does what hangs on a cluster and
  /// does not list the resource. What is read on request counts always.
  private boolean skipped(Finding known, boolean present) {
    Set<Scope> deciding = new HashSet<>();
    judgedHere(known).forEach(entry -> deciding.addAll(entry.verdict().missing()));
    if (!present) {
      hidingPlaces(known).forEach(deciding::add);
      known.scopes().stream()
          .filter(scope -> scope.cluster().isEmpty() || !assessment.coverage().containsKey(scope))
          .forEach(deciding::add);
    }
    known.scopes().stream().filter(scope -> scope.kind().onRequest()).forEach(deciding::add);
    return assessment.notAsked().contains(known.rule())
        || deciding.stream().anyMatch(scope -> reading.of(scope) instanceof Standing.Skipped);
  }
}
