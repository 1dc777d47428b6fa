package io.github.eksidentity.core.policy.admit;

import io.github.eksidentity.core.policy.admit.AdmissionChange.Undetermined;
import io.github.eksidentity.core.policy.admit.CallerClasses.CallerClass;
import io.github.eksidentity.core.policy.evaluate.Decision;
import io.github.eksidentity.core.policy.evaluate.PrincipalEvaluation;
import io.github.eksidentity.core.policy.evaluate.Request;
import io.github.eksidentity.core.policy.evaluate.TrustEvaluator;
import io.github.eksidentity.core.policy.tree.KeyNames;
import io.github.eksidentity.core.policy.tree.TrustPolicy;
import io.github.eksidentity.core.policy.tree.Truth;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/// Compares two policies at one entrance.
final class AdmissionComparison {
  /// What becomes of a caller at one moment.
  private enum Outcome {
    SAME,
    GAINS,
    LOSES
  }

  /// What of a request decides how moments change a policy.
  private record Sight(Set<String> keys, KeyNames undetermined) {}

  private final CallerKind entrance;
  private final TrustPolicy before;
  private final TrustPolicy after;
  private final Moments moments;
  private final Work work;
  private final Map<Sight, List<TrustPolicy>> old = new HashMap<>();
  private final Map<Sight, List<TrustPolicy>> current = new HashMap<>();
  private final Map<List<Outcome>, List<String>> decisive = new HashMap<>();
  private final Map<List<String>, Set<CallerClass>> gained = new LinkedHashMap<>();
  private final Map<List<String>, Set<CallerClass>> lost = new LinkedHashMap<>();
  private final Map<String, Undetermined> undetermined = new LinkedHashMap<>();

  private AdmissionComparison(
      CallerKind entrance, TrustPolicy before, TrustPolicy after, Moments moments, Work work) {
    this.entrance = entrance;
    this.before = before;
    this.after = after;
    this.moments = moments;
    this.work = work;
  }

  static AdmissionChange of(TrustPolicy before, TrustPolicy after, CallerKind entrance, Work work) {
    List<Request> anybody = anybody(entrance);
    TrustPolicy old = concerned(before, anybody.getFirst());
    TrustPolicy current = concerned(after, anybody.getFirst());
    if (old.version().equals(current.version()) && StatementText.same(old, current)) {
      return AdmissionChange.NOTHING;
    }
    Optional<Moments> moments = Moments.of(List.of(old, current), anybody, work);
    if (moments.isEmpty()) {
      return AdmissionChange.unknown("too many conditions hang on the moment of the call");
    }
    return switch (CallerClasses.of(List.of(old, current), entrance, anybody, work)) {
      case CallerClasses.Result.Unsettled(String reason) -> AdmissionChange.unknown(reason);
      case CallerClasses.Result.Known(CallerClasses classes) ->
          new AdmissionComparison(entrance, old, current, moments.get(), work).compare(classes);
    };
  }

  /// Requests of callers that differ only in what stands for itself.
  private static List<Request> anybody(CallerKind entrance) {
    List<Map<Claim, String>> callers = List.of(Map.of());
    for (Map.Entry<Claim, List<String>> claim : entrance.claims().entrySet()) {
      List<String> values = claim.getKey() == Claim.SESSION_TAGS ? claim.getValue() : List.of("");
      List<Map<Claim, String>> more = new ArrayList<>();
      for (Map<Claim, String> caller : callers) {
        for (String value : values) {
          Map<Claim, String> one = new HashMap<>(caller);
          one.put(claim.getKey(), value);
          more.add(one);
        }
      }
      callers = more;
    }
    return callers.stream().map(caller -> entrance.requests(caller).getFirst()).toList();
  }

  /// Only the statements that may be about those who come this way.
  private static TrustPolicy concerned(TrustPolicy policy, Request anybody) {
    return policy.with(
        policy.statements().stream()
            .filter(
                statement ->
                    PrincipalEvaluation.evaluate(
                                statement.principals(), statement.effect(), anybody)
                            .truth()
                        != Truth.NO)
            .toList());
  }

