package io.github.eksidentity.core.policy.evaluate;

import io.github.eksidentity.core.policy.tree.ConditionOperator.Comparison;
import io.github.eksidentity.core.policy.tree.Glob;
import io.github.eksidentity.core.policy.tree.LetterCase;
import io.github.eksidentity.core.policy.tree.Truth;
import io.github.eksidentity.core.policy.tree.ValuePiece;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;

/// Compares one value of a request with one value of a policy, as if the operator were not negated:
/// whether a negated operator holds is for {@link OperatorEvaluation} to conclude.
///
/// Documented at
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html>.
final class ValueComparison {
  private ValueComparison() {}

  /// Whether the request's value matches the policy's.
  ///
  /// @param request for the values of variables
  /// @param variables whether the policy's version resolves variables
  static ReasonedTruth compare(
      Comparison comparison, String actual, String wanted, Request request, boolean variables) {
    if (!variables || !ValuePiece.hasVariable(wanted)) {
      return plain(comparison, actual, wanted);
    }
    return switch (comparison) {
      case STRING_EQUALS, STRING_NOT_EQUALS ->
          text(wanted, false, request, glob -> Truth.of(glob.toString().equals(actual)));
      case STRING_EQUALS_IGNORE_CASE, STRING_NOT_EQUALS_IGNORE_CASE ->
          text(
              wanted,
              false,
              request,
              glob -> LetterCase.equalIgnoringCase(glob.toString(), actual));
      case STRING_LIKE, STRING_NOT_LIKE ->
          text(wanted, true, request, glob -> Truth.of(glob.matches(actual)));
      case ARN_EQUALS, ARN_LIKE, ARN_NOT_EQUALS, ARN_NOT_LIKE ->
          text(wanted, true, request, glob -> ArnComparison.matches(glob, actual));
      case NUMERIC_EQUALS,
          NUMERIC_NOT_EQUALS,
          NUMERIC_LESS_THAN,
          NUMERIC_LESS_THAN_EQUALS,
          NUMERIC_GREATER_THAN,
          NUMERIC_GREATER_THAN_EQUALS,
          DATE_EQUALS,
          DATE_NOT_EQUALS,
          DATE_LESS_THAN,
          DATE_LESS_THAN_EQUALS,
          DATE_GREATER_THAN,
          DATE_GREATER_THAN_EQUALS,
          BOOL,
          BINARY_EQUALS,
          IP_ADDRESS,
          NOT_IP_ADDRESS,
          NULL ->
          plain(comparison, actual, wanted);
    };
  }

  /// The same of a value without variables, or of a type that has none.
  private static ReasonedTruth plain(Comparison comparison, String actual, String wanted) {
    return switch (comparison) {
      case STRING_EQUALS, STRING_NOT_EQUALS -> judged(Truth.of(wanted.equals(actual)));
      case STRING_EQUALS_IGNORE_CASE, STRING_NOT_EQUALS_IGNORE_CASE ->
          judged(LetterCase.equalIgnoringCase(wanted, actual));
      case STRING_LIKE, STRING_NOT_LIKE -> judged(Truth.of(Glob.matches(wanted, actual)));
      case ARN_EQUALS, ARN_LIKE, ARN_NOT_EQUALS, ARN_NOT_LIKE ->
          judged(ArnComparison.matches(Glob.of(wanted), actual));
      case NUMERIC_EQUALS, NUMERIC_NOT_EQUALS -> number(actual, wanted, order -> order == 0);
      case NUMERIC_LESS_THAN -> number(actual, wanted, order -> order < 0);
      case NUMERIC_LESS_THAN_EQUALS -> number(actual, wanted, order -> order <= 0);
      case NUMERIC_GREATER_THAN -> number(actual, wanted, order -> order > 0);
      case NUMERIC_GREATER_THAN_EQUALS -> number(actual, wanted, order -> order >= 0);
      case DATE_EQUALS, DATE_NOT_EQUALS -> date(actual, wanted, order -> order == 0);
      case DATE_LESS_THAN -> date(actual, wanted, order -> order < 0);
      case DATE_LESS_THAN_EQUALS -> date(actual, wanted, order -> order <= 0);
      case DATE_GREATER_THAN -> date(actual, wanted, order -> order > 0);
      case DATE_GREATER_THAN_EQUALS -> date(actual, wanted, order -> order >= 0);
      case BOOL ->
          known(TypedValue.bool(actual), TypedValue.bool(wanted), Boolean::equals, "a boolean");
      case BINARY_EQUALS ->
          known(
              TypedValue.binary(actual),
              TypedValue.binary(wanted),
              Object::equals,
              "a base64 value");
      case IP_ADDRESS, NOT_IP_ADDRESS ->
          known(
              AddressRange.of(actual),
              AddressRange.of(wanted),
              (a, b) -> b.contains(a),
              "an IP address");
      case NULL -> throw new IllegalArgumentException("Null compares no values");
    };
  }

