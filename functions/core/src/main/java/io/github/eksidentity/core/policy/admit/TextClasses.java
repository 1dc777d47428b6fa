package io.github.eksidentity.core.policy.admit;

import java.util.BitSet;
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
/// Exact names, by far the most common values, do not take part in the walk that finds the classes.
final class TextClasses {
  /// Small letters and digits first: most names have no others.
  private static final String FRESH =
      "xyzabcdefghijklmnopqrstuvw0123456789XYZABCDEFGHIJKLMNOPQRSTUVW_";

  private static final int FIRST_RARE = 0x3B1;

  /// One class.
  ///
  /// @param matched indexes of the patterns that its texts match
  /// @param example a text of the class that a caller can carry
  record TextClass(BitSet matched, String example) {}

  private final TextGrammar grammar;
  private final List<TextPattern> patterns;
  private final Work work;

  private TextClasses(TextGrammar grammar, List<TextPattern> patterns, Work work) {
    this.grammar = grammar;
    this.patterns = patterns;
    this.work = work;
  }

  /// The classes of texts of a grammar, empty where they take more work than is left.
  ///
  /// @param preferred examples that a person can believe in, taken where one is of the class
  static Optional<List<TextClass>> of(
      TextGrammar grammar, List<TextPattern> patterns, List<String> preferred, Work work) {
    return new TextClasses(grammar, patterns, work).find(preferred);
  }

  private Optional<List<TextClass>> find(List<String> preferred) {
    Set<String> literals = new LinkedHashSet<>();
    patterns.stream()
        .filter(TextPattern::isLiteral)
        .map(TextPattern::text)
        .filter(grammar::accepts)
        .forEach(literals::add);
    List<TextPattern> wild = patterns.stream().filter(one -> !one.isLiteral()).toList();
    Optional<Set<String>> examples = examples(wild);
    if (examples.isPresent() && examples.get().stream().anyMatch(literals::contains)) {
      examples = examples(patterns);
    }
    Set<String> all = new LinkedHashSet<>(literals);
    all.addAll(preferred);
    all.addAll(examples.orElse(Set.of()));
    long length = patterns.stream().mapToLong(TextPattern::length).sum() + patterns.size();
    return examples.isPresent() && work.spend(all.size() * length * 2)
        ? Optional.of(classes(all))
        : Optional.empty();
  }

  private List<TextClass> classes(Set<String> examples) {
    Map<BitSet, String> classes = new LinkedHashMap<>();
    for (String example : examples) {
      if (grammar.accepts(example)) {
        BitSet matched = new BitSet(patterns.size());
        for (int i = 0; i < patterns.size(); i++) {
          matched.set(i, patterns.get(i).matches(example));
        }
        classes.putIfAbsent(matched, example);
      }
    }
    return classes.entrySet().stream()
        .map(entry -> new TextClass(entry.getKey(), entry.getValue()))
        .toList();
  }

  /// A text of each class of some of the patterns, in letters that tell all of them apart.
  private Optional<Set<String>> examples(List<TextPattern> some) {
    return new PatternWalk(grammar, some, alphabet(some.isEmpty()), work)
        .examples()
        .map(found -> new LinkedHashSet<>(found.values()));
  }

  /// The characters that some pattern tells apart, and one that stands for all others; that one
  /// first, so that an example differs from every name in the policy where it can.
  private int[] alphabet(boolean freshOnly) {
    Set<Integer> named = new LinkedHashSet<>();
    patterns.forEach(pattern -> named.addAll(pattern.characters()));
    Set<Integer> alphabet = new LinkedHashSet<>();
    IntStream.concat(FRESH.chars(), IntStream.iterate(FIRST_RARE, c -> c + 1))
        .filter(c -> !named.contains(c))
        .limit(1)
        .forEach(alphabet::add);
    // Without a pattern nothing tells the named ones apart from the fresh one.
    if (!freshOnly) {
      FRESH.chars().filter(named::contains).forEach(alphabet::add);
      alphabet.addAll(named);
    }
    ("-.:" + grammar.needed()).chars().forEach(alphabet::add);
    return alphabet.stream().mapToInt(Integer::intValue).toArray();
  }
}