  private AdmissionChange compare(CallerClasses classes) {
    long decisions = 2L * moments.count() * classes.all().size();
    long each = EvaluationCost.of(before) + EvaluationCost.of(after);
    if (!work.spend(decisions * each)) {
      return AdmissionChange.unknown("the policies' patterns overlap in too many ways");
    }
    classes.all().forEach(this::judge);
    return new AdmissionChange(
        describe(classes, gained, true),
        describe(classes, lost, false),
        List.copyOf(undetermined.values()));
  }

  private void judge(CallerClass each) {
    List<Request> requests = entrance.requests(each.example());
    Sight sight =
        new Sight(requests.getFirst().context().keySet(), requests.getFirst().undetermined());
    List<TrustPolicy> then = old.computeIfAbsent(sight, _ -> atAll(before, requests));
    List<TrustPolicy> now = current.computeIfAbsent(sight, _ -> atAll(after, requests));
    List<Outcome> outcomes = new ArrayList<>();
    for (int moment = 0; moment < moments.count(); moment++) {
      outcomes.add(
          outcome(each, decide(then.get(moment), requests), decide(now.get(moment), requests)));
    }
    if (outcomes.contains(Outcome.GAINS)) {
      gained.computeIfAbsent(conditions(outcomes), _ -> new LinkedHashSet<>()).add(each);
    }
    if (outcomes.contains(Outcome.LOSES)) {
      lost.computeIfAbsent(conditions(outcomes), _ -> new LinkedHashSet<>()).add(each);
    }
  }

  private List<TrustPolicy> atAll(TrustPolicy policy, List<Request> requests) {
    return IntStream.range(0, moments.count())
        .mapToObj(moment -> moments.at(moment, policy, requests.getFirst()))
        .toList();
  }

  private List<String> conditions(List<Outcome> outcomes) {
    return decisive.computeIfAbsent(outcomes, moments::decisive);
  }

  private Outcome outcome(CallerClass each, Decision then, Decision now) {
    if (now instanceof Decision.Unknown unknown) {
      unknown(each, "the new policy: " + unknown.reason(), !(then instanceof Decision.Allowed));
      return Outcome.SAME;
    }
    if (then instanceof Decision.Unknown unknown) {
      unknown(each, "the old policy: " + unknown.reason(), now instanceof Decision.Allowed);
      return Outcome.SAME;
    }
    boolean wasIn = then instanceof Decision.Allowed;
    boolean isIn = now instanceof Decision.Allowed;
    return wasIn == isIn ? Outcome.SAME : isIn ? Outcome.GAINS : Outcome.LOSES;
  }

  private void unknown(CallerClass each, String reason, boolean mayGain) {
    undetermined.merge(
        reason,
        new Undetermined(reason, Optional.of(each.example()), mayGain),
        (one, other) -> one.mayGain() ? one : other);
  }

  /// Denied if one request is, else unknown if one is.
  private static Decision decide(TrustPolicy policy, List<Request> requests) {
    return Decision.together(
        requests.stream().map(request -> TrustEvaluator.withoutTrace(policy, request)).toList());
  }

  private List<Callers> describe(
      CallerClasses classes, Map<List<String>, Set<CallerClass>> groups, boolean gains) {
    List<Callers> described = new ArrayList<>();
    groups.forEach(
        (conditions, group) -> {
          CallerRegion.Described found = CallerRegion.describe(classes, group, conditions, work);
          described.addAll(found.callers());
          if (!found.complete()) {
            tooMany(group.iterator().next(), gains);
          }
        });
    return described;
  }

  private void tooMany(CallerClass example, boolean gains) {
    unknown(
        example,
        "more callers "
            + (gains ? "gain" : "lose")
            + " access than can be described, this one among them",
        gains);
  }
}