  /// What a text operator says about the policy's value once its variables are resolved.
  private interface TextMatch {
    Truth match(Glob wanted);
  }

  private static ReasonedTruth text(
      String wanted, boolean wildcards, Request request, TextMatch match) {
    return switch (Variables.resolve(wanted, wildcards, request)) {
      case Variables.Resolved.Value(Glob glob) -> judged(match.match(glob));
      case Variables.Resolved.NoValue(String key) ->
          new ReasonedTruth(Truth.NO, NO_VALUE + key + "} has no value");
      case Variables.Resolved.Malformed(String inside, Set<Glob> readings) ->
          readings.stream().allMatch(glob -> match.match(glob) == Truth.NO)
              ? new ReasonedTruth(Truth.NO, NO_VALUE + inside + "} has no documented form")
              : ReasonedTruth.unknown(NO_VALUE + inside + "} has no documented form");
      case Variables.Resolved.Unsettled(String why) -> ReasonedTruth.unknown(why);
    };
  }

  /// How the reason of a match that failed for want of a variable's value begins.
  static final String NO_VALUE = "the variable ${";

  private static ReasonedTruth judged(Truth truth) {
    return new ReasonedTruth(
        truth,
        truth == Truth.UNKNOWN ? "the documentation does not say whether these values match" : "");
  }

  private static ReasonedTruth number(String actual, String wanted, IntPredicate order) {
    return known(
        TypedValue.number(actual),
        TypedValue.number(wanted),
        (BigDecimal a, BigDecimal b) -> order.test(a.compareTo(b)),
        "a number");
  }

  private static ReasonedTruth date(String actual, String wanted, IntPredicate order) {
    Set<Instant> ours = TypedValue.dates(actual);
    Set<Instant> theirs = TypedValue.dates(wanted);
    if (ours.isEmpty() || theirs.isEmpty()) {
      return notOfType("a date");
    }
    Set<Boolean> answers = new HashSet<>();
    ours.forEach(a -> theirs.forEach(b -> answers.add(order.test(a.compareTo(b)))));
    return answers.size() == 1
        ? new ReasonedTruth(Truth.of(answers.contains(true)), "")
        : ReasonedTruth.unknown(
            "four digits are a year and a number of seconds, and which of them counts is not"
                + " documented");
  }

  private interface TypedMatch<T> {
    boolean match(T actual, T wanted);
  }

  /// What happens to a value of another type is not documented.
  private static <T> ReasonedTruth known(
      Optional<T> actual, Optional<T> wanted, TypedMatch<T> match, String what) {
    if (actual.isEmpty() || wanted.isEmpty()) {
      return notOfType(what);
    }
    return new ReasonedTruth(Truth.of(match.match(actual.get(), wanted.get())), "");
  }

  private static ReasonedTruth notOfType(String what) {
    return ReasonedTruth.unknown(
        "one of the values is not " + what + ", and what then is not documented");
  }
}
