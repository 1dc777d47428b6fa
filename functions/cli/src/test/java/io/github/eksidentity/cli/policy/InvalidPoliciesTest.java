package io.github.eksidentity.cli.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.eksidentity.cli.Command;
import io.github.eksidentity.cli.Command.Result;
import io.github.eksidentity.cli.console.Exit;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// Every document of the conformance corpus that IAM refuses, or stores although no pod gets in, is
/// told so by the rule that names the cause, and no other is.
final class InvalidPoliciesTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String REJECTED = "rejected-by-iam";
  private static final String LIVE = "accepted-and-live";

  /// The account of the corpus; which account a role is in stands in no trust document.
  private static final String ACCOUNT = "111122223333";

  /// The rule that names the cause, by what the corpus calls the trouble.
  private static final Map<String, String> CAUSES =
      Map.of(
          "federated-provider-unknown", "trust-condition-key-mismatch",
          "federated-provider-foreign", "trust-provider-foreign-account",
          "principal-action-mismatch", "trust-action-mismatch",
          "dead-condition-key", "trust-condition-key-mismatch",
          "literal-wildcard", "trust-wildcard-without-like",
          "dead-condition-value", "trust-subject-malformed",
          "only-deny", "trust-document-invalid",
          "deny-always-applies", "trust-denied",
          "missing-tag-session", "association-trust-no-tag-session",
          "wrong-service", "association-trust-missing-service");

  private final Path folder;

  InvalidPoliciesTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private static String corpus() throws IOException {
    try (InputStream stream =
        InvalidPoliciesTest.class.getResourceAsStream("/conformance/invalid-policies.jsonl")) {
      return new String(Objects.requireNonNull(stream).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static List<JsonNode> lines(String text) throws IOException {
    List<JsonNode> nodes = new ArrayList<>();
    for (String line : text.lines().toList()) {
      nodes.add(MAPPER.readTree(line));
    }
    return nodes;
  }

  @TestFactory
  Stream<DynamicTest> everyDocumentIsToldItsTrouble() throws IOException {
    List<JsonNode> documents = lines(corpus());
    Result result =
        Command.in(folder)
            .input(corpus())
            .run("policy", "check", "--documents", "-", "--account", ACCOUNT);
    assertEquals(Exit.OK, result.exitCode(), result.err());
    List<JsonNode> answers = lines(result.out());
    assertEquals(documents.size(), answers.size());
    Map<String, JsonNode> byId = new HashMap<>();
    answers.forEach(answer -> byId.put(answer.get("id").textValue(), answer.get("problems")));
    return documents.stream()
        .map(
            document ->
                DynamicTest.dynamicTest(
                    document.get("id").textValue() + " " + document.get("note").textValue(),
                    () ->
                        check(
                            document,
                            Objects.requireNonNull(byId.get(document.get("id").textValue())))));
  }

  private static void check(JsonNode document, JsonNode problems) {
    String severity = document.get("severity").textValue();
    Set<String> rules = new TreeSet<>();
    for (JsonNode problem : problems) {
      rules.add(problem.get("rule").textValue());
      assertEquals(severity, problem.get("consequence").textValue(), problems.toString());
      assertTrue(problem.get("line").intValue() >= 1, problems.toString());
    }
    assertEquals(expected(severity, document.get("problem").textValue()), rules);
  }

  private static Set<String> expected(String severity, String trouble) {
    return switch (severity) {
      case LIVE -> Set.of();
      case REJECTED -> Set.of("trust-document-invalid");
      default -> Set.of(Objects.requireNonNull(CAUSES.get(trouble), trouble));
    };
  }

  @Test
  void ofAProviderAloneNobodyCanSayThatItIsForeign() {
    String document =
        """
        {"Version": "2012-10-17", "Statement": [{"Effect": "Allow",
          "Principal": {"Federated": "arn:aws:iam::444455556666:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF"},
          "Action": "sts:AssumeRoleWithWebIdentity",
          "Condition": {"StringEquals": {
            "oidc.eks.eu-west-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF:sub":
              "system:serviceaccount:payments:ledger"}}}]}
        """;
    Result alone = Command.in(folder).input(document).run("policy", "check");
    assertEquals(Exit.OK, alone.exitCode(), alone.all());
    Result placed = Command.in(folder).input(document).run("policy", "check", "--account", ACCOUNT);
    assertEquals(Exit.FINDINGS, placed.exitCode(), placed.all());
    assertTrue(placed.out().contains("trust-provider-foreign-account"), placed.out());
  }
}
