package io.github.eksidentity.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.eksidentity.cli.Command;
import io.github.eksidentity.cli.Command.Result;
import io.github.eksidentity.cli.console.Exit;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ExplainCommandTest {
  private final Path folder;

  ExplainCommandTest(@TempDir Path folder) {
    this.folder = folder;
    Command.demo(folder.resolve("account"));
  }

  private Result explain(String line) {
    return Command.in(folder).run(("explain --snapshot account " + line).split(" "));
  }

  @Test
  void aBrokenWayEndsWithTheOneCauseAndItsFix() {
    Result result = explain("--cluster prod-us --service-account promotions/promotions-api");
    assertEquals(Exit.FINDINGS, result.exitCode(), result.all());
    assertTrue(
        result
            .out()
            .startsWith(
                "Service account promotions/promotions-api of cluster prod-us in us-east-1\n"),
        result.out());
    for (String part :
        new String[] {
          "broken   trust        No statement allows sts:AssumeRole\n",
          "StringEquals aws:RequestTag/kubernetes-namespace [promotion]",
          "■ CRITICAL  association-trust-condition-mismatch\n",
          "pods see  AccessDeniedException from EKS Auth",
          "-          \"aws:RequestTag/kubernetes-namespace\": \"promotion\",\n",
          "aws iam update-assume-role-policy --role-name promotions"
        }) {
      assertTrue(result.out().contains(part), part + "\n" + result.out());
    }
  }

  @Test
  void jsonSaysTheSame() throws IOException {
    Result result =
        explain("--cluster prod-us --service-account promotions/promotions-api -o json");
    assertEquals(Exit.FINDINGS, result.exitCode(), result.all());
    JsonNode json = new ObjectMapper().readTree(result.out());
    assertEquals("broken", json.at("/verdict").textValue());
    assertEquals("pod-identity", json.at("/mechanism").textValue());
    assertEquals("arn:aws:iam::111122223333:role/apps/promotions", json.at("/role").textValue());
    assertTrue(json.at("/targetRole").isNull());
    assertEquals("binding", json.at("/steps/0/step").textValue());
    assertEquals("ok", json.at("/steps/0/status").textValue());
    assertEquals("association-trust-condition-mismatch", json.at("/cause/rule").textValue());
    assertEquals("fix", json.at("/cause/remediation/kind").textValue());
    assertTrue(json.at("/cause/stsError").textValue().startsWith("AccessDeniedException"));
  }

  @Test
  void theCauseIsTheAuditsFinding() throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    JsonNode cause =
        mapper
            .readTree(explain("--cluster prod-eu --service-account lake/ingest -o json").out())
            .get("cause");
    JsonNode audit =
        mapper.readTree(
            Command.in(folder).run("audit", "--snapshot", "account", "-o", "json").out());
    boolean found = false;
    for (JsonNode finding : audit.get("findings")) {
      found |=
          finding.get("rule").equals(cause.get("rule"))
              && finding.get("resource").equals(cause.get("resource"))
              && finding.get("title").equals(cause.get("title"))
              && finding.get("remediation").get("advice").equals(cause.at("/remediation/advice"));
    }
    assertTrue(found, cause.toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--cluster prod-eux --service-account a/b | the nearest is prod-eu",
        "--cluster prod-eu --role velero-backups | the nearest is velero-backup",
        "--cluster prod-eu --role log-shipper | say which one with --service-account",
      })
  void unknownNamesAreOneSentenceWithTheNearest(String line, String message) {
    Result result = explain(line);
    assertEquals(Exit.ERROR, result.exitCode(), result.all());
    assertEquals(1, result.err().lines().count(), result.err());
    assertTrue(result.err().contains(message), result.err());
  }

  @Test
  void theRolesOwnServiceAccountIsFound() {
    Result result = explain("--cluster prod-eu --role payments-api");
    assertTrue(result.out().startsWith("Service account payments/payments-api "), result.all());
  }
}
