package io.github.eksidentity.core.policy.admit;

import io.github.eksidentity.core.policy.admit.TextClasses.TextClass;
import io.github.eksidentity.core.policy.evaluate.Request;
import io.github.eksidentity.core.policy.evaluate.Variables;
import io.github.eksidentity.core.policy.tree.Condition;
import io.github.eksidentity.core.policy.tree.LetterCase;
import io.github.eksidentity.core.policy.tree.Statement;
import io.github.eksidentity.core.policy.tree.Text;
import io.github.eksidentity.core.policy.tree.TrustPolicy;
import io.github.eksidentity.core.policy.tree.ValuePiece;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Every way in which a caller can stand to the patterns of two policies: the product of the
/// classes of its claims.
final class CallerClasses {
  private static final int MOST = 20_000;
  private static final int MOST_EXAMPLES = 20;
  private static final int UNITS_OF_CLASS = 500;

  /// One class of callers.
  record CallerClass(Map<Claim, BitSet> matched, Map<Claim, String> example) {}

  /// The classes, or why there are none.
  sealed interface Result {
    record Known(CallerClasses classes) implements Result {}

    record Unsettled(String reason) implements Result {}
  }

  private final Map<Claim, List<TextPattern>> patterns;
  private final List<CallerClass> all;

  private CallerClasses(Map<Claim, List<TextPattern>> patterns, List<CallerClass> all) {
    this.patterns = patterns;
    this.all = all;
  }

  static Result of(
      List<TrustPolicy> policies, CallerKind entrance, List<Request> anybody, Work work) {
    Map<Claim, Set<TextPattern>> patterns = new EnumMap<>(Claim.class);
    entrance
        .claims()
        .forEach(
            (claim, values) -> {
              Set<TextPattern> fixed = new LinkedHashSet<>();
              values.forEach(value -> fixed.add(TextPattern.literal(value)));
              patterns.put(claim, fixed);
            });
    for (TrustPolicy policy : policies) {
      for (Statement statement : policy.statements()) {
        for (Condition condition : statement.conditions()) {
          Optional<String> unsettled = collect(policy, condition, entrance, anybody, patterns);
          if (unsettled.isPresent()) {
            return new Result.Unsettled(unsettled.get());
          }
        }
      }
    }
    return product(patterns, work);
  }

  private static Optional<String> collect(
      TrustPolicy policy,
      Condition condition,
      CallerKind entrance,
      List<Request> anybody,
      Map<Claim, Set<TextPattern>> patterns) {
    if (policy.resolvesVariables() && namesClaim(condition, entrance)) {
      return Optional.of(
          "the condition on " + condition.key() + " compares with what the caller carries");
    }
    CallerKind.Carrier carrier = entrance.carriers().get(LetterCase.foldAscii(condition.key()));
    if (carrier == null) {
      return Optional.empty();
    }
    ConditionPatterns found = ConditionPatterns.of(condition, policy.resolvesVariables(), anybody);
    if (found.unsettled() && carrier.mayBeTyped()) {
      Optional<Set<TextPattern>> numbers = carrier.numbers(condition);
      if (numbers.isEmpty()) {
        return Optional.of(
            "the condition on "
                + condition.key()
                + " compares what the caller carries by "
                + condition.operator().text()
                + ", which is not compared");
      }
      found = new ConditionPatterns(numbers.get(), false);
    }
    Set<TextPattern> texts =
        carrier.claim().hasCapitals() ? found.patterns() : found.inSmallLetters();
    Set<TextPattern> all = patterns.computeIfAbsent(carrier.claim(), _ -> new LinkedHashSet<>());
    texts.forEach(pattern -> all.add(carrier.around(pattern)));
    return Optional.empty();
  }

  private static boolean namesClaim(Condition condition, CallerKind entrance) {
    return condition.values().stream()
        .map(Text::value)
        .filter(ValuePiece::hasVariable)
        .flatMap(value -> Variables.keys(value).stream())
        .anyMatch(key -> entrance.carriers().containsKey(LetterCase.foldAscii(key)));
  }

  private static Result product(Map<Claim, Set<TextPattern>> patterns, Work work) {
    Map<Claim, List<TextPattern>> lists = new EnumMap<>(Claim.class);
    List<CallerClass> product = List.of(new CallerClass(Map.of(), Map.of()));
    for (Map.Entry<Claim, Set<TextPattern>> entry : patterns.entrySet()) {
      Claim claim = entry.getKey();
      List<TextPattern> list = List.copyOf(entry.getValue());
      lists.put(claim, list);
      Optional<List<TextClass>> classes =
          TextClasses.of(claim.grammar(), list, examples(claim, list), work);
      long size = classes.map(found -> (long) found.size()).orElse(0L) * product.size();
      if (classes.isEmpty() || size > MOST || !work.spend(size * UNITS_OF_CLASS)) {
        return new Result.Unsettled("the policies' patterns overlap in too many ways");
      }
      product = times(product, claim, classes.get());
    }
    return new Result.Known(new CallerClasses(lists, product));
  }

  private static List<String> examples(Claim claim, List<TextPattern> patterns) {
    Stream<String> filled =
        switch (claim) {
          case SUBJECT ->
              patterns.stream()
                  .flatMap(one -> ExampleSubjects.fill(one.toString()).limit(MOST_EXAMPLES));
          case AUDIENCE, CLUSTER, NAMESPACE, SERVICE_ACCOUNT, SESSION_TAGS -> Stream.empty();
        };
    return Stream.concat(claim.examples().stream(), filled).toList();
  }

  private static List<CallerClass> times(
      List<CallerClass> product, Claim claim, List<TextClass> classes) {
    List<CallerClass> result = new ArrayList<>();
    for (CallerClass one : product) {
      for (TextClass other : classes) {
        Map<Claim, BitSet> matched = new EnumMap<>(Claim.class);
        matched.putAll(one.matched());
        matched.put(claim, other.matched());
        Map<Claim, String> example = new EnumMap<>(Claim.class);
        example.putAll(one.example());
        example.put(claim, other.example());
        result.add(new CallerClass(matched, example));
      }
    }
    return result;
  }

  List<CallerClass> all() {
    return all;
  }

  /// How many patterns there are about all claims.
  int patternCount() {
    return patterns.values().stream().mapToInt(List::size).sum();
  }

  /// The patterns about a claim, by the indexes that classes use.
  List<TextPattern> patterns(Claim claim) {
    return patterns.getOrDefault(claim, List.of());
  }
}
