package io.github.eksidentity.core.policy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Every way in which a subject can stand to a list of patterns. Two subjects that match the same
/// patterns are the same to any
/// condition that is made of them, so one example of each class decides for all of it. This makes
/// the inverse exact: what the
/// evaluator says of the examples, it says of every subject.
///
/// The classes are found by walking the product of the subject grammar with one small automaton for
/// each pattern, breadth first, so
/// that each example is a shortest one.
final class SubjectClasses {
  private static final int MOST_STATES = 20_000;
  private static final String FRESH = "xyzabcdefghijklmnopqrstuvw0123456789";

  /// One class.
  ///
  /// @param matched indexes of the patterns that its subjects match
  /// @param example a subject of the class that a token can carry
  record SubjectClass(BitSet matched, String example) {}

  private record State(int grammar, List<BitSet> positions) {}

  private record Step(State state, String text) {}

  private final List<Glob> globs;

  private SubjectClasses(List<Glob> globs) {
    this.globs = globs;
  }

  /// The classes of these patterns, empty where there are too many states to look at.
  static Optional<List<SubjectClass>> of(List<Glob> globs) {
    List<Glob> wild = globs.stream().filter(glob -> !glob.isLiteral()).toList();
    Set<String> literals = new LinkedHashSet<>();
    globs.stream()
        .filter(Glob::isLiteral)
        .map(Glob::toString)
        .filter(SubjectGrammar::accepts)
        .forEach(literals::add);
    Optional<List<String>> examples = new SubjectClasses(wild).examples(globs);
    if (examples.isPresent() && examples.get().stream().anyMatch(literals::contains)) {
      examples = new SubjectClasses(globs).examples(globs);
    }
    return examples.map(
        found -> {
          Set<String> all = new LinkedHashSet<>(literals);
          all.addAll(found);
          return classes(globs, all);
        });
  }

  private static List<SubjectClass> classes(List<Glob> globs, Set<String> examples) {
    Map<BitSet, String> classes = new LinkedHashMap<>();
    for (String example : examples) {
      if (SubjectGrammar.accepts(example)) {
        BitSet matched = new BitSet();
        for (int i = 0; i < globs.size(); i++) {
          matched.set(i, globs.get(i).matches(example));
        }
        classes.putIfAbsent(matched, example);
      }
    }
    return classes.entrySet().stream()
        .map(entry -> new SubjectClass(entry.getKey(), entry.getValue()))
        .toList();
  }

  private Optional<List<String>> examples(List<Glob> alphabetOf) {
    String alphabet = alphabet(alphabetOf);
    Map<BitSet, String> found = new HashMap<>();
    Set<State> seen = new HashSet<>();
    Deque<Step> open = new ArrayDeque<>();
    State start = new State(SubjectGrammar.START, globs.stream().map(Glob::begin).toList());
    seen.add(start);
    open.add(new Step(start, ""));
    while (!open.isEmpty()) {
      Step step = open.remove();
      if (SubjectGrammar.accepting(step.state().grammar())) {
        found.putIfAbsent(matched(step.state()), step.text());
      }
      for (Step next : next(step, alphabet)) {
        if (seen.add(next.state())) {
          open.add(next);
        }
      }
      if (seen.size() > MOST_STATES) {
        return Optional.empty();
      }
    }
    return Optional.of(List.copyOf(found.values()));
  }

  private List<Step> next(Step step, String alphabet) {
    int grammar = step.state().grammar();
    String characters =
        SubjectGrammar.inPrefix(grammar)
            ? SubjectGrammar.PREFIX.substring(grammar, grammar + 1)
            : alphabet;
    List<Step> steps = new ArrayList<>();
    for (int i = 0; i < characters.length(); i++) {
      char c = characters.charAt(i);
      int behind = SubjectGrammar.next(grammar, c);
      if (behind != SubjectGrammar.DEAD) {
        List<BitSet> positions = new ArrayList<>();
        for (int g = 0; g < globs.size(); g++) {
          positions.add(globs.get(g).advance(step.state().positions().get(g), c));
        }
        steps.add(new Step(new State(behind, positions), step.text() + c));
      }
    }
    return steps;
  }

  private BitSet matched(State state) {
    BitSet matched = new BitSet();
    for (int i = 0; i < globs.size(); i++) {
      matched.set(i, globs.get(i).accepts(state.positions().get(i)));
    }
    return matched;
  }

  /// The characters that some pattern tells apart, and one that stands for all others; that one
  /// first, so that an example differs
  /// from every name in the policy where it can.
  private static String alphabet(List<Glob> globs) {
    Set<Integer> named = new HashSet<>();
    for (Glob glob : globs) {
      for (int i = 0; i < glob.length(); i++) {
        named.add(glob.tokenAt(i));
      }
    }
    StringBuilder alphabet = new StringBuilder();
    FRESH.chars().filter(c -> !named.contains(c)).limit(1).forEach(alphabet::appendCodePoint);
    FRESH.chars().filter(named::contains).forEach(alphabet::appendCodePoint);
    return alphabet.append("-.:").toString();
  }
}
