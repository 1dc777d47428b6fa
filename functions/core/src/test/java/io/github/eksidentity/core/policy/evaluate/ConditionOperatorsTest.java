package io.github.eksidentity.core.policy.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.eksidentity.core.policy.parse.ParsedPolicy;
import io.github.eksidentity.core.policy.parse.TrustPolicyParser;
import io.github.eksidentity.core.policy.tree.KeyNames;
import io.github.eksidentity.core.policy.tree.PrincipalKind;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// One condition on the key `k:k` at a time. A call is allowed where the condition holds.
final class ConditionOperatorsTest {
  /// Each line: operator, values of the policy, values of the call, and the decision. `-` stands
  /// for an absent key, `[]` for a key or condition without values, `;` separates values.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          StringEquals                | a              | a               | allow
          StringEquals                | a              | A               | deny
          StringEquals                | a;b            | b               | allow
          StringEquals                | a*             | ab              | deny
          StringEquals                | a*             | a*              | allow
          StringEquals                | a              | -               | deny
          StringEquals                | a              | []              | deny
          StringEquals                | []             | a               | unknown
          StringEquals                | a              | a;a             | unknown
          StringEquals                | a              | a;b             | unknown
          StringEquals                | a              | b;c             | deny
          StringNotEquals             | a              | b;c             | unknown
          StringNotEquals             | a              | a;b             | unknown
          stringequals                | a              | a               | allow
          StringNotEquals             | a              | b               | allow
          StringNotEquals             | a;b            | b               | deny
          StringNotEquals             | a              | -               | allow
          StringEqualsIgnoreCase      | Ab             | aB              | allow
          StringEqualsIgnoreCase      | k              | \u212A          | unknown
          StringEqualsIgnoreCase      | a              | b               | deny
          StringNotEqualsIgnoreCase   | Ab             | aB              | deny
          StringLike                  | a*c            | abbc            | allow
          StringLike                  | a?c            | abc             | allow
          StringLike                  | a?c            | abbc            | deny
          StringLike                  | a?c            | ac              | deny
          StringLike                  | s:*:n          | s:a:b:n         | allow
          StringLike                  | [a]            | a               | deny
          StringNotLike               | a*             | b               | allow
          StringNotLike               | a*             | ab              | deny
          StringEqualsIfExists        | a              | -               | allow
          StringEqualsIfExists        | a              | b               | deny
          ForAllValues:StringEquals   | a;b            | a;b             | allow
          ForAllValues:StringEquals   | a              | a;b             | deny
          ForAllValues:StringEquals   | a              | -               | allow
          ForAnyValue:StringEquals    | a              | a;b             | allow
          ForAnyValue:StringEquals    | a              | b;c             | deny
          ForAnyValue:StringEquals    | a              | -               | deny
          ForAnyValue:StringEqualsIfExists | a         | -               | unknown
          ForAnyValue:StringNotEquals | a              | -               | deny
          ForAllValues:StringNotEquals| a              | b;c             | allow
          ForAllValues:StringNotEquals| a              | a;c             | deny
          Null                        | true           | -               | allow
          Null                        | false          | -               | deny
          Null                        | false          | x               | allow
          Null                        | true           | x               | deny
          Null                        | perhaps        | x               | unknown
          Null                        | true;false     | x               | allow
          Null                        | []             | x               | unknown
          ForAnyValue:Null            | true           | -               | unknown
          NumericEquals               | 7              | 7.0             | allow
          NumericEquals               | 7              | 8               | deny
          NumericNotEquals            | 7              | 8               | allow
          NumericLessThan             | 7              | 6               | allow
          NumericLessThan             | 7              | 7               | deny
          NumericLessThanEquals       | 7              | 7               | allow
          NumericLessThanEquals       | 7              | 8               | deny
          NumericGreaterThan          | 7              | 8               | allow
          NumericGreaterThan          | 7              | 7               | deny
          NumericGreaterThanEquals    | 7              | 7               | allow
          NumericGreaterThanEquals    | 7              | 6               | deny
          NumericEquals               | seven          | 7               | unknown
          NumericEquals               | 1e9            | 1               | unknown
          DateEquals                  | 2026-01-01     | 2026-01-01T00:00:00Z | allow
          DateEquals                  | 2026           | 2026-01-01      | unknown
          DateEquals                  | 2026-01        | 2026-01-01      | allow
          DateEquals                  | 2026-01        | 1767225600      | allow
          DateEquals                  | 2026-01-01     | 2026-01-01T01:00:00+01:00 | allow
          DateEquals                  | 2026-01-01T00:00 | 2026-01-01    | allow
          DateNotEquals               | 2026           | 2027            | allow
          DateGreaterThan             | 2026           | 2026-02-01      | allow
          DateLessThan                | 2999           | 2026-02-01      | unknown
          DateLessThan                | 2026-01-01     | 2025-12-31T23:59:59Z | allow
          DateLessThan                | 2026-01-01     | 2026-01-01      | deny
          DateLessThanEquals          | 2026-01-01     | 2026-01-01      | allow
          DateGreaterThan             | 2026-01-01     | 2026-01-01      | deny
          DateGreaterThan             | 2026-01-01     | 2027-01-01      | allow
          DateGreaterThanEquals       | 2026-01-01     | 2026-01-01      | allow
          DateEquals                  | 2026-13-01     | 2026            | unknown
          Bool                        | TRUE           | true            | allow
          Bool                        | false          | true            | deny
          Bool                        | false          | -               | deny
          Bool                        | 1              | true            | unknown
          BinaryEquals                | QUI=           | QUI=            | allow
          BinaryEquals                | QUI=           | QUE=            | deny
          BinaryEquals                | !              | QUE=            | unknown
          IpAddress                   | 10.0.0.0/8     | 10.1.2.3        | allow
          IpAddress                   | 10.0.0.0/8     | 11.1.2.3        | deny
          IpAddress                   | 10.1.2.3       | 10.1.2.3        | allow
          IpAddress                   | 10.1.2.0/25    | 10.1.2.128      | deny
          IpAddress                   | 2001:db8::/32  | 2001:db8:1::1   | allow
          IpAddress                   | 2001:db8::/32  | 10.1.2.3        | deny
          IpAddress                   | 0.0.0.0/33     | 10.1.2.3        | unknown
          IpAddress                   | example.org    | 10.1.2.3        | unknown
          NotIpAddress                | 10.0.0.0/8     | 11.1.2.3        | allow
          NotIpAddress                | 10.0.0.0/8     | 10.1.2.3        | deny
          ArnLike                     | arn:aws:eks:*:1:cluster/* | arn:aws:eks:r:1:cluster/c | allow
          ArnLike                     | arn:aws:eks:*:cluster/c   | arn:aws:eks:r:1:cluster/c | unknown
          ArnLike                     | arn:aws:*:*:*:*           | arn:aws:eks:r:1:cluster/c:x | allow
          ArnEquals                   | arn:aws:eks:r:1:cluster/? | arn:aws:eks:r:1:cluster/c | allow
          ArnEquals                   | arn:aws:eks:r:1:cluster/c | arn:aws:eks:r:1:cluster/d | deny
          ArnNotLike                  | arn:aws:eks:*:1:*         | arn:aws:eks:r:2:cluster/c | allow
          ArnNotEquals                | arn:aws:eks:r:1:cluster/c | arn:aws:eks:r:1:cluster/c | deny
          ArnLike                     | *              | arn:aws:eks:r:1:cluster/c | unknown
          """)
  void decides(String operator, String wanted, String actual, String decision) {
    assertEquals(
        decision, decide("2012-10-17", operator, values(wanted), call(actual), KeyNames.NONE));
  }

  /// Each line: the policy's value, the value of the variable's key, and the decision for a call
  /// whose `k:k` is `a-b`.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          StringEquals    | a-${v:v}         | b | allow
          StringEquals    | a-${V:V}         | b | allow
          StringEquals    | a-${v:v}         | c | deny
          StringEquals    | a-${v:v}         | - | deny
          StringNotEquals | a-${v:v}         | - | unknown
          StringEquals    | a-${v:v, 'b'}    | - | allow
          StringEquals    | a-${v:v, 'c'}    | - | deny
          StringEquals    | a-${v:v, 'c'}    | b | allow
          StringLike      | ${v:v}*          | a | allow
          StringLike      | ${v:v}           | * | unknown
          StringEquals    | a-${v:v          | b | deny
          StringNotEquals | a-${v:v          | b | unknown
          StringLike      | a-*${v:v         | b | deny
          StringEquals    | a-${}            | b | deny
          StringEquals    | a-b${}           | b | unknown
          StringEquals    | a-${ v:v }       | b | unknown
          StringEquals    | a-${ v:v }       | c | deny
          StringEquals    | a-${v:v,'b'}     | - | unknown
          StringEquals    | a-${v:v ,'c'}    | - | deny
          StringNotEquals | a-${ v:v }       | c | unknown
          StringLike      | a${?}b           | b | deny
          StringLike      | a${*}b           | b | deny
          StringLike      | ?-b              | b | allow
          StringEquals    | a-${v:v}${v:v}   | b | deny
          """)
  void resolvesVariables(String operator, String wanted, String variable, String decision) {
    Map<String, List<String>> context =
        variable.equals("-")
            ? Map.of("k:k", List.of("a-b"))
            : Map.of("k:k", List.of("a-b"), "v:v", List.of(variable));
    assertEquals(decision, decide("2012-10-17", operator, values(wanted), context, KeyNames.NONE));
  }

  @Test
  void takesVariablesLiterallyInTheOldVersion() {
    Map<String, List<String>> literal = Map.of("k:k", List.of("${v:v}"), "v:v", List.of("b"));
    assertEquals(
        "allow", decide("2008-10-17", "StringEquals", List.of("${v:v}"), literal, KeyNames.NONE));
    assertEquals(
        "deny", decide("2012-10-17", "StringEquals", List.of("${v:v}"), literal, KeyNames.NONE));
  }

  @Test
  void leavesAVariableOfSeveralOrUnknownValuesOpen() {
    Map<String, List<String>> several = Map.of("k:k", List.of("a"), "v:v", List.of("a", "b"));
    assertEquals(
        "unknown", decide("2012-10-17", "StringEquals", List.of("${v:v}"), several, KeyNames.NONE));
    assertEquals(
        "unknown",
        decide(
            "2012-10-17",
            "StringEquals",
            List.of("${v:v}"),
            Map.of("k:k", List.of("a")),
            KeyNames.of("V:*")));
  }

  @Test
  void leavesKeysOpenThatNobodyKnows() {
    for (String undetermined : List.of("k:k", "K:K", "k:*")) {
      for (String operator :
          List.of("StringEquals", "StringNotEquals", "Null", "ForAllValues:StringLike")) {
        assertEquals(
            "unknown",
            decide("2012-10-17", operator, List.of("true"), Map.of(), KeyNames.of(undetermined)));
      }
    }
    assertEquals(
        "allow",
        decide(
            "2012-10-17",
            "StringEquals",
            List.of("a"),
            Map.of("k:k", List.of("a")),
            KeyNames.of("k:*")),
        "a key that is given is known");
    assertEquals(
        "deny",
        decide("2012-10-17", "StringEquals", List.of("a"), Map.of(), KeyNames.of("kk:*", "k:kk")));
  }

  private static List<String> values(String text) {
    return text.equals("[]") ? List.of() : List.of(text.split(";"));
  }

  private static Map<String, List<String>> call(String text) {
    return text.equals("-") ? Map.of() : Map.of("K:k", values(text));
  }

  private static String decide(
      String version,
      String operator,
      List<String> wanted,
      Map<String, List<String>> context,
      KeyNames undetermined) {
    String document =
        """
        {"Version": "%s", "Statement": {"Effect": "Allow", "Principal": {"Service": "s.amazonaws.com"},
          "Action": "sts:AssumeRole", "Condition": {"%s": {"k:k": [%s]}}}}
        """
            .formatted(
                version,
                operator,
                wanted.stream().map(value -> '"' + value + '"').collect(Collectors.joining(", ")));
    ParsedPolicy parsed = TrustPolicyParser.parse(document);
    Request request =
        new Request(
            PrincipalKind.SERVICE,
            "s.amazonaws.com",
            "111122223333",
            "sts:AssumeRole",
            context,
            undetermined);
    Decision decision =
        TrustEvaluator.evaluate(
            parsed
                .policy()
                .orElseThrow(
                    () -> new AssertionError(Arrays.toString(parsed.problems().toArray()))),
            request);
    return switch (decision) {
      case Decision.Allowed _ -> "allow";
      case Decision.Denied _ -> "deny";
      case Decision.Unknown _ -> "unknown";
    };
  }
}
