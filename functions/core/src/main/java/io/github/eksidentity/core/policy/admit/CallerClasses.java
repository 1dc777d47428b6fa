package io.github.eksidentity.core.policy.admit;

import io.github.eksidentity.core.policy.admit.TextClasses.TextClass;
import io.github.eksidentity.core.policy.evaluate.Request;
import io.github.eksidentity.core.policy.evaluate.Variables;
import io.github.eksidentity.core.policy.tree.Condition;
import io.github.eksidentity.core.policy.tree.Glob;
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
  private static final int MOST = 4_000;
  private static final int MOST_EXAMPLES = 20;

  /// One class of callers.
  record CallerClass(Map<Claim, BitSet> matched, Map<Claim, String> example) {}

  /// The classes, or why there are none.
  sealed interface Result {
    record Known(CallerClasses classes) implements Result {}

    record Unsettled(String reason) implements Result {}
  }

  private final Map<Claim, List<Glob>> globs;
  private final List<CallerClass> all;

  private CallerClasses(Map<Claim, List<Glob>> globs, List<CallerClass> all) {
    this.globs = globs;
    this.all = all;
  }

  static Result of(List<TrustPolicy> policies, CallerKind entrance, Request anybody) {
    Map<Claim, Set<Glob>> globs = new EnumMap<>(Claim.class);
    entrance
        .claims()
        .forEach(
            (claim, values) -> {
              globs.put(claim, new LinkedHashSet<>());
              values.forEach(value -> globs.get(claim).add(Glob.literal(value)));
            });
    for (TrustPolicy policy : policies) {
      Optional<String> unsettled = collect(policy, entrance, anybody, globs);
      if (unsettled.isPresent()) {
        return new Result.Unsettled(unsettled.get());
      }
    }
    return product(globs);
  }

  private static Optional<String> collect(
      TrustPolicy policy, CallerKind entrance, Request anybody, Map<Claim, Set<Glob>> globs) {
    for (Statement statement : policy.statements()) {
      for (Condition condition : statement.conditions()) {
        Optional<CallerKind.Carrier> carrier =
            Optional.ofNullable(entrance.carriers().get(LetterCase.foldAscii(condition.key())));
        for (Text value : condition.values()) {
          boolean variables = policy.resolvesVariables() && ValuePiece.hasVariable(value.value());
          if (variables && namesClaim(value.value(), entrance)) {
            return Optional.of(
                "the condition on " + condition.key() + " compares with what the caller carries");
          }
          carrier.ifPresent(
              found -> add(globs, found, condition, value.value(), variables, anybody));
        }
      }
    }
    return Optional.empty();
  }

  private static boolean namesClaim(String value, CallerKind entrance) {
    return Variables.keys(value).stream()
        .anyMatch(key -> entrance.carriers().containsKey(LetterCase.foldAscii(key)));
  }

  private static void add(
      Map<Claim, Set<Glob>> globs,
      CallerKind.Carrier carrier,
      Condition condition,
      String value,
      boolean variables,
      Request anybody) {
    Set<Glob> found = new LinkedHashSet<>();
    Admission.addPatterns(found, condition.operator().comparison(), value, variables, anybody);
    for (Glob glob : found) {
      // A star that is compared as it is cannot be told from a wildcard where it is shown, and no
      // caller carries one.
      if (!glob.isLiteral() || !Glob.hasWildcard(glob.toString())) {
        globs
            .getOrDefault(carrier.claim(), Set.of())
            .add(Glob.join(List.of(Glob.of(carrier.before()), glob, Glob.of(carrier.after()))));
      }
    }
  }

  private static Result product(Map<Claim, Set<Glob>> patterns) {
    Map<Claim, List<Glob>> globs = new EnumMap<>(Claim.class);
    List<CallerClass> product = List.of(new CallerClass(Map.of(), Map.of()));
    for (Map.Entry<Claim, Set<Glob>> entry : patterns.entrySet()) {
      Claim claim = entry.getKey();
      List<Glob> list = List.copyOf(entry.getValue());
      globs.put(claim, list);
      Optional<List<TextClass>> classes =
          TextClasses.of(claim.grammar(), list, examples(claim, list));
      if (classes.isEmpty() || (long) product.size() * classes.get().size() > MOST) {
        return new Result.Unsettled("the policies' patterns overlap in too many ways");
      }
      product = times(product, claim, classes.get());
    }
    return new Result.Known(new CallerClasses(globs, product));
  }

  private static List<String> examples(Claim claim, List<Glob> globs) {
    Stream<String> filled =
        switch (claim) {
          case SUBJECT ->
              globs.stream()
                  .flatMap(glob -> ExampleSubjects.fill(glob.toString()).limit(MOST_EXAMPLES));
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

  public List<CallerClass> all() {
    return all;
  }

  /// The patterns about a claim, by the indexes that classes use.
  List<Glob> globs(Claim claim) {
    return globs.getOrDefault(claim, List.of());
  }
}
