package io.github.eksidentity.core.policy.admit;

import io.github.eksidentity.core.policy.evaluate.Request;
import io.github.eksidentity.core.policy.tree.Condition;
import io.github.eksidentity.core.policy.tree.ConditionOperator.Comparison;
import io.github.eksidentity.core.policy.tree.ConditionOperator.Quantifier;
import io.github.eksidentity.core.policy.tree.Statement;
import io.github.eksidentity.core.policy.tree.Text;
import io.github.eksidentity.core.policy.tree.TrustPolicy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// The conditions of two policies that only the moment of a call decides, as one on `aws:SourceIp`,
/// and the policies with these conditions decided in every way. One condition that stands in both
/// policies holds in both or in neither.
final class Moments {
  private static final int MOST_TESTS = 6;

  private record Test(
      Comparison comparison,
      Quantifier quantifier,
      boolean ifExists,
      String key,
      Set<String> values) {
    static Test of(Condition condition) {
      Set<String> values = new TreeSet<>();
      condition.values().forEach(value -> values.add(value.value()));
      return new Test(
          condition.operator().comparison(),
          condition.operator().quantifier(),
          condition.operator().ifExists(),
          condition.key().toLowerCase(Locale.ROOT),
          values);
    }
  }

  private final Map<Test, Condition> tests = new LinkedHashMap<>();
  private final Request anybody;

  private Moments(Request anybody) {
    this.anybody = anybody;
  }

  /// The moments of both policies, empty where there are too many.
  ///
  /// @param anybody a request, whoever makes it
  static Optional<Moments> of(TrustPolicy before, TrustPolicy after, Request anybody) {
    Moments moments = new Moments(anybody);
    for (TrustPolicy policy : List.of(before, after)) {
      for (Statement statement : policy.statements()) {
        statement.conditions().stream()
            .filter(moments::decides)
            .forEach(condition -> moments.tests.putIfAbsent(Test.of(condition), condition));
      }
    }
    return moments.tests.size() > MOST_TESTS ? Optional.empty() : Optional.of(moments);
  }

  private boolean decides(Condition condition) {
    return anybody.isUndetermined(condition.key());
  }

  /// How many moments there are; each is a number below, whose bits say which conditions hold.
  int count() {
    return 1 << tests.size();
  }

  /// A policy at a moment: what holds is left out, and so is a statement of which something does
  /// not hold.
  TrustPolicy at(int moment, TrustPolicy policy) {
    List<Test> order = List.copyOf(tests.keySet());
    List<Statement> statements = new ArrayList<>();
    for (Statement statement : policy.statements()) {
      boolean holds =
          statement.conditions().stream()
              .filter(this::decides)
              .allMatch(condition -> (moment >> order.indexOf(Test.of(condition)) & 1) == 1);
      if (holds) {
        statements.add(
            new Statement(
                statement.index(),
                statement.sid(),
                statement.effect(),
                statement.principals(),
                statement.actions(),
                statement.conditions().stream().filter(one -> !decides(one)).toList(),
                statement.at()));
      }
    }
    return new TrustPolicy(policy.source(), policy.version(), statements);
  }

  /// The conditions on which an outcome hangs, as `operator key [values]`.
  ///
  /// @param outcomes one for each moment
  List<String> decisive(List<?> outcomes) {
    List<String> decisive = new ArrayList<>();
    int bit = 1;
    for (Condition condition : tests.values()) {
      for (int moment = 0; moment < outcomes.size(); moment++) {
        if (!outcomes.get(moment).equals(outcomes.get(moment ^ bit))) {
          decisive.add(
              condition.operator().text()
                  + " "
                  + condition.key()
                  + " "
                  + condition.values().stream().map(Text::value).toList());
          break;
        }
      }
      bit <<= 1;
    }
    return decisive;
  }
}
