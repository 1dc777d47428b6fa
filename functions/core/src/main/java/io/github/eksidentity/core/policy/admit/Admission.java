package io.github.eksidentity.core.policy.admit;

import io.github.eksidentity.core.policy.admit.TextClasses.TextClass;
import io.github.eksidentity.core.policy.evaluate.Decision;
import io.github.eksidentity.core.policy.evaluate.Request;
import io.github.eksidentity.core.policy.evaluate.TrustEvaluator;
import io.github.eksidentity.core.policy.evaluate.Variables;
import io.github.eksidentity.core.policy.tree.Condition;
import io.github.eksidentity.core.policy.tree.Glob;
import io.github.eksidentity.core.policy.tree.Statement;
import io.github.eksidentity.core.policy.tree.TrustPolicy;
import io.github.eksidentity.core.policy.tree.ValuePiece;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// The inverse of the trust evaluator: who gets in through a door. It asks the evaluator about one
/// example of each class of subjects that the policy can tell apart, so the two cannot disagree.
public final class Admission {
  private static final SubjectSet TOO_MANY =
      new SubjectSet.Undetermined("the policy's patterns overlap in too many ways");

  private Admission() {}

  /// The subjects that a policy admits through a door, its Deny statements taken into account.
  public static SubjectSet of(TrustPolicy policy, WebIdentityCall door) {
    SubjectSet subjects = within(Work.ADMISSION, policy, door);
    if (!subjects.equals(TOO_MANY)) {
      return subjects;
    }
    TrustPolicy simple = Simplification.of(policy, door.subjectKey());
    return simple.equals(policy) ? subjects : within(Work.ADMISSION, simple, door);
  }

  private static SubjectSet within(long most, TrustPolicy policy, WebIdentityCall door) {
    return switch (patterns(policy, door)) {
      case Patterns.Unsettled(String reason) -> new SubjectSet.Undetermined(reason);
      case Patterns.Known(List<TextPattern> patterns) ->
          judge(policy, door, patterns, new Work(most));
    };
  }

  /// The subjects that one Allow statement of a policy admits through a door by itself, as if there
  /// were no Deny statement.
  public static SubjectSet of(TrustPolicy policy, Statement allow, WebIdentityCall door) {
    return of(policy.with(List.of(allow)), door);
  }

  /// Whether a subject is in a set; false where the set is undetermined.
  public static boolean contains(SubjectSet set, String subject) {
    return SubjectGrammar.accepts(subject)
        && switch (set) {
          case SubjectSet.None() -> false;
          case SubjectSet.Finite(var subjects) -> subjects.contains(subject);
          case SubjectSet.Matching(List<String> patterns, List<String> except) ->
              matchesOne(patterns, subject) && !matchesOne(except, subject);
          case SubjectSet.Everything() -> true;
          case SubjectSet.EverythingExcept(List<String> patterns) -> !matchesOne(patterns, subject);
          case SubjectSet.Undetermined _ -> false;
        };
  }

  /// One subject that is in the set although it is not among those intended, and that a person can
  /// believe in; empty where there is none or the set is undetermined.
  public static Optional<String> example(SubjectSet set, Set<String> intended) {
    return ExampleSubjects.candidates(set)
        .filter(subject -> !intended.contains(subject) && contains(set, subject))
        .findFirst();
  }

  private static boolean matchesOne(List<String> patterns, String subject) {
    return patterns.stream().anyMatch(pattern -> Glob.matches(pattern, subject));
  }

  /// What the policy compares the subject with.
  private sealed interface Patterns {
    record Known(List<TextPattern> patterns) implements Patterns {}

    record Unsettled(String reason) implements Patterns {}
  }

  private static Patterns patterns(TrustPolicy policy, WebIdentityCall door) {
    Set<TextPattern> patterns = new LinkedHashSet<>();
    Request anybody = door.request("");
    for (Statement statement : policy.statements()) {
      for (Condition condition : statement.conditions()) {
        if (policy.resolvesVariables() && namesSubject(condition, door)) {
          return new Patterns.Unsettled(
              "the condition on " + condition.key() + " compares with the subject itself");
        }
        if (condition.key().equalsIgnoreCase(door.subjectKey())) {
          patterns.addAll(
              ConditionPatterns.of(condition, policy.resolvesVariables(), List.of(anybody))
                  .inSmallLetters());
        }
      }
    }
    return new Patterns.Known(List.copyOf(patterns));
  }

  private static boolean namesSubject(Condition condition, WebIdentityCall door) {
    return condition.values().stream()
        .filter(value -> ValuePiece.hasVariable(value.value()))
        .flatMap(value -> Variables.keys(value.value()).stream())
        .anyMatch(key -> key.equalsIgnoreCase(door.subjectKey()));
  }

  private static SubjectSet judge(
      TrustPolicy policy, WebIdentityCall door, List<TextPattern> patterns, Work work) {
    Optional<List<TextClass>> classes =
        TextClasses.of(SubjectGrammar.subject(), patterns, List.of(), work)
            .filter(found -> work.spend(found.size() * EvaluationCost.of(policy)));
    if (classes.isEmpty()) {
      return TOO_MANY;
    }
    List<TextClass> in = new ArrayList<>();
    List<TextClass> out = new ArrayList<>();
    for (TextClass each : classes.get()) {
      switch (TrustEvaluator.withoutTrace(policy, door.request(each.example()))) {
        case Decision.Allowed _ -> in.add(each);
        case Decision.Denied _ -> out.add(each);
        case Decision.Unknown(String reason, _) -> {
          return new SubjectSet.Undetermined(reason);
        }
      }
    }
    if (in.isEmpty()) {
      return new SubjectSet.None();
    }
    if (out.isEmpty()) {
      return new SubjectSet.Everything();
    }
    if (in.stream().allMatch(each -> names(each, patterns))) {
      TreeSet<String> subjects = new TreeSet<>();
      in.forEach(each -> subjects.add(each.example()));
      return new SubjectSet.Finite(subjects);
    }
    return describe(patterns, in, out);
  }

  /// Whether the class is one subject, because the policy spells it out.
  private static boolean names(TextClass each, List<TextPattern> patterns) {
    return each.matched().stream().anyMatch(index -> patterns.get(index).isLiteral());
  }

  private static SubjectSet describe(
      List<TextPattern> all, List<TextClass> in, List<TextClass> out) {
    BitSet except = new BitSet();
    except.set(0, all.size());
    in.forEach(each -> except.andNot(each.matched()));
    BitSet patterns = new BitSet();
    patterns.set(0, all.size());
    patterns.andNot(except);
    out.stream()
        .filter(each -> !each.matched().intersects(except))
        .forEach(each -> patterns.andNot(each.matched()));
    if (in.stream().allMatch(each -> each.matched().intersects(patterns))) {
      return new SubjectSet.Matching(texts(all, patterns, in), texts(all, except, out));
    }
    if (out.stream().allMatch(each -> each.matched().intersects(except))) {
      return new SubjectSet.EverythingExcept(texts(all, except, out));
    }
    return new SubjectSet.Undetermined(
        "several patterns must hold together, and what they have in common is no pattern");
  }

  /// The patterns that some class matches, each once.
  private static List<String> texts(List<TextPattern> all, BitSet chosen, List<TextClass> classes) {
    BitSet used = new BitSet();
    classes.forEach(each -> used.or(each.matched()));
    used.and(chosen);
    return used.stream().mapToObj(index -> all.get(index).toString()).distinct().toList();
  }
}
