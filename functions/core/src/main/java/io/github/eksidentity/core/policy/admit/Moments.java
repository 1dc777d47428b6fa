package io.github.eksidentity.core.policy.admit;

import io.github.eksidentity.core.policy.evaluate.Request;
import io.github.eksidentity.core.policy.tree.Condition;
import io.github.eksidentity.core.policy.tree.GlobalKeys;
import io.github.eksidentity.core.policy.tree.Statement;
import io.github.eksidentity.core.policy.tree.TrustPolicy;
import io.github.eksidentity.core.policy.tree.Truth;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// The conditions of two policies that only the moment of a call decides, as one on `aws:SourceIp`,
/// and the ways in which they can hold together: an address is in both of two ranges or in one of
/// them as the ranges lie, and one condition that stands in both policies holds in both or in
/// neither.
final class Moments {
  private static final int MOST = 256;
  private static final int UNITS_OF_MOMENT = 2_000;

  private final Map<MomentTest, Condition> tests;
  private final List<Map<MomentTest, Truth>> moments;

  private Moments(Map<MomentTest, Condition> tests, List<Map<MomentTest, Truth>> moments) {
    this.tests = tests;
    this.moments = moments;
  }

  /// The moments of both policies, empty where there are too many or they cannot be told.
  ///
  /// @param anybody requests, whoever makes them
  static Optional<Moments> of(List<TrustPolicy> policies, List<Request> anybody, Work work) {
    Map<MomentTest, Condition> tests = new LinkedHashMap<>();
    for (TrustPolicy policy : policies) {
      for (Statement statement : policy.statements()) {
        statement.conditions().stream()
            .filter(one -> anybody.stream().anyMatch(each -> each.isUndetermined(one.key())))
            .forEach(one -> tests.putIfAbsent(MomentTest.of(one, policy.resolvesVariables()), one));
      }
    }
    Map<String, List<MomentTest>> byKey = new LinkedHashMap<>();
    tests
        .keySet()
        .forEach(test -> byKey.computeIfAbsent(group(test), _ -> new ArrayList<>()).add(test));
    List<Map<MomentTest, Truth>> moments = List.of(Map.of());
    for (List<MomentTest> group : byKey.values()) {
      Optional<Set<Map<MomentTest, Truth>>> ways = ways(group, tests, anybody.getFirst(), work);
      if (ways.isEmpty() || (long) moments.size() * ways.get().size() > MOST) {
        return Optional.empty();
      }
      moments = times(moments, ways.get());
    }
    return Optional.of(new Moments(tests, moments));
  }

  /// Two keys tell the same moment.
  private static String group(MomentTest test) {
    return GlobalKeys.isMoment(test.key()) ? "aws:currenttime" : test.key();
  }

  private static Optional<Set<Map<MomentTest, Truth>>> ways(
      List<MomentTest> group, Map<MomentTest, Condition> tests, Request anybody, Work work) {
    List<Condition> conditions = new ArrayList<>();
    for (MomentTest test : group) {
      Optional.ofNullable(tests.get(test)).ifPresent(conditions::add);
    }
    boolean variables = group.stream().anyMatch(MomentTest::variables);
    Optional<List<List<String>>> lists = KeyValues.of(conditions, variables, anybody, work);
    if (lists.isEmpty()
        || !work.spend((long) lists.get().size() * group.size() * UNITS_OF_MOMENT)) {
      return Optional.empty();
    }
    Set<Map<MomentTest, Truth>> ways = new LinkedHashSet<>();
    for (List<String> values : lists.get()) {
      Map<MomentTest, Truth> way = new HashMap<>();
      for (int i = 0; i < group.size(); i++) {
        String key = group.get(i).key();
        way.put(
            group.get(i),
            group.get(i).at(conditions.get(i), anybody, context(key, values, anybody)));
      }
      ways.add(way);
    }
    return Optional.of(ways);
  }

  private static Map<String, List<String>> context(
      String key, List<String> values, Request anybody) {
    Map<String, List<String>> context = new HashMap<>(anybody.context());
    boolean epoch = GlobalKeys.isEpoch(key) && !values.isEmpty();
    context.put(key, epoch ? List.of(seconds(values.getFirst())) : values);
    return context;
  }

  private static String seconds(String instant) {
    return Long.toString(Instant.parse(instant).getEpochSecond());
  }

  private static List<Map<MomentTest, Truth>> times(
      List<Map<MomentTest, Truth>> moments, Set<Map<MomentTest, Truth>> ways) {
    List<Map<MomentTest, Truth>> product = new ArrayList<>();
    for (Map<MomentTest, Truth> moment : moments) {
      for (Map<MomentTest, Truth> way : ways) {
        Map<MomentTest, Truth> both = new HashMap<>(moment);
        both.putAll(way);
        product.add(both);
      }
    }
    return product;
  }

  /// How many moments there are.
  int count() {
    return moments.size();
  }

  /// A policy at a moment, as a call meets it: what holds is left out, and so is a statement of
  /// which something does not hold. What is not known even then stays.
  TrustPolicy at(int moment, TrustPolicy policy, Request call) {
    List<Statement> statements = new ArrayList<>();
    for (Statement statement : policy.statements()) {
      List<Condition> left = new ArrayList<>();
      boolean holds = true;
      for (Condition condition : statement.conditions()) {
        switch (truth(moment, policy, condition, call)) {
          case YES -> {}
          case NO -> holds = false;
          case UNKNOWN -> left.add(condition);
        }
      }
      if (holds) {
        statements.add(statement.with(left));
      }
    }
    return policy.with(statements);
  }

  private Truth truth(int moment, TrustPolicy policy, Condition condition, Request call) {
    return call.isUndetermined(condition.key())
        ? moments
            .get(moment)
            .getOrDefault(MomentTest.of(condition, policy.resolvesVariables()), Truth.UNKNOWN)
        : Truth.UNKNOWN;
  }

  /// The conditions on which an outcome hangs, as `operator key [values]`: those that alone make a
  /// difference at some moment, or else all in which moments with different outcomes differ.
  ///
  /// @param outcomes one for each moment
  List<String> decisive(List<?> outcomes) {
    List<MomentTest> order = List.copyOf(tests.keySet());
    Set<Integer> alone = new TreeSet<>();
    Set<Integer> together = new TreeSet<>();
    for (int one = 0; one < outcomes.size(); one++) {
      for (int other = one + 1; other < outcomes.size(); other++) {
        if (!outcomes.get(one).equals(outcomes.get(other))) {
          List<Integer> different = different(order, one, other);
          together.addAll(different);
          if (different.size() == 1) {
            alone.addAll(different);
          }
        }
      }
    }
    return (alone.isEmpty() ? together : alone)
        .stream()
            .flatMap(index -> Optional.ofNullable(tests.get(order.get(index))).stream())
            .map(MomentTest::shown)
            .toList();
  }

  private List<Integer> different(List<MomentTest> order, int one, int other) {
    List<Integer> different = new ArrayList<>();
    for (int i = 0; i < order.size(); i++) {
      if (moments.get(one).get(order.get(i)) != moments.get(other).get(order.get(i))) {
        different.add(i);
      }
    }
    return different;
  }
}
