package io.github.eksidentity.core.policy.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.eksidentity.core.json.Position;
import io.github.eksidentity.core.policy.tree.Condition;
import io.github.eksidentity.core.policy.tree.ConditionOperator;
import io.github.eksidentity.core.policy.tree.Effect;
import io.github.eksidentity.core.policy.tree.Principal;
import io.github.eksidentity.core.policy.tree.PrincipalKind;
import io.github.eksidentity.core.policy.tree.Statement;
import io.github.eksidentity.core.policy.tree.Text;
import io.github.eksidentity.core.policy.tree.TrustPolicy;
import io.github.eksidentity.core.rules.Rules;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TrustPolicyParserTest {
  private static final String PROVIDER =
      "arn:aws:iam::111122223333:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/0123456789ABCDEF";
  private static final String GOOD =
      """
      {
        "Version": "2012-10-17",
        "Id": "trust",
        "Statement": [
          {
            "Sid": "Pods",
            "Effect": "Allow",
            "Principal": {"Federated": "%s", "Service": ["ec2.amazonaws.com", "pods.eks.amazonaws.com"]},
            "Action": ["sts:AssumeRoleWithWebIdentity", "sts:TagSession"],
            "Condition": {
              "StringLike": {"a:sub": ["x*", 7, true]},
              "ForAnyValue:StringEqualsIfExists": {"a:aud": "y"}
            }
          },
          {"Effect": "Deny", "NotPrincipal": "*", "NotAction": "s3:Get*"}
        ]
      }
      """
          .formatted(PROVIDER);

  @Test
  void keepsEveryElementWithItsPlace() {
    TrustPolicy policy = TrustPolicyParser.parse(GOOD).policy().orElseThrow();
    assertEquals("2012-10-17", policy.version());
    assertEquals(GOOD, policy.source());
    Statement first = policy.statements().getFirst();
    assertEquals(Optional.of("Pods"), first.sid());
    assertEquals(Effect.ALLOW, first.effect());
    assertEquals(new Position(5, 5), first.at());
    assertEquals(
        new Principal(PrincipalKind.FEDERATED, PROVIDER, new Position(8, 34)),
        first.principals().of(PrincipalKind.FEDERATED).getFirst());
    assertEquals(2, first.principals().of(PrincipalKind.SERVICE).size());
    assertFalse(first.principals().negated());
    assertEquals(
        List.of("sts:AssumeRoleWithWebIdentity", "sts:TagSession"),
        first.actions().patterns().stream().map(Text::value).toList());
    Condition like = first.conditions().getFirst();
    assertEquals(ConditionOperator.Comparison.STRING_LIKE, like.operator().comparison());
    assertEquals(new Position(11, 9), like.operatorAt());
    assertEquals(new Position(11, 24), like.keyAt());
    assertEquals(
        List.of(
            new Text("x*", new Position(11, 34)),
            new Text("7", new Position(11, 40)),
            new Text("true", new Position(11, 43))),
        like.values());
    ConditionOperator second = first.conditions().get(1).operator();
    assertEquals(ConditionOperator.Quantifier.FOR_ANY_VALUE, second.quantifier());
    assertTrue(second.ifExists());
    Statement deny = policy.statements().get(1);
    assertEquals(1, deny.index());
    assertEquals(Effect.DENY, deny.effect());
    assertTrue(deny.principals().negated());
    assertTrue(deny.principals().everyone());
    assertTrue(deny.actions().negated());
  }

  @Test
  void acceptsWhatIamAccepts() {
    for (String document :
        List.of(
            policy("{\"Effect\": \"Allow\", \"Principal\": {\"AWS\": \"*\"}, \"Action\": \"*\"}"),
            policy(
                "{\"Effect\": \"Allow\", \"Principal\": {\"AWS\": \"111122223333\"}, \"Action\":"
                    + " \"sts:*\"}"),
            policy(
                "{\"Effect\": \"Allow\", \"Principal\": {\"AWS\": \"AROAABCDEFGHIJKLMNOPQ\"},"
                    + " \"Action\": \"STS:assumerole\"}"),
            policy(
                "{\"Effect\": \"Allow\", \"Principal\": {\"Federated\": \"accounts.google.com\"},"
                    + " \"Action\": \"sts:Assume*\"}"),
            policy(
                "{\"Effect\": \"Allow\", \"Principal\": {\"CanonicalUser\": \"79a59d\"},"
                    + " \"Action\": \"sts:AssumeRole\"}"),
            "{\"Statement\": {\"Effect\": \"Allow\", \"Principal\": {\"Service\":"
                + " \"pods.eks.amazonaws.com\"}, \"Action\": \"sts:SetSourceIdentity\"}}")) {
      assertEquals(List.of(), TrustPolicyParser.parse(document).problems(), document);
    }
  }

  @Test
  void takesTheOldVersionWhereNoneIsNamed() {
    TrustPolicy policy =
        TrustPolicyParser.parse(
                "{\"Statement\": {\"Effect\": \"Allow\", \"Principal\": {\"AWS\": \"*\"},"
                    + " \"Action\": \"*\"}}")
            .policy()
            .orElseThrow();
    assertEquals("2008-10-17", policy.version());
    assertFalse(policy.resolvesVariables());
  }

  /// Each line: the document, the place of the problem, and words of its message.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          ~~                                              | 1:1  | The document is empty
          %7B%22Version%22%7D                             | 1:1  | still URL-encoded
          {"Version": "2012-10-17",                       | 1:26 | Not JSON
          {} {}                                           | 1:4  | more text behind the end
          "{}"                                            | 1:1  | encoded twice
          []                                              | 1:1  | A policy is an object, not a list
          {"Statement": []}                               | 1:15 | at least one
          {"Statement": [7]}                              | 1:16 | A statement is an object, not a number
          {"Version": "2012-10-17"}                       | 1:1  | no Statement
          {"Version": 20121017, "Statement": [7]}         | 1:13 | Version is
          {"version": "2012-10-17", "Statement": [7]}     | 1:2  | no element "version"
          {"Id": 7, "Statement": [7]}                     | 1:8  | Id is a string, not a number
          {"Statement": [7], "Statement": [7]}            | 1:20 | stands twice in the policy
          """)
  void locatesWhatIsWrongWithThePolicy(String document, String place, String message) {
    assertProblem(document, place, message);
  }

  /// Each line: a statement, the place of the problem in it, and words of its message.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {"Principal": {"AWS": "*"}, "Action": "*"}                                          | 2:1  | no Effect
          {"Effect": "allow", "Principal": {"AWS": "*"}, "Action": "*"}                       | 2:12 | Effect is "Allow" or "Deny"
          {"Effect": ["Allow"], "Principal": {"AWS": "*"}, "Action": "*"}                     | 2:12 | Effect is "Allow" or "Deny"
          {"Effect": "Allow", "Action": "*"}                                                  | 2:1  | names no Principal
          {"Effect": "Allow", "Principal": {}, "Action": "*"}                                 | 2:34 | Principal is empty
          {"Effect": "Allow", "Principal": "arn", "Action": "*"}                              | 2:34 | an object of kinds
          {"Effect": "Allow", "Principal": "*", "Action": "*"}                                | 2:34 | not supported as the Principal
          {"Effect": "Allow", "Principal": {"OIDC": "x"}, "Action": "*"}                      | 2:35 | no kind of principal "OIDC"
          {"Effect": "Allow", "Principal": {"AWS": []}, "Action": "*"}                        | 2:42 | is an empty list
          {"Effect": "Allow", "Principal": {"AWS": ""}, "Action": "*"}                        | 2:42 | is an empty string
          {"Effect": "Allow", "Principal": {"AWS": 111122223333}, "Action": "*"}              | 2:42 | is a string, not a number
          {"Effect": "Allow", "Principal": {"AWS": "*", "AWS": "*"}, "Action": "*"}           | 2:47 | stands twice in the Principal
          {"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::1*:root"}, "Action": "*"}    | 2:42 | a wildcard cannot match a part
          {"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:group/g"}, "Action": "*"} | 2:42 | groups cannot be principals
          {"Effect": "Allow", "Principal": {"AWS": "somebody"}, "Action": "*"}                | 2:42 | neither an account id
          {"Effect": "Allow", "Principal": {"Federated": "https://oidc.eks"}, "Action": "*"}  | 2:48 | not the ARN of an identity provider
          {"Effect": "Allow", "Principal": {"Service": "pods.eks.amazon.com"}, "Action": "*"} | 2:46 | not the name of a service
          {"Effect": "Allow", "NotPrincipal": {"AWS": "*"}, "Action": "*"}                    | 2:37 | does not support NotPrincipal
          {"Effect": "Allow", "Principal": {"AWS": "*"}, "NotPrincipal": "*", "Action": "*"}  | 2:64 | exclude one another
          {"Effect": "Allow", "Principal": {"AWS": "*"}}                                      | 2:1  | no Action
          {"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "*", "NotAction": "*"}     | 2:76 | exclude one another
          {"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "AssumeRole"}              | 2:58 | no service prefix
          {"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "s3:GetObject"}            | 2:58 | none that assumes a role
          {"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "s3:*"}                    | 2:58 | none that assumes a role
          {"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": []}                        | 2:58 | Action is an empty list
          {"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "s*:AssumeRole"}           | 2:58 | a wildcard in its service prefix
          {"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "*:*"}                     | 2:58 | a wildcard in its service prefix
          {"Effect": "Allow", "Principal": {"AWS": "*"}, "NotAction": "s?:GetObject"}         | 2:61 | a wildcard in its service prefix
          {"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "sts:AssumeRole:*"}        | 2:58 | more than one colon
          {"Effect": "Allow", "Principal": {"AWS": "*"}, "NotAction": "s3:a:b"}               | 2:61 | more than one colon
          {"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:policy/p"}, "Action": "*"} | 2:42 | neither an account id
          {"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:oidc-provider/p"}, "Action": "*"} | 2:42 | neither an account id
          {"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:instance-profile/p"}, "Action": "*"} | 2:42 | neither an account id
          {"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:rooted"}, "Action": "*"} | 2:42 | neither an account id
          {"Effect": "Allow", "Principal": {"AWS": "arn:aws:sts::111122223333:assumed-role/r"}, "Action": "*"} | 2:42 | neither an account id
          {"Effect": "Allow", "Principal": {"AWS": "arn:aws:sts::111122223333:role/r"}, "Action": "*"} | 2:42 | neither an account id
          {"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "*", "Resource": "*"}      | 2:63 | has no Resource
          {"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "*", "Conditions": {}}     | 2:63 | no element "Conditions"
          {"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "*", "Sid": "a b"}         | 2:70 | other characters than letters
          {"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "*", "Sid": 1}             | 2:70 | Sid is a string
          {"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "*", "Effect": "Deny"}     | 2:63 | stands twice in the statement
          {"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "*", "Condition": []}      | 2:76 | Condition is an object of operators, not a list
          {"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "*", "Condition": {"StringEqual": {"a:b": "c"}}} | 2:77 | no condition operator "StringEqual"
          {"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "*", "Condition": {"NullIfExists": {"a:b": "true"}}} | 2:77 | no condition operator
          {"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "*", "Condition": {"Bool": "true"}} | 2:85 | an object of keys, not a string
          {"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "*", "Condition": {"Bool": {"b": "true"}}} | 2:86 | not of the form prefix:name
          {"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "*", "Condition": {"Bool": {"a:": "true"}}} | 2:86 | not of the form prefix:name
          {"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "*", "Condition": {"Bool": {"a:b": null}}} | 2:93 | a string, a number or a boolean, not null
          {"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "*", "Condition": {"Bool": {"a:b": [["x"]]}}} | 2:94 | not a list
          {"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "*", "Condition": {"Bool": {"a:b": "x", "a:b": "y"}}} | 2:98 | stands twice in the operator
          """)
  void locatesWhatIsWrongWithAStatement(String statement, String place, String message) {
    assertProblem(
        "{\"Version\": \"2012-10-17\", \"Statement\": [\n" + statement + "]}", place, message);
  }

  @Test
  void refusesASidThatStandsTwice() {
    String statement =
        "{\"Sid\": \"a\", \"Effect\": \"Allow\", \"Principal\": {\"AWS\": \"*\"}, \"Action\":"
            + " \"*\"}";
    assertProblem(
        "{\"Statement\": [\n" + statement + ",\n" + statement + "]}",
        "3:9",
        "stands in line 2, column 9 already");
  }

  @Test
  void countsTheSizeWithoutWhiteSpace() {
    String document =
        policy("{\"Effect\": \"Allow\", \"Principal\": {\"AWS\": \"*\"}, \"Action\": \"*\"}");
    int size = TrustPolicyParser.size(document);
    assertEquals(document.replaceAll("\\s", "").length(), size);
    assertTrue(TrustPolicyParser.parse(document, size).accepted());
    ParsedPolicy over = TrustPolicyParser.parse(document, size - 1);
    assertFalse(over.accepted());
    assertTrue(over.policy().isPresent(), "it can still be evaluated");
    assertTrue(over.problems().getFirst().iamSays().startsWith("LimitExceeded"));
  }

  @Test
  void locatesACharacterThatIamDoesNotTake() {
    assertProblem(
        "{\"Statement\":\n {\"Sid\": \"pаyments\", \"Effect\": \"Allow\"}}", "2:12", "U+0430");
    assertEquals(
        List.of(),
        TrustPolicyParser.parse(
                "{\"Id\": \"é\", \"Statement\": {\"Effect\": \"Allow\", \"Principal\": {\"AWS\":"
                    + " \"*\"}, \"Action\": \"*\"}}")
            .problems());
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "{\"a\":", "\"", "1", "{\"Statement\":[", "\\u0000"})
  void endsInTimeWhateverIsRepeated(String piece) {
    String hostile = piece.repeat(200_000);
    ParsedPolicy parsed =
        assertTimeoutPreemptively(Duration.ofSeconds(10), () -> TrustPolicyParser.parse(hostile));
    assertFalse(parsed.accepted());
    assertTrue(parsed.problems().size() < 10);
  }

  @Test
  void quotesNoNameInFullLength() {
    String name = "x".repeat(100_000);
    for (Problem problem : TrustPolicyParser.parse("{\"" + name + "\": 1}").problems()) {
      assertTrue(problem.message().length() < 500);
      assertFalse(problem.iamSays().isEmpty());
    }
  }

  /// Each line: a condition of an Allow statement of version 2012-10-17, the rule that speaks of it
  /// or `-`, and words of its message.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          "StringEquals": {"aws:NoSuchKey": "x"}              | trust-unsupported-claim | never holds and the statement allows nothing
          "StringNotEquals": {"AWS:principalarns": "x"}       | trust-unsupported-claim | always holds and restricts nothing
          "Null": {"sts:NoSuchKey": "true"}                   | trust-unsupported-claim | always holds
          "StringEquals": {"sts:externalid": "x"}             | -                       | -
          "StringEquals": {"aws:OriginIdentity/Subject": "x"} | -                       | -
          "StringEquals": {"aws:RequestTag/a": "x"}           | -                       | -
          "StringEquals": {"token.example.org:sub": "x"}      | -                       | -
          "StringLike": {"token.example.org:sub": "a${"}      | trust-unsatisfiable     | no closing brace
          "StringLike": {"token.example.org:sub": "a${}b"}    | trust-unsatisfiable     | no name
          "ArnLike": {"token.example.org:sub": "${ aws:userid }"} | trust-unsatisfiable | no documented form
          "StringLike": {"token.example.org:sub": "${aws:userid,'x'}"} | trust-unsatisfiable | no documented form
          "StringLike": {"token.example.org:sub": "${aws:userid, 'x'}${*}"} | -          | -
          "Bool": {"token.example.org:sub": "${"}             | -                       | -
          """)
  void namesConditionsThatCannotMeanWhatTheySay(String condition, String rule, String message) {
    String document =
        """
        {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"AWS": "*"},
          "Action": "sts:AssumeRole", "Condition": {%s}}]}\
        """
            .formatted(condition);
    ParsedPolicy parsed = TrustPolicyParser.parse(document);
    assertTrue(parsed.accepted());
    assertEquals(
        rule.equals("-") ? List.of() : List.of(rule),
        parsed.problems().stream().map(found -> Rules.reporting(found.fault()).id()).toList());
    parsed
        .problems()
        .forEach(problem -> assertTrue(problem.message().contains(message), problem.message()));
  }

  @Test
  void evaluatesNoDocumentWhoseMeaningDependsOnItsReader() {
    for (String twice :
        List.of(
            "\"Effect\": \"Deny\", \"Effect\": \"Allow\"",
            "\"Effect\": \"Allow\", \"Condition\": {\"Bool\": {\"a:b\": \"true\"}, \"Bool\":"
                + " {}}")) {
      ParsedPolicy parsed =
          TrustPolicyParser.parse(
              "{\"Statement\": {"
                  + twice
                  + ", \"Principal\": {\"AWS\": \"*\"}, \"Action\": \"*\"}}");
      assertEquals(Optional.empty(), parsed.policy());
      assertFalse(parsed.accepted());
    }
  }

  private static void assertProblem(String document, String place, String message) {
    String[] parts = place.split(":", 2);
    Position at = new Position(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
    ParsedPolicy parsed = TrustPolicyParser.parse(document);
    assertFalse(parsed.accepted(), document);
    assertTrue(
        parsed.problems().stream()
            .anyMatch(found -> found.at().equals(at) && found.message().contains(message)),
        () ->
            document
                + "\nhas: "
                + parsed.problems().stream()
                    .map(found -> found.at() + " " + found.message())
                    .collect(Collectors.joining("\n")));
  }

  private static String policy(String statement) {
    return "{\"Version\": \"2012-10-17\", \"Statement\": [" + statement + "]}";
  }
}
