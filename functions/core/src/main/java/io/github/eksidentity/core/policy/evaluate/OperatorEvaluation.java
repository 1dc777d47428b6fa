package io.github.eksidentity.core.policy.evaluate;

import io.github.eksidentity.core.policy.parse.Problems;
import io.github.eksidentity.core.policy.tree.Condition;
import io.github.eksidentity.core.policy.tree.ConditionOperator;
import io.github.eksidentity.core.policy.tree.ConditionOperator.Comparison;
import io.github.eksidentity.core.policy.tree.ConditionOperator.Quantifier;
import io.github.eksidentity.core.policy.tree.GlobalKeys;
import io.github.eksidentity.core.policy.tree.Text;
import io.github.eksidentity.core.policy.tree.Truth;
import java.util.List;
import java.util.Optional;

/// Evaluates one key of one condition operator.
///
/// Documented at
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html>.
public final class OperatorEvaluation {
  private final Condition condition;
  private final ConditionOperator operator;
  private final Request request;
  private final boolean variables;

  private OperatorEvaluation(Condition condition, Request request, boolean variables) {
    this.condition = condition;
    this.operator = condition.operator();
    this.request = request;
    this.variables = variables;
  }

  /// Whether the condition holds in the request.
  ///
  /// @param variables whether the policy's version resolves variables
  public static ReasonedTruth evaluate(Condition condition, Request request, boolean variables) {
    return new OperatorEvaluation(condition, request, variables).evaluate();
  }

  private ReasonedTruth evaluate() {
    if (request.isUndetermined(condition.key())) {
      return ReasonedTruth.unknown(
          "it is not known whether the key comes with the call, and with which value");
    }
    Optional<List<String>> actual = request.values(condition.key()).filter(list -> !list.isEmpty());
    if (operator.comparison() == Comparison.NULL) {
      return nullCheck(actual.isEmpty());
    }
    if (actual.isEmpty()) {
      return absent();
    }
    if (condition.values().isEmpty()) {
      return ReasonedTruth.unknown("what an empty list of values means is not documented");
    }
    return present(actual.get());
  }

  private ReasonedTruth nullCheck(boolean absent) {
    if (operator.quantifier() != Quantifier.NONE) {
      return ReasonedTruth.unknown("Null with a set operator is not documented");
    }
    ReasonedTruth result =
        new ReasonedTruth(Truth.NO, absent ? "the key is absent" : "the key is present");
    for (Text value : condition.values()) {
      Optional<Boolean> wanted = TypedValue.bool(value.value());
      Truth truth = wanted.map(w -> Truth.of(w == absent)).orElse(Truth.UNKNOWN);
      result = result.withTruth(result.truth().or(truth));
    }
    return condition.values().isEmpty()
        ? ReasonedTruth.unknown("what an empty list of values means is not documented")
        : result;
  }

  private ReasonedTruth absent() {
    if (operator.quantifier() == Quantifier.FOR_ANY_VALUE && operator.ifExists()) {
      return ReasonedTruth.unknown(
          "what ForAnyValue with IfExists means where the key is absent is not documented");
    }
    boolean holds = operator.trueWhenAbsent();
    return new ReasonedTruth(
        Truth.of(holds),
        "the key is absent, which makes " + operator.text() + (holds ? " true" : " false"));
  }

  /// A plain operator is meant for keys with one value. What it does with a key that may have
  /// several is not documented: it may ask for one of them, for all, or hold for none.
  private ReasonedTruth present(List<String> actual) {
    Truth all = Truth.YES;
    Truth any = Truth.NO;
    String why = "";
    for (String value : actual) {
      ReasonedTruth one = holdsFor(value);
      all = all.and(one.truth());
      any = any.or(one.truth());
      why = why.isEmpty() ? one.why() : why;
    }
    return switch (operator.quantifier()) {
      case FOR_ALL_VALUES -> new ReasonedTruth(all, why);
      case FOR_ANY_VALUE -> new ReasonedTruth(any, why);
      case NONE ->
          actual.size() == 1 && !GlobalKeys.isMultivalued(condition.key())
              ? new ReasonedTruth(all, why)
              : plainOfSeveral(any, why);
    };
  }

  private ReasonedTruth plainOfSeveral(Truth any, String why) {
    return any == Truth.NO && !operator.comparison().negated()
        ? new ReasonedTruth(any, why)
        : ReasonedTruth.unknown("the key may have several values and the operator is for one");
  }

  /// Whether the operator holds for one value of the request: it matches one of the policy's values
  /// or, negated, none.
  private ReasonedTruth holdsFor(String actual) {
    boolean negated = operator.comparison().negated();
    ReasonedTruth matches = new ReasonedTruth(Truth.NO, "");
    for (Text wanted : condition.values()) {
      ReasonedTruth one =
          ValueComparison.compare(
              operator.comparison(), actual, wanted.value(), request, variables);
      if (negated && one.truth() == Truth.NO && one.why().startsWith(ValueComparison.NO_VALUE)) {
        one =
            ReasonedTruth.unknown(
                one.why() + ", and what that means for a negated operator is not documented");
      }
      matches =
          new ReasonedTruth(
              matches.truth().or(one.truth()), matches.why().isEmpty() ? one.why() : matches.why());
      if (matches.truth() == Truth.YES) {
        return new ReasonedTruth(
            Truth.of(!negated), "it matches " + Problems.quote(wanted.value()));
      }
    }
    return negated ? matches.not() : matches;
  }
}
