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
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PolicyCommandTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String PROVIDER =
      "arn:aws:iam::111122223333:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF";
  private static final String POLICY =
      """
      {"Version": "2012-10-17", "Statement": [{"Effect": "Allow",
        "Principal": {"Federated": "%s"},
        "Action": "sts:AssumeRoleWithWebIdentity",
        "Condition": {"StringEquals": {
          "oidc.eks.eu-west-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF:sub":
            "system:serviceaccount:payments:ledger"}}}]}
      """
          .formatted(PROVIDER);

  private final Path folder;

  PolicyCommandTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private static String corpus(String name) throws IOException {
    try (InputStream stream = PolicyCommandTest.class.getResourceAsStream("/conformance/" + name)) {
      return new String(
          Objects.requireNonNull(stream, name).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static List<JsonNode> lines(String text) throws IOException {
    List<JsonNode> nodes = new ArrayList<>();
    for (String line : text.lines().toList()) {
      nodes.add(MAPPER.readTree(line));
    }
    return nodes;
  }

  @Test
  void contestedCasesAreUnknown() throws IOException {
    Result result =
        Command.in(folder)
            .input(corpus("contested.jsonl"))
            .run("policy", "evaluate", "--cases", "-");
    assertEquals(Exit.OK, result.exitCode(), result.err());
    for (JsonNode answer : lines(result.out())) {
      assertEquals("unknown", answer.get("decision").textValue(), answer.toString());
    }
  }

  @Test
  void brokenLinesCostNothingButThemselves() throws IOException {
    String good = corpus("trust-policies.jsonl").lines().findFirst().orElseThrow();
    String input =
        String.join(
            "\n",
            good,
            "{\"id\": \"cut",
            "{\"id\": \"empty\"}",
            "[]",
            "",
            "{\"id\": 7, \"mechanism\": \"kiam\", \"account_id\": \"111122223333\"}",
            good);
    Result result = Command.in(folder).input(input).run("policy", "evaluate", "--cases", "-");
    assertEquals(Exit.ERROR, result.exitCode(), result.err());
    List<JsonNode> answers = lines(result.out());
    assertEquals(6, answers.size(), result.out());
    assertEquals(answers.get(0), answers.get(5));
    for (JsonNode broken : answers.subList(1, 5)) {
      assertEquals("unknown", broken.get("decision").textValue());
    }
    assertEquals("empty", answers.get(2).get("id").textValue());
    assertEquals(7, answers.get(4).get("id").intValue());
    assertEquals(
        "line 6: mechanism must be irsa or pod-identity, not kiam",
        answers.get(4).get("reason").textValue());
  }

  @Test
  void onePolicyIsDecidedWithItsTrace() {
    Result allowed =
        Command.in(folder)
            .input(POLICY)
            .run(
                "policy",
                "evaluate",
                "--provider",
                PROVIDER,
                "--subject",
                "system:serviceaccount:payments:ledger");
    assertEquals(Exit.OK, allowed.exitCode(), allowed.all());
    assertTrue(allowed.out().startsWith("ALLOWED  sts:AssumeRoleWithWebIdentity\n"), allowed.out());
    Result denied =
        Command.in(folder)
            .input(POLICY)
            .run(
                "policy",
                "evaluate",
                "--provider",
                PROVIDER,
                "--subject",
                "system:serviceaccount:payments:ledgr");
    assertEquals(Exit.OK, denied.exitCode());
    assertTrue(denied.out().startsWith("DENIED  sts:AssumeRoleWithWebIdentity\n"), denied.out());
    assertTrue(denied.out().contains("system:serviceaccount:payments:ledgr"), denied.out());
  }

  @Test
  void podIdentityNeedsBothActions() {
    Result result =
        Command.in(folder)
            .input(
                """
                {"Version": "2012-10-17", "Statement": [{"Effect": "Allow",
                  "Principal": {"Service": "pods.eks.amazonaws.com"}, "Action": "sts:AssumeRole"}]}
                """)
            .run(
                "policy evaluate --pod-identity --cluster-arn arn:aws:eks:eu-west-1:111122223333:cluster/prod --namespace payments --service-account ledger"
                    .split(" "));
    assertTrue(result.out().contains("ALLOWED  sts:AssumeRole\n"), result.all());
    assertTrue(result.out().contains("DENIED  sts:TagSession\n"), result.all());
  }

  @Test
  void oneDocumentIsCheckedWithPlaceAndConsequence() {
    Result result =
        Command.in(folder).input("{\"Version\": \"2012-10-17\"}").run("policy", "check");
    assertEquals(Exit.FINDINGS, result.exitCode(), result.all());
    assertTrue(
        result.out().startsWith("policy:1:1: critical trust-document-invalid: "), result.out());
    assertTrue(result.out().contains("IAM refuses to save it."), result.out());
    Result good = Command.in(folder).input(POLICY).run("policy", "check", "-");
    assertEquals(Exit.OK, good.exitCode(), good.all());
  }
}
