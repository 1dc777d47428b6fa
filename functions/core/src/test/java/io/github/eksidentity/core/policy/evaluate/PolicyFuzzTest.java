package io.github.eksidentity.core.policy.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.eksidentity.core.json.JsonLimits;
import io.github.eksidentity.core.json.JsonReader;
import io.github.eksidentity.core.policy.admit.Admission;
import io.github.eksidentity.core.policy.admit.SubjectSet;
import io.github.eksidentity.core.policy.admit.WebIdentityCall;
import io.github.eksidentity.core.policy.parse.ParsedPolicy;
import io.github.eksidentity.core.policy.parse.TrustPolicyParser;
import io.github.eksidentity.core.policy.tree.KeyNames;
import io.github.eksidentity.core.policy.tree.TrustPolicy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/// What must hold for every input. `mvn verify` replays the stored inputs, `.ci/fuzz` explores.
final class PolicyFuzzTest {
  private static final String ISSUER = "oidc.eks.eu-west-1.amazonaws.com/id/AB";
  private static final String PROVIDER = "arn:aws:iam::111122223333:oidc-provider/" + ISSUER;
  private static final WebIdentityCall DOOR =
      new WebIdentityCall(
          PROVIDER, ISSUER, "sts.amazonaws.com", "111122223333", KeyNames.of("aws:sourceip"));
  private static final List<String> OPERATORS =
      List.of(
          "StringEquals",
          "StringLike",
          "StringNotEquals",
          "StringNotLike",
          "StringEqualsIgnoreCase",
          "ForAllValues:StringLike",
          "ForAnyValue:StringLike",
          "StringLikeIfExists",
          "ArnLike",
          "Null",
          "NumericEquals");
  private static final List<String> KEYS =
      List.of(ISSUER + ":sub", ISSUER + ":aud", "aws:SourceIp", "other:sub");
  private static final List<String> VALUES =
      List.of(
          "*",
          "system:serviceaccount:*",
          "system:serviceaccount:a:b",
          "system:serviceaccount:a:*",
          "system:serviceaccount:*:b",
          "system:serviceaccount:a?:b",
          "sts.amazonaws.com",
          "true",
          "false",
          "${" + ISSUER + ":sub}");
  private static final List<String> SUBJECTS =
      List.of(
          "system:serviceaccount:a:b",
          "system:serviceaccount:aa:b",
          "system:serviceaccount:a:c",
          "system:serviceaccount:kube-system:default",
          "system:serviceaccount:x:b");

  /// Any text gives a policy or located problems, never an exception.
  @FuzzTest
  void everyTextIsReadOrRefused(FuzzedDataProvider data) {
    String text = data.consumeRemainingAsString();
    ParsedPolicy parsed = TrustPolicyParser.parse(text);
    assertTrue(parsed.policy().isPresent() || !parsed.problems().isEmpty());
    parsed
        .problems()
        .forEach(
            problem -> {
              assertFalse(problem.message().isBlank());
              assertFalse(problem.iamSays().isBlank());
              assertTrue(problem.message().length() < 1_000);
            });
    parsed
        .policy()
        .ifPresent(
            policy ->
                assertNotNull(
                    TrustEvaluator.evaluate(policy, DOOR.request(SUBJECTS.getFirst())).reason()));
  }

  /// Any bytes are JSON or refused with a place, never an exception.
  @FuzzTest
  void everyFileIsReadOrRefused(byte[] bytes) {
    assertNotNull(JsonReader.read(bytes, JsonLimits.DOCUMENT));
  }

  /// The order of statements, a value alone against a list of one, and the letter case of keys and
  /// actions change no decision.
  @FuzzTest
  void writingTheSameOtherwiseDecidesTheSame(FuzzedDataProvider data) {
    List<String> statements = statements(data);
    List<String> reversed = new ArrayList<>(statements);
    Collections.reverse(reversed);
    for (String subject : SUBJECTS) {
      String decision = decide(statements, subject);
      assertEquals(decision, decide(reversed, subject), "order of statements");
      assertEquals(
          decision,
          decide(statements.stream().map(PolicyFuzzTest::withoutLists).toList(), subject),
          "scalar against list");
      assertEquals(
          decision,
          decide(statements.stream().map(PolicyFuzzTest::inOtherCase).toList(), subject),
          "case of keys");
    }
  }

  /// Whom the inverse admits, the evaluator allows, and nobody else.
  @FuzzTest
  void theInverseAgreesWithTheEvaluator(FuzzedDataProvider data) {
    List<String> statements = statements(data);
    SubjectSet admitted = Admission.of(policy(statements), DOOR);
    if (admitted instanceof SubjectSet.Undetermined) {
      return;
    }
    List<String> subjects = new ArrayList<>(SUBJECTS);
    Admission.example(admitted, SubjectSet.NOBODY).ifPresent(subjects::add);
    for (String subject : subjects) {
      assertEquals(
          decide(statements, subject).equals("allow"),
          Admission.contains(admitted, subject),
          () -> subject + " and " + admitted + " of " + statements);
    }
  }

  private static List<String> statements(FuzzedDataProvider data) {
    List<String> statements = new ArrayList<>();
    int count = data.consumeInt(1, 3);
    for (int i = 0; i < count; i++) {
      List<String> conditions = new ArrayList<>();
      Set<String> used = new java.util.HashSet<>();
      int tests = data.consumeInt(0, 3);
      for (int test = 0; test < tests; test++) {
        String operator = data.pickValue(OPERATORS);
        if (used.add(operator)) {
          conditions.add(
              "\"%s\": {\"%s\": [\"%s\"]}"
                  .formatted(operator, data.pickValue(KEYS), data.pickValue(VALUES)));
        }
      }
      statements.add(
          "{\"Effect\": \"%s\", \"Principal\": {\"Federated\": [\"%s\"]}, \"Action\": [\"%s\"], \"Condition\": {%s}}"
              .formatted(
                  data.consumeInt(0, 3) == 0 ? "Deny" : "Allow",
                  PROVIDER,
                  data.consumeBoolean() ? "sts:AssumeRoleWithWebIdentity" : "sts:*",
                  String.join(", ", conditions)));
    }
    return statements;
  }

  private static String withoutLists(String statement) {
    return statement.replace("[", "").replace("]", "");
  }

  private static String inOtherCase(String statement) {
    String changed = statement;
    for (String key : KEYS) {
      changed = changed.replace('"' + key + '"', '"' + key.toUpperCase(Locale.ROOT) + '"');
    }
    return changed.replace(
        "\"sts:AssumeRoleWithWebIdentity\"", "\"STS:assumerolewithWEBidentity\"");
  }

  private static String decide(List<String> statements, String subject) {
    return switch (TrustEvaluator.evaluate(policy(statements), DOOR.request(subject))) {
      case Decision.Allowed _ -> "allow";
      case Decision.Denied _ -> "deny";
      case Decision.Unknown _ -> "unknown";
    };
  }

  private static TrustPolicy policy(List<String> statements) {
    return TrustPolicyParser.parse(
            statements.stream()
                .collect(
                    Collectors.joining(
                        ", ", "{\"Version\": \"2012-10-17\", \"Statement\": [", "]}")))
        .policy()
        .orElseThrow();
  }
}
