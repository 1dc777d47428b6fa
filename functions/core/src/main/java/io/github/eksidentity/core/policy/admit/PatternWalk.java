package io.github.eksidentity.core.policy.admit;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/// Walks the product of a grammar and a list of patterns, breadth first, and so finds a shortest
/// text for each way in which texts of the grammar can stand to the patterns.
///
/// The places at which all patterns can stand are one row of bits, so that a step takes a few
/// operations for 64 places, whatever the patterns are.
final class PatternWalk {
  /// A state, its bits and what keeps it in memory cost about this much beside the bits.
  private static final int UNITS_OF_STATE = 60;

  private final TextGrammar grammar;
  private final List<TextPattern> patterns;
  private final Work work;
  private final int[] alphabet;

  /// How many characters at the beginning of the alphabet may stand anywhere; those behind stand
  /// only where the grammar forces them.
  private final int free;

  private final int words;
  private final int[] ends;
  private final long[] begin;
  private final long[] stars;

  /// For each character of the alphabet, the places that lead one further by it, and those that
  /// stay.
  private final long[][] onward;
  private final long[][] staying;

  /// A place in the product.
  private static final class State {
    private final int grammar;
    private final long[] places;
    private final int hash;

    State(int grammar, long[] places) {
      this.grammar = grammar;
      this.places = places;
      this.hash = 31 * Arrays.hashCode(places) + grammar;
    }

    int grammar() {
      return grammar;
    }

    long[] places() {
      return places;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof State state
          && state.hash == hash
          && state.grammar == grammar
          && Arrays.equals(state.places, places);
    }

    @Override
    public int hashCode() {
      return hash;
    }
  }

  private record Step(State state, String text) {}

  PatternWalk(TextGrammar grammar, List<TextPattern> patterns, int[] alphabet, Work work) {
    this.grammar = grammar;
    this.patterns = patterns;
    this.work = work;
    this.free = alphabet.length;
    this.alphabet =
        IntStream.concat(Arrays.stream(alphabet), grammar.forced().chars()).distinct().toArray();
    this.ends = new int[patterns.size()];
    int[] starts = new int[patterns.size()];
    int places = 0;
    for (int i = 0; i < ends.length; i++) {
      starts[i] = places;
      ends[i] = places + patterns.get(i).length();
      places = ends[i] + 1;
    }
    this.words = (places + Long.SIZE - 1) / Long.SIZE;
    this.begin = new long[words];
    this.stars = new long[words];
    this.onward = new long[this.alphabet.length][words];
    this.staying = new long[this.alphabet.length][words];
    for (int i = 0; i < ends.length; i++) {
      prepare(patterns.get(i), starts[i]);
      set(begin, starts[i]);
    }
    pastStars(begin);
  }

  private void prepare(TextPattern pattern, int start) {
    for (int i = 0; i < pattern.length(); i++) {
      boolean star = pattern.isStarAt(i);
      if (star) {
        set(stars, start + i);
      }
      for (int c = 0; c < alphabet.length; c++) {
        if (pattern.coversAt(i, alphabet[c])) {
          set(star ? staying[c] : onward[c], start + i);
        }
      }
    }
    work.spend((long) pattern.length() * alphabet.length);
  }

  private static void set(long[] bits, int index) {
    bits[index / Long.SIZE] |= 1L << index;
  }

  private static boolean has(long[] bits, int index) {
    return ((bits[index / Long.SIZE] >>> index) & 1) == 1;
  }

  /// A text for each set of patterns that some text matches exactly, empty where that is more work
  /// than is left.
  Optional<Map<BitSet, String>> examples() {
    Map<BitSet, String> found = new LinkedHashMap<>();
    Set<State> seen = new HashSet<>();
    Deque<Step> open = new ArrayDeque<>();
    Step start = new Step(new State(grammar.start(), begin), "");
    seen.add(start.state());
    open.add(start);
    while (!open.isEmpty()) {
      Step step = open.remove();
      if (grammar.accepting(step.state().grammar())) {
        found.putIfAbsent(matched(step.state().places()), step.text());
      }
      if (!work.spend((long) free * (words + UNITS_OF_STATE) + ends.length)) {
        return Optional.empty();
      }
      for (Step next : next(step)) {
        if (seen.add(next.state())) {
          open.add(next);
        }
      }
    }
    return Optional.of(found);
  }

  private List<Step> next(Step step) {
    String forced = grammar.forced(step.state().grammar());
    List<Step> steps = new ArrayList<>();
    for (int c = 0; c < (forced.isEmpty() ? free : alphabet.length); c++) {
      boolean may = forced.isEmpty() || forced.codePointAt(0) == alphabet[c];
      int behind = may ? grammar.next(step.state().grammar(), alphabet[c]) : TextGrammar.DEAD;
      if (behind != TextGrammar.DEAD) {
        steps.add(
            new Step(
                new State(behind, advance(step.state().places(), c)),
                step.text() + Character.toString(alphabet[c])));
      }
    }
    return steps;
  }

  private long[] advance(long[] places, int c) {
    long[] next = new long[words];
    long carry = 0;
    for (int w = 0; w < words; w++) {
      long moving = places[w] & onward[c][w];
      next[w] = (moving << 1) | carry | (places[w] & staying[c][w]);
      carry = moving >>> (Long.SIZE - 1);
    }
    pastStars(next);
    return next;
  }

  /// Adds the places behind each star, which may stand for nothing.
  private void pastStars(long[] places) {
    boolean more = true;
    while (more) {
      more = false;
      long carry = 0;
      for (int w = 0; w < words; w++) {
        long before = places[w] & stars[w];
        long behind = (before << 1) | carry;
        carry = before >>> (Long.SIZE - 1);
        more |= (behind & ~places[w]) != 0;
        places[w] |= behind;
      }
    }
  }

  private BitSet matched(long[] places) {
    BitSet matched = new BitSet(patterns.size());
    for (int i = 0; i < ends.length; i++) {
      if (has(places, ends[i])) {
        matched.set(i);
      }
    }
    return matched;
  }
}
