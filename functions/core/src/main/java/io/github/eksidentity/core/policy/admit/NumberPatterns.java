package io.github.eksidentity.core.policy.admit;

import io.github.eksidentity.core.policy.evaluate.TypedValue;
import io.github.eksidentity.core.policy.tree.Condition;
import io.github.eksidentity.core.policy.tree.Text;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/// Numbers of a fixed count of digits, as account ids: which of them are less than a value, equal
/// to it or greater, said by patterns.
final class NumberPatterns {
  private NumberPatterns() {}

  /// The patterns of all values of a numeric condition; empty where it is no numeric one.
  static Optional<Set<TextPattern>> of(Condition condition, int digits) {
    return switch (condition.operator().comparison()) {
      case NUMERIC_EQUALS,
          NUMERIC_NOT_EQUALS,
          NUMERIC_LESS_THAN,
          NUMERIC_LESS_THAN_EQUALS,
          NUMERIC_GREATER_THAN,
          NUMERIC_GREATER_THAN_EQUALS -> {
        Set<TextPattern> patterns = new LinkedHashSet<>();
        for (Text value : condition.values()) {
          TypedValue.number(value.value())
              .map(number -> number.setScale(0, RoundingMode.FLOOR).toBigInteger())
              .ifPresent(floor -> add(patterns, floor, digits));
        }
        yield Optional.of(patterns);
      }
      case STRING_EQUALS,
          STRING_NOT_EQUALS,
          STRING_EQUALS_IGNORE_CASE,
          STRING_NOT_EQUALS_IGNORE_CASE,
          STRING_LIKE,
          STRING_NOT_LIKE,
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
          ARN_EQUALS,
          ARN_LIKE,
          ARN_NOT_EQUALS,
          ARN_NOT_LIKE,
          NULL ->
          Optional.empty();
    };
  }

  /// What is not the number differs from it in a first digit.
  private static void add(Set<TextPattern> patterns, BigInteger number, int digits) {
    String text = number.toString();
    if (number.signum() < 0 || text.length() > digits) {
      return;
    }
    String padded = "0".repeat(digits - text.length()) + text;
    patterns.add(TextPattern.literal(padded));
    for (int i = 0; i < digits; i++) {
      for (char digit = '0'; digit <= '9'; digit++) {
        if (digit != padded.charAt(i)) {
          patterns.add(TextPattern.of(padded.substring(0, i) + digit + "?".repeat(digits - i - 1)));
        }
      }
    }
  }
}
