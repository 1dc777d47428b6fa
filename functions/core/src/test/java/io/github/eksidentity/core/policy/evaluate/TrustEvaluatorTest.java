package io.github.eksidentity.core.policy.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.eksidentity.core.policy.parse.TrustPolicyParser;
import io.github.eksidentity.core.policy.tree.KeyNames;
import io.github.eksidentity.core.policy.tree.PrincipalKind;
import io.github.eksidentity.core.policy.tree.TrustPolicy;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TrustEvaluatorTest {
  private static final String ISSUER =
      "oidc.eks.eu-west-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF";
  private static final String PROVIDER = "arn:aws:iam::111122223333:oidc-provider/" + ISSUER;
  private static final String SUBJECT = "system:serviceaccount:payments:ledger";
  private static final String ALLOW =
      statement("Allow", "{\"Federated\": \"%s\"}".formatted(PROVIDER), SUBJECT);

  @Test
  void namesTheStatementThatAllows() {
    Decision.Allowed allowed =
        assertInstanceOf(
            Decision.Allowed.class,
            decide(statement("Allow", "{\"Service\": \"ec2.amazonaws.com\"}", SUBJECT), ALLOW));
    assertEquals(1, allowed.statement());
    assertEquals("Statement 2 (Allow) allows", allowed.reason());
    assertEquals(
        List.of(
            "Statement 1 (Allow):",
            "  Principal: no, it does not name " + PROVIDER,
            "  Action: yes, \"sts:AssumeRoleWithWebIdentity\" covers sts:AssumeRoleWithWebIdentity",
            "  does not match",
            "Statement 2 (Allow):",
            "  Principal: yes, Federated \"" + PROVIDER + "\"",
            "  Action: yes, \"sts:AssumeRoleWithWebIdentity\" covers sts:AssumeRoleWithWebIdentity",
            "  StringEquals %s:sub [%s], call has [%s]: yes, it matches \"%s\""
                .formatted(ISSUER, SUBJECT, SUBJECT, SUBJECT),
            "  matches"),
        allowed.trace());
  }

  @Test
  void deniesWhereNothingAllows() {
    Decision.Denied denied =
        assertInstanceOf(
            Decision.Denied.class,
            decide(statement("Allow", "{\"Federated\": \"%s\"}".formatted(PROVIDER), "other")));
    assertFalse(denied.explicit());
    assertEquals("No statement allows sts:AssumeRoleWithWebIdentity", denied.reason());
  }

  @Test
  void letsDenyWin() {
    Decision.Denied denied =
        assertInstanceOf(
            Decision.Denied.class,
            decide(
                ALLOW,
                ALLOW.replace("Allow", "Deny").replace("{\"Eff", "{\"Sid\": \"No\", \"Eff")));
    assertTrue(denied.explicit());
    assertEquals("Statement 2 \"No\" (Deny) denies", denied.reason());
  }

  @Test
  void isUnknownWhereWhatIsNotKnownMatters() {
    String byAddress =
        ALLOW.replace(
            "\"Condition\": {",
            "\"Condition\": {\"IpAddress\": {\"aws:SourceIp\": \"10.0.0.0/8\"}, ");
    String maybeAllow = assertInstanceOf(Decision.Unknown.class, decide(byAddress)).reason();
    assertTrue(maybeAllow.startsWith("Statement 1 (Allow) may allow: it is not known"), maybeAllow);
    String maybeDeny =
        assertInstanceOf(Decision.Unknown.class, decide(ALLOW, byAddress.replace("Allow", "Deny")))
            .reason();
    assertTrue(maybeDeny.startsWith("Statement 2 (Deny) may deny: it is not known"), maybeDeny);
    assertInstanceOf(
        Decision.Allowed.class, decide(byAddress, ALLOW), "another statement settles it");
    assertInstanceOf(
        Decision.Denied.class,
        decide(byAddress.replace("Allow", "Deny")),
        "nothing allows, whatever the Deny says");
    assertInstanceOf(
        Decision.Denied.class,
        decide(byAddress, ALLOW.replace("Allow", "Deny")),
        "a Deny settles it");
  }

  /// Each line: effect, Principal of a statement beside one that allows everything, and the
  /// decision about a web identity.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          Allow | {"AWS": "*"}                                    | unknown
          Allow | {"Federated": "*"}                              | unknown
          Allow | "*"                                             | unknown
          Allow | {"AWS": "111122223333"}                         | deny
          Allow | {"Federated": "arn:aws:iam::111122223333:oidc-provider/other"} | deny
          Deny  | "*"                                             | deny
          Deny  | {"AWS": "*"}                                    | unknown
          Deny  | {"Service": "pods.eks.amazonaws.com"}           | allow
          """)
  void saysWhatEveryoneMeans(String effect, String principal, String decision) {
    String statement =
        "{\"Effect\": \"%s\", \"Principal\": %s, \"Action\": \"sts:*\"}"
            .formatted(effect, principal);
    assertEquals(
        decision, word(effect.equals("Deny") ? decide(ALLOW, statement) : decide(statement)));
  }

  @Test
  void denyOfEveryoneShutsOutServicesToo() {
    TrustPolicy policy =
        policy(
            "{\"Effect\": \"Allow\", \"Principal\": {\"Service\": \"pods.eks.amazonaws.com\"},"
                + " \"Action\": \"*\"}",
            "{\"Effect\": \"Deny\", \"Principal\": \"*\", \"Action\": \"*\"}");
    Request request =
        new Request(
            PrincipalKind.SERVICE,
            "pods.eks.amazonaws.com",
            "111122223333",
            "sts:TagSession",
            Map.of(),
            KeyNames.NONE);
    assertEquals("deny", word(TrustEvaluator.evaluate(policy, request)));
  }

  @Test
  void aProviderUnderAwsIsContested() {
    String statement =
        "{\"Effect\": \"Allow\", \"Principal\": {\"AWS\": \"%s\"}, \"Action\": \"*\"}";
    assertEquals("unknown", word(decide(statement.formatted(PROVIDER))));
    assertEquals("deny", word(decide(statement.formatted("arn:aws:iam::111122223333:role/other"))));
  }

  @Test
  void theProviderMustBeInTheRolesAccount() {
    Decision.Denied denied =
        assertInstanceOf(
            Decision.Denied.class,
            TrustEvaluator.evaluate(policy(ALLOW), request("999988887777", KeyNames.NONE)));
    assertTrue(denied.reason().contains("is not in the role's account 999988887777"));
    assertEquals(List.of(denied.reason()), denied.trace());
  }

  /// Each line: the Action or NotAction element, and the decision.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          "Action": "STS:assumerolewithwebidentity"          | allow
          "Action": "sts:Assume*"                            | allow
          "Action": "sts:AssumeRoleWith???Identity"          | allow
          "Action": "sts:AssumeRole"                         | deny
          "Action": ["sts:TagSession", "*"]                  | allow
          "NotAction": "sts:AssumeRoleWithWebIdentity"       | deny
          "NotAction": "sts:TagSession"                      | allow
          """)
  void coversActions(String element, String decision) {
    String statement = ALLOW.replace("\"Action\": \"sts:AssumeRoleWithWebIdentity\"", element);
    assertEquals(decision, word(decide(statement)));
  }

  @Test
  void oneKeyTwiceUnderOneOperatorCountsOnlyWhereBothAgree() {
    String twice =
        ALLOW.replace(
            "\"StringEquals\": {",
            "\"StringEquals\": {\"%s:SUB\": \"%s\", ".formatted(ISSUER, "%s"));
    assertEquals("allow", word(decide(twice.formatted(SUBJECT))));
    assertEquals("unknown", word(decide(twice.formatted("other"))));
  }

  private static Decision decide(String... statements) {
    return TrustEvaluator.evaluate(
        policy(statements), request("111122223333", KeyNames.of("aws:sourceip")));
  }

  private static String word(Decision decision) {
    return switch (decision) {
      case Decision.Allowed _ -> "allow";
      case Decision.Denied _ -> "deny";
      case Decision.Unknown _ -> "unknown";
    };
  }

  private static Request request(String account, KeyNames undetermined) {
    return new Request(
        PrincipalKind.FEDERATED,
        PROVIDER,
        account,
        "sts:AssumeRoleWithWebIdentity",
        Map.of(ISSUER + ":sub", List.of(SUBJECT)),
        undetermined);
  }

  private static TrustPolicy policy(String... statements) {
    return TrustPolicyParser.parse(
            "{\"Version\": \"2012-10-17\", \"Statement\": [" + String.join(", ", statements) + "]}")
        .policy()
        .orElseThrow();
  }

  private static String statement(String effect, String principal, String subject) {
    return """
    {"Effect": "%s", "Principal": %s, "Action": "sts:AssumeRoleWithWebIdentity", \
    "Condition": {"StringEquals": {"%s:sub": "%s"}}}\
    """
        .formatted(effect, principal, ISSUER, subject);
  }
}
