package io.github.eksidentity.core.policy.admit;

import io.github.eksidentity.core.policy.admit.CallerClasses.CallerClass;
import io.github.eksidentity.core.policy.tree.Glob;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/// Classes of callers described by as few patterns as tell them from all others.
final class CallerRegion {
  private record Bounds(BitSet all, BitSet none) {
    boolean covers(BitSet matched) {
      BitSet missing = (BitSet) all.clone();
      missing.andNot(matched);
      return missing.isEmpty() && !none.intersects(matched);
    }

    Bounds withoutAll(int index) {
      BitSet fewer = (BitSet) all.clone();
      fewer.clear(index);
      return new Bounds(fewer, none);
    }

    Bounds withoutNone(int index) {
      BitSet fewer = (BitSet) none.clone();
      fewer.clear(index);
      return new Bounds(all, fewer);
    }
  }

  private final CallerClasses classes;
  private final Collection<CallerClass> out;
  private final Map<Claim, Bounds> bounds = new EnumMap<>(Claim.class);

  private CallerRegion(CallerClasses classes, CallerClass start, Collection<CallerClass> out) {
    this.classes = classes;
    this.out = out;
    start
        .matched()
        .forEach(
            (claim, matched) -> {
              BitSet none = new BitSet();
              none.set(0, classes.globs(claim).size());
              none.andNot(matched);
              bounds.put(claim, new Bounds((BitSet) matched.clone(), none));
            });
  }

  /// Descriptions that together cover these classes and no other.
  static List<Callers> describe(
      CallerClasses classes, Set<CallerClass> in, List<String> conditions) {
    Set<CallerClass> out = new LinkedHashSet<>(classes.all());
    out.removeAll(in);
    List<CallerRegion> regions = new ArrayList<>();
    List<Callers> described = new ArrayList<>();
    for (CallerClass each : in) {
      if (regions.stream().noneMatch(region -> region.covers(each))) {
        CallerRegion region = new CallerRegion(classes, each, out);
        region.widen();
        regions.add(region);
        described.add(new Callers(region.texts(), each.example(), conditions));
      }
    }
    return described;
  }

  private boolean covers(CallerClass each) {
    return bounds.entrySet().stream()
        .allMatch(entry -> entry.getValue().covers(matched(each, entry.getKey())));
  }

  private static BitSet matched(CallerClass each, Claim claim) {
    return each.matched().getOrDefault(claim, new BitSet());
  }

  /// Gives up what is not needed to keep the others out: first what would be left of a claim, then
  /// exact names beside patterns, then exclusions, then patterns.
  private void widen() {
    for (Claim claim : List.copyOf(bounds.keySet()).reversed()) {
      replace(claim, _ -> new Bounds(new BitSet(), new BitSet()));
    }
    for (Claim claim : List.copyOf(bounds.keySet())) {
      List<Glob> globs = classes.globs(claim);
      for (int i = 0; i < globs.size(); i++) {
        int index = i;
        if (globs.get(i).isLiteral()) {
          replace(claim, old -> old.all().cardinality() > 1 ? old.withoutAll(index) : old);
        }
      }
      for (int i = 0; i < globs.size(); i++) {
        int index = i;
        replace(claim, old -> old.withoutNone(index));
      }
      for (int i = 0; i < globs.size(); i++) {
        int index = i;
        replace(claim, old -> old.withoutAll(index));
      }
    }
  }

  private void replace(Claim claim, UnaryOperator<Bounds> change) {
    Bounds old = bounds.get(claim);
    if (old == null) {
      return;
    }
    bounds.put(claim, change.apply(old));
    if (out.stream().anyMatch(this::covers)) {
      bounds.put(claim, old);
    }
  }

  private Map<Claim, Callers.Match> texts() {
    Map<Claim, Callers.Match> texts = new EnumMap<>(Claim.class);
    bounds.forEach(
        (claim, found) -> {
          if (!found.all().isEmpty() || !found.none().isEmpty()) {
            texts.put(
                claim, new Callers.Match(texts(claim, found.all()), texts(claim, found.none())));
          }
        });
    return texts;
  }

  private List<String> texts(Claim claim, BitSet chosen) {
    return chosen.stream()
        .mapToObj(index -> classes.globs(claim).get(index).toString())
        .distinct()
        .toList();
  }
}
