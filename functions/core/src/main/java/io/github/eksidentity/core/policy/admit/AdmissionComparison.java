package io.github.eksidentity.core.policy.admit;

import io.github.eksidentity.core.policy.admit.AdmissionChange.Undetermined;
import io.github.eksidentity.core.policy.admit.CallerClasses.CallerClass;
import io.github.eksidentity.core.policy.evaluate.Decision;
import io.github.eksidentity.core.policy.evaluate.PrincipalEvaluation;
import io.github.eksidentity.core.policy.evaluate.Request;
import io.github.eksidentity.core.policy.evaluate.TrustEvaluator;
import io.github.eksidentity.core.policy.tree.TrustPolicy;
import io.github.eksidentity.core.policy.tree.Truth;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Compares two policies at one entrance.
final class AdmissionComparison {
  /// What becomes of a caller at one moment.
  private enum Outcome {
    SAME,
    GAINS,
    LOSES
  }

  private final CallerKind entrance;
  private final TrustPolicy before;
  private final TrustPolicy after;
  private final Moments moments;
  private final Map<List<String>, Set<CallerClass>> gained = new LinkedHashMap<>();
  private final Map<List<String>, Set<CallerClass>> lost = new LinkedHashMap<>();
  private final Map<String, Undetermined> undetermined = new LinkedHashMap<>();

  private AdmissionComparison(
      CallerKind entrance, TrustPolicy before, TrustPolicy after, Moments moments) {
    this.entrance = entrance;
    this.before = before;
    this.after = after;
    this.moments = moments;
  }

  static AdmissionChange of(TrustPolicy before, TrustPolicy after, CallerKind entrance) {
    Request anybody = anybody(entrance);
    TrustPolicy old = concerned(before, anybody);
    TrustPolicy current = concerned(after, anybody);
    if (old.version().equals(current.version()) && StatementText.same(old, current)) {
      return AdmissionChange.NOTHING;
    }
    Optional<Moments> moments = Moments.of(old, current, anybody);
    if (moments.isEmpty()) {
      return AdmissionChange.unknown("too many conditions hang on the moment of the call");
    }
    return switch (CallerClasses.of(List.of(old, current), entrance, anybody)) {
      case CallerClasses.Result.Unsettled(String reason) -> AdmissionChange.unknown(reason);
      case CallerClasses.Result.Known(CallerClasses classes) ->
          new AdmissionComparison(entrance, old, current, moments.get()).compare(classes);
    };
  }

  private static Request anybody(CallerKind entrance) {
    return entrance
        .requests(
            entrance.claims().keySet().stream().collect(Collectors.toMap(claim -> claim, _ -> "")))
        .getFirst();
  }

  /// Only the statements that may be about those who come this way.
  private static TrustPolicy concerned(TrustPolicy policy, Request anybody) {
    return new TrustPolicy(
        policy.source(),
        policy.version(),
        policy.statements().stream()
            .filter(
                statement ->
                    PrincipalEvaluation.evaluate(
                                statement.principals(), statement.effect(), anybody)
                            .truth()
                        != Truth.FALSE)
            .toList());
  }

  private AdmissionChange compare(CallerClasses classes) {
    List<TrustPolicy> old = new ArrayList<>();
    List<TrustPolicy> current = new ArrayList<>();
    for (int moment = 0; moment < moments.count(); moment++) {
      old.add(moments.at(moment, before));
      current.add(moments.at(moment, after));
    }
    for (CallerClass each : classes.all()) {
      judge(each, old, current);
    }
    return new AdmissionChange(
        describe(classes, gained), describe(classes, lost), List.copyOf(undetermined.values()));
  }

  private void judge(CallerClass each, List<TrustPolicy> old, List<TrustPolicy> current) {
    List<Request> requests = entrance.requests(each.example());
    List<Outcome> outcomes = new ArrayList<>();
    for (int moment = 0; moment < old.size(); moment++) {
      Decision then = decide(old.get(moment), requests);
      Decision now = decide(current.get(moment), requests);
      outcomes.add(outcome(each, then, now));
    }
    List<String> conditions = moments.decisive(outcomes);
    if (outcomes.contains(Outcome.GAINS)) {
      gained.computeIfAbsent(conditions, _ -> new LinkedHashSet<>()).add(each);
    }
    if (outcomes.contains(Outcome.LOSES)) {
      lost.computeIfAbsent(conditions, _ -> new LinkedHashSet<>()).add(each);
    }
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
    List<Decision> decisions =
        requests.stream().map(request -> TrustEvaluator.withoutTrace(policy, request)).toList();
    return decisions.stream()
        .filter(Decision.Denied.class::isInstance)
        .findFirst()
        .or(() -> decisions.stream().filter(Decision.Unknown.class::isInstance).findFirst())
        .orElseGet(decisions::getFirst);
  }

  private static List<Callers> describe(
      CallerClasses classes, Map<List<String>, Set<CallerClass>> groups) {
    return groups.entrySet().stream()
        .flatMap(group -> CallerRegion.describe(classes, group.getValue(), group.getKey()).stream())
        .toList();
  }
}
