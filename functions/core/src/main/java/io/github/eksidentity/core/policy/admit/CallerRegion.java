package io.github.eksidentity.core.policy.admit;

import io.github.eksidentity.core.policy.admit.CallerClasses.CallerClass;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/// Classes of callers described by as few patterns as tell them from all others.
final class CallerRegion {
  private static final int UNITS_OF_TEST = 4;

  /// What must hold of a caller: that it matches a pattern, or that it does not.
  private record Bound(Claim claim, int pattern, boolean matches) {
    boolean holds(CallerClass each) {
      BitSet matched = each.matched().get(claim);
      return matched == null || matched.get(pattern) == matches;
    }
  }

  private final CallerClasses classes;
  private final List<Bound> bounds;
  private final BitSet kept = new BitSet();

  /// For each caller that must stay out, the bounds that keep it out and are still there.
  private final List<BitSet> barriers = new ArrayList<>();

  private CallerRegion(CallerClasses classes, CallerClass start, List<CallerClass> out) {
    this.classes = classes;
    this.bounds = bounds(classes, start);
    kept.set(0, bounds.size());
    for (CallerClass other : out) {
      BitSet barrier = new BitSet(bounds.size());
      for (int i = 0; i < bounds.size(); i++) {
        barrier.set(i, !bounds.get(i).holds(other));
      }
      barriers.add(barrier);
    }
  }

  private static List<Bound> bounds(CallerClasses classes, CallerClass start) {
    List<Bound> bounds = new ArrayList<>();
    start
        .matched()
        .forEach(
            (claim, matched) -> {
              for (int i = 0; i < classes.patterns(claim).size(); i++) {
                bounds.add(new Bound(claim, i, matched.get(i)));
              }
            });
    return bounds;
  }

  /// Descriptions of classes.
  ///
  /// @param complete whether they cover all of the classes; some may be left where that is more
  /// work than is left
  record Described(List<Callers> callers, boolean complete) {}

  /// Descriptions that together cover these classes and no other, at least one.
  static Described describe(
      CallerClasses classes, Set<CallerClass> in, List<String> conditions, Work work) {
    Set<CallerClass> others = new LinkedHashSet<>(classes.all());
    others.removeAll(in);
    List<CallerClass> out = List.copyOf(others);
    List<CallerRegion> regions = new ArrayList<>();
    List<Callers> described = new ArrayList<>();
    for (CallerClass each : in) {
      if (regions.stream().noneMatch(region -> region.covers(each))) {
        long patterns = classes.patternCount();
        long units = out.size() * patterns * (UNITS_OF_TEST + patterns / Long.SIZE);
        if (!work.spend(units) && !described.isEmpty()) {
          return new Described(described, false);
        }
        CallerRegion region = new CallerRegion(classes, each, out);
        region.widen();
        regions.add(region);
        described.add(new Callers(region.texts(), each.example(), conditions));
      }
    }
    return new Described(described, true);
  }

  private boolean covers(CallerClass each) {
    return kept.stream().allMatch(index -> bounds.get(index).holds(each));
  }

  /// Gives up what is not needed to keep the others out: first what would be left of a claim, then
  /// exact names beside patterns, then exclusions, then patterns.
  private void widen() {
    List<Claim> claims = bounds.stream().map(Bound::claim).distinct().toList();
    for (Claim claim : claims.reversed()) {
      giveUp(all(bound -> bound.claim() == claim));
    }
    for (Claim claim : claims) {
      BitSet names = all(bound -> bound.claim() == claim && bound.matches() && isName(bound));
      BitSet matches = all(bound -> bound.claim() == claim && bound.matches());
      names.stream().filter(_ -> keptOf(matches) > 1).forEach(this::giveUp);
      all(bound -> bound.claim() == claim && !bound.matches()).stream().forEach(this::giveUp);
      matches.stream().forEach(this::giveUp);
    }
  }

  private boolean isName(Bound bound) {
    return classes.patterns(bound.claim()).get(bound.pattern()).isLiteral();
  }

  private BitSet all(Predicate<Bound> which) {
    BitSet found = new BitSet();
    for (int i = kept.nextSetBit(0); i >= 0; i = kept.nextSetBit(i + 1)) {
      found.set(i, which.test(bounds.get(i)));
    }
    return found;
  }

  private int keptOf(BitSet some) {
    BitSet both = (BitSet) some.clone();
    both.and(kept);
    return both.cardinality();
  }

  private void giveUp(int bound) {
    if (!kept.get(bound)) {
      return;
    }
    boolean needed =
        barriers.stream().anyMatch(barrier -> barrier.get(bound) && barrier.cardinality() == 1);
    if (!needed) {
      kept.clear(bound);
      barriers.forEach(barrier -> barrier.clear(bound));
    }
  }

  /// Gives up all of these, or none.
  private void giveUp(BitSet some) {
    boolean needed =
        barriers.stream()
            .anyMatch(
                barrier -> {
                  BitSet left = (BitSet) barrier.clone();
                  left.andNot(some);
                  return left.isEmpty();
                });
    if (!needed) {
      kept.andNot(some);
      barriers.forEach(barrier -> barrier.andNot(some));
    }
  }

  private Map<Claim, Callers.Match> texts() {
    Map<Claim, Callers.Match> texts = new EnumMap<>(Claim.class);
    for (Claim claim : bounds.stream().map(Bound::claim).distinct().toList()) {
      List<TextPattern> all = texts(bound -> bound.claim() == claim && bound.matches());
      List<TextPattern> none = texts(bound -> bound.claim() == claim && !bound.matches());
      if (!all.isEmpty() || !none.isEmpty()) {
        texts.put(claim, new Callers.Match(all, none));
      }
    }
    return texts;
  }

  private List<TextPattern> texts(Predicate<Bound> which) {
    return all(which).stream()
        .mapToObj(bounds::get)
        .map(bound -> classes.patterns(bound.claim()).get(bound.pattern()))
        .distinct()
        .toList();
  }
}
