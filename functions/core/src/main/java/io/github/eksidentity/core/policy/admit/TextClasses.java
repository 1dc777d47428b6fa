package io.github.eksidentity.core.policy.admit;

import io.github.eksidentity.core.policy.tree.Glob;
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
import java.util.stream.IntStream;

/// Every way in which a text, as the subject of a token, can stand to a list of patterns. Two texts
/// that match the same patterns are the same to any condition that is made of them, so one example
/// of each class decides for all of it. This makes the inverse exact: what the evaluator says of
/// the examples, it says of every text.
///
/// The classes are found by walking the product of the text's grammar with one small automaton for
/// each pattern, breadth first, so that each example is a shortest one.
final class TextClasses {
  private static final int MOST_STATES = 20_000;
  private static final String FRESH = "xyzabcdefghijklmnopqrstuvw0123456789";
  private static final int FIRST_RARE = 0x3B1;

  /// One class.
  ///
  /// @param matched indexes of the patterns that its texts match
  /// @param example a text of the class that a caller can carry
  record TextClass(BitSet matched, String example) {}

  private record State(int grammar, List<BitSet> positions) {}

  private record Step(State state, String text) {}

  private final TextGrammar grammar;
  private final List<Glob> globs;

  private TextClasses(TextGrammar grammar, List<Glob> globs) {
    this.grammar = grammar;
    this.globs = globs;
  }

  /// The classes of subjects, empty where there are too many states to look at.
  static Optional<List<TextClass>> of(List<Glob> globs) {
    return of(SubjectGrammar.subject(), globs, List.of());
  }

  /// The classes of texts of a grammar, empty where there are too many states to look at.
  ///
  /// @param preferred examples that a person can believe in, taken where one is of the class
  static Optional<List<TextClass>> of(
      TextGrammar grammar, List<Glob> globs, List<String> preferred) {
    List<Glob> wild = globs.stream().filter(glob -> !glob.isLiteral()).toList();
    Set<String> literals = new LinkedHashSet<>();
    globs.stream()
        .filter(Glob::isLiteral)
        .map(Glob::toString)
        .filter(grammar::accepts)
        .forEach(literals::add);
    Optional<List<String>> examples = new TextClasses(grammar, wild).examples(globs);
    if (examples.isPresent() && examples.get().stream().anyMatch(literals::contains)) {
      examples = new TextClasses(grammar, globs).examples(globs);
    }
    return examples.map(
        found -> {
          Set<String> all = new LinkedHashSet<>(literals);
          all.addAll(preferred);
          all.addAll(found);
          return classes(grammar, globs, all);
        });
  }

  private static List<TextClass> classes(
      TextGrammar grammar, List<Glob> globs, Set<String> examples) {
    Map<BitSet, String> classes = new LinkedHashMap<>();
    for (String example : examples) {
      if (grammar.accepts(example)) {
        BitSet matched = new BitSet();
        for (int i = 0; i < globs.size(); i++) {
          matched.set(i, globs.get(i).matches(example));
        }
        classes.putIfAbsent(matched, example);
      }
    }
    return classes.entrySet().stream()
        .map(entry -> new TextClass(entry.getKey(), entry.getValue()))
        .toList();
  }

  private Optional<List<String>> examples(List<Glob> alphabetOf) {
    String alphabet = alphabet(alphabetOf);
    if (globs.isEmpty()) {
      return Optional.of(shortest(alphabet).stream().toList());
    }
    Map<BitSet, String> found = new HashMap<>();
    Set<State> seen = new HashSet<>();
    Deque<Step> open = new ArrayDeque<>();
    State start = new State(grammar.start(), globs.stream().map(Glob::begin).toList());
    seen.add(start);
    open.add(new Step(start, ""));
    while (!open.isEmpty()) {
      Step step = open.remove();
      if (grammar.accepting(step.state().grammar())) {
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

  /// Without a pattern there is but one class, and the shortest text is an example of it.
  private Optional<String> shortest(String alphabet) {
    Map<Integer, String> texts = new HashMap<>();
    Deque<Integer> open = new ArrayDeque<>();
    texts.put(grammar.start(), "");
    open.add(grammar.start());
    while (!open.isEmpty()) {
      int state = open.remove();
      String text = texts.getOrDefault(state, "");
      if (grammar.accepting(state)) {
        return Optional.of(text);
      }
      String forced = grammar.forced(state);
      (forced.isEmpty() ? alphabet : forced)
          .codePoints()
          .forEach(
              c -> {
                int behind = grammar.next(state, c);
                if (behind != TextGrammar.DEAD
                    && texts.putIfAbsent(behind, text + Character.toString(c)) == null) {
                  open.add(behind);
                }
              });
    }
    return Optional.empty();
  }

  private List<Step> next(Step step, String alphabet) {
    int state = step.state().grammar();
    String forced = grammar.forced(state);
    List<Step> steps = new ArrayList<>();
    (forced.isEmpty() ? alphabet : forced)
        .codePoints()
        .forEach(
            c -> {
              int behind = grammar.next(state, c);
              if (behind != TextGrammar.DEAD) {
                List<BitSet> positions = new ArrayList<>();
                for (int g = 0; g < globs.size(); g++) {
                  positions.add(globs.get(g).advance(step.state().positions().get(g), c));
                }
                steps.add(
                    new Step(new State(behind, positions), step.text() + Character.toString(c)));
              }
            });
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
  /// first, so that an example differs from every name in the policy where it can.
  private String alphabet(List<Glob> avoided) {
    Set<Integer> named = new LinkedHashSet<>();
    for (Glob glob : avoided) {
      for (int i = 0; i < glob.length(); i++) {
        if (glob.tokenAt(i) >= 0) {
          named.add(glob.tokenAt(i));
        }
      }
    }
    StringBuilder alphabet = new StringBuilder();
    IntStream.concat(FRESH.chars(), IntStream.iterate(FIRST_RARE, c -> c + 1))
        .filter(c -> !named.contains(c))
        .limit(1)
        .forEach(alphabet::appendCodePoint);
    // Without a pattern nothing tells the named ones apart from the fresh one.
    if (!globs.isEmpty()) {
      FRESH.chars().filter(named::contains).forEach(alphabet::appendCodePoint);
      named.stream().filter(c -> FRESH.indexOf(c) < 0).forEach(alphabet::appendCodePoint);
    }
    return alphabet.append("-.:").append(grammar.needed()).toString();
  }
}
