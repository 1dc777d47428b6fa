package io.github.eksidentity.core.policy.parse;

import io.github.eksidentity.core.json.Position;
import io.github.eksidentity.core.policy.tree.Condition;
import io.github.eksidentity.core.policy.tree.ConditionOperator.Comparison;
import io.github.eksidentity.core.policy.tree.Effect;
import io.github.eksidentity.core.policy.tree.GlobalKeys;
import io.github.eksidentity.core.policy.tree.Statement;
import io.github.eksidentity.core.policy.tree.Text;
import io.github.eksidentity.core.policy.tree.TrustPolicy;
import io.github.eksidentity.core.policy.tree.ValuePiece;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Conditions that IAM stores and that cannot mean what they say: keys that do not exist, and
/// variables in a form that is not documented. IAM Access Analyzer calls both errors.
///
/// Documented at
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html>.
final class ConditionChecks {
  private static final String NOT_AUTHORIZED =
      "AccessDenied: Not authorized to perform sts:AssumeRoleWithWebIdentity";

  private ConditionChecks() {}

  /// What is wrong with the conditions of a policy, in the order of its statements.
  static List<Problem> of(TrustPolicy policy) {
    List<Problem> problems = new ArrayList<>();
    for (Statement statement : policy.statements()) {
      for (Condition condition : statement.conditions()) {
        if (!GlobalKeys.exists(condition.key())) {
          problems.add(noSuchKey(condition, statement.effect()));
        }
        if (policy.resolvesVariables() && takesVariables(condition.operator().comparison())) {
          condition.values().forEach(value -> malformed(value).ifPresent(problems::add));
        }
      }
    }
    return problems;
  }

  private static Problem noSuchKey(Condition condition, Effect effect) {
    boolean holds =
        condition.operator().trueWhenAbsent()
            || (condition.operator().comparison() == Comparison.NULL
                && condition.values().stream().anyMatch(value -> value.value().equals("true")));
    return dead(
        Problem.Fault.NO_SUCH_KEY,
        condition.keyAt(),
        "There is no condition key "
            + Problems.quote(condition.key())
            + "; no call has it, so the condition "
            + (holds ? "always holds" : "never holds")
            + switch (effect) {
              case ALLOW -> holds ? " and restricts nothing" : " and the statement allows nothing";
              case DENY ->
                  holds ? " and denies whatever comes" : " and the statement denies nothing";
            });
  }

  private static boolean takesVariables(Comparison comparison) {
    return switch (comparison) {
      case STRING_EQUALS,
          STRING_NOT_EQUALS,
          STRING_EQUALS_IGNORE_CASE,
          STRING_NOT_EQUALS_IGNORE_CASE,
          STRING_LIKE,
          STRING_NOT_LIKE,
          ARN_EQUALS,
          ARN_LIKE,
          ARN_NOT_EQUALS,
          ARN_NOT_LIKE ->
          true;
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
          false;
    };
  }

  private static Optional<Problem> malformed(Text value) {
    return ValuePiece.of(value.value()).stream()
        .flatMap(piece -> fault(piece, value.value()).stream())
        .findFirst()
        .map(
            wrong ->
                dead(
                    Problem.Fault.MALFORMED_VARIABLE,
                    value.at(),
                    wrong + "; no call is known to match it"));
  }

  private static Optional<String> fault(ValuePiece piece, String value) {
    return switch (piece) {
      case ValuePiece.Plain _ -> Optional.empty();
      case ValuePiece.Unclosed _ ->
          Optional.of("A variable has no closing brace: " + Problems.quote(value));
      case ValuePiece.Variable variable when variable.isWellFormed() -> Optional.empty();
      case ValuePiece.Variable(String inside) when inside.isBlank() ->
          Optional.of("A variable has no name: " + Problems.quote(value));
      case ValuePiece.Variable(String inside) ->
          Optional.of(
              "The variable "
                  + Problems.quote("${" + inside + "}")
                  + " has no documented form; those are ${key} and ${key, 'default'}");
    };
  }

  private static Problem dead(Problem.Fault fault, Position at, String message) {
    return new Problem(fault, Problem.Consequence.ACCEPTED_BUT_DEAD, at, message, NOT_AUTHORIZED);
  }
}
