package io.github.eksidentity.core.policy.tree;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// A condition operator taken apart, as in `ForAnyValue:StringLikeIfExists`.
///
/// Documented at
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html>.
///
/// @param quantifier the set operator before it
/// @param comparison what is compared and how
/// @param ifExists whether the suffix IfExists is there
/// @param text as the policy writes it
public record ConditionOperator(
    Quantifier quantifier, Comparison comparison, boolean ifExists, String text) {

  private static final String IF_EXISTS = "ifexists";

  /// The set operator of a multivalued key.
  public enum Quantifier {
    NONE(""),
    FOR_ALL_VALUES("forallvalues:"),
    FOR_ANY_VALUE("foranyvalue:");

    private final String prefix;

    Quantifier(String prefix) {
      this.prefix = prefix;
    }
  }

  /// The comparisons that IAM knows.
  public enum Comparison {
    STRING_EQUALS("StringEquals"),
    STRING_NOT_EQUALS("StringNotEquals"),
    STRING_EQUALS_IGNORE_CASE("StringEqualsIgnoreCase"),
    STRING_NOT_EQUALS_IGNORE_CASE("StringNotEqualsIgnoreCase"),
    STRING_LIKE("StringLike"),
    STRING_NOT_LIKE("StringNotLike"),
    NUMERIC_EQUALS("NumericEquals"),
    NUMERIC_NOT_EQUALS("NumericNotEquals"),
    NUMERIC_LESS_THAN("NumericLessThan"),
    NUMERIC_LESS_THAN_EQUALS("NumericLessThanEquals"),
    NUMERIC_GREATER_THAN("NumericGreaterThan"),
    NUMERIC_GREATER_THAN_EQUALS("NumericGreaterThanEquals"),
    DATE_EQUALS("DateEquals"),
    DATE_NOT_EQUALS("DateNotEquals"),
    DATE_LESS_THAN("DateLessThan"),
    DATE_LESS_THAN_EQUALS("DateLessThanEquals"),
    DATE_GREATER_THAN("DateGreaterThan"),
    DATE_GREATER_THAN_EQUALS("DateGreaterThanEquals"),
    BOOL("Bool"),
    BINARY_EQUALS("BinaryEquals"),
    IP_ADDRESS("IpAddress"),
    NOT_IP_ADDRESS("NotIpAddress"),
    ARN_EQUALS("ArnEquals"),
    ARN_LIKE("ArnLike"),
    ARN_NOT_EQUALS("ArnNotEquals"),
    ARN_NOT_LIKE("ArnNotLike"),
    NULL("Null");

    private static final Map<String, Comparison> BY_NAME = new HashMap<>();

    static {
      for (Comparison comparison : values()) {
        BY_NAME.put(comparison.element.toLowerCase(Locale.ROOT), comparison);
      }
    }

    private final String element;

    Comparison(String element) {
      this.element = element;
    }

    /// The operator's name as the documentation writes it.
    public String element() {
      return element;
    }

    /// Whether the operator is one of the negated ones, which are true where the key is absent.
    public boolean negated() {
      return element.contains("Not");
    }
  }

  /// Takes an operator's name apart; empty where IAM has no such operator. `Null` has no form with
  /// IfExists. The documentation does not say whether the letter case of an operator counts; IAM's
  /// policy simulator reads `stringequals` as StringEquals, and so does this.
  public static Optional<ConditionOperator> of(String text) {
    String rest = text.toLowerCase(Locale.ROOT);
    Quantifier quantifier = Quantifier.NONE;
    for (Quantifier candidate : Quantifier.values()) {
      if (rest.startsWith(candidate.prefix)) {
        quantifier = candidate;
      }
    }
    rest = rest.substring(quantifier.prefix.length());
    boolean ifExists = rest.endsWith(IF_EXISTS);
    if (ifExists) {
      rest = rest.substring(0, rest.length() - IF_EXISTS.length());
    }
    Comparison comparison = Comparison.BY_NAME.get(rest);
    if (comparison == null || (ifExists && comparison == Comparison.NULL)) {
      return Optional.empty();
    }
    return Optional.of(new ConditionOperator(quantifier, comparison, ifExists, text));
  }

  /// Whether the condition holds where its key is not in the request. ForAnyValue over an absent
  /// key is false; with IfExists the documentation is silent.
  public boolean trueWhenAbsent() {
    return quantifier == Quantifier.FOR_ALL_VALUES
        || (quantifier == Quantifier.NONE
            && comparison != Comparison.NULL
            && (ifExists || comparison.negated()));
  }
}
