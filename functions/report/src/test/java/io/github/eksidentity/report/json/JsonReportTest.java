package io.github.eksidentity.report.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import io.github.eksidentity.core.audit.Assessment;
import io.github.eksidentity.report.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class JsonReportTest {
  private static final Path SCHEMA = Path.of("../../docs/output-json.schema.json");
  private static final ObjectMapper MAPPER = new ObjectMapper();

  static Stream<Assessment> assessments() {
    return Stream.of(
        Samples.complete(),
        Samples.complete(Samples.literalWildcard(), Samples.hostile()),
        Samples.incomplete(Samples.wrongAudience()));
  }

  @ParameterizedTest
  @MethodSource("assessments")
  void everyReportKeepsThePublishedSchema(Assessment assessment) throws IOException {
    JsonSchema schema =
        JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
            .getSchema(Files.readString(SCHEMA));
    Set<ValidationMessage> problems =
        schema.validate(MAPPER.readTree(JsonReport.render(assessment, Samples.edges())));
    assertEquals(Set.of(), problems);
  }

  @Test
  void namesComeBackAsTheyAreAndCannotCommandATerminal() throws IOException {
    String text = JsonReport.render(Samples.complete(Samples.hostile()), Samples.edges());
    assertTrue(text.chars().allMatch(unit -> unit == '\n' || (unit >= ' ' && unit <= '~')));
    JsonNode finding = MAPPER.readTree(text).at("/findings/0");
    assertEquals(Samples.HOSTILE, finding.at("/evidence/0/value").textValue());
    assertEquals(
        Samples.HOSTILE,
        finding
            .at("/remediation/changes/0/document/Statement/0/Condition/StringEquals")
            .get(Samples.ISSUER + ":sub")
            .textValue());
  }

  @Test
  void aReportHoldsWhatAProgramNeedsToAct() throws IOException {
    JsonNode report =
        MAPPER.readTree(
            JsonReport.render(Samples.incomplete(Samples.literalWildcard()), Samples.edges()));
    assertEquals(1, report.get("version").intValue());
    assertEquals("2026-11-20T06:00:00Z", report.get("at").textValue());
    assertEquals(1, report.at("/totals/critical").intValue());
    assertEquals(0, report.at("/totals/info").intValue());
    JsonNode finding = report.at("/findings/0");
    assertEquals("payments", finding.get("cluster").textValue());
    assertEquals("eu-west-1", finding.get("region").textValue());
    assertEquals(Samples.role("payments/ledger"), finding.get("resource").textValue());
    assertEquals(0, finding.at("/evidence/0/statement").intValue());
    assertEquals(8, finding.at("/evidence/0/line").intValue());
    assertEquals("fix", finding.at("/remediation/kind").textValue());
    assertEquals("replace-trust-policy", finding.at("/remediation/changes/0/kind").textValue());
    assertEquals(List.of("iam", "oidc"), MAPPER.convertValue(finding.get("scopes"), List.class));
    JsonNode denied = report.at("/coverage/3");
    assertEquals("eks/eu-west-3", denied.get("scope").textValue());
    assertEquals("failed", denied.get("status").textValue());
    assertEquals("eks:ListClusters", denied.get("permission").textValue());
    assertEquals("trust-issuer-dead", report.at("/undecided/0/rule").textValue());
    assertEquals("eks/eu-west-3", report.at("/undecided/0/scopes/0").textValue());
    JsonNode edge = report.at("/edges/0");
    assertEquals("payments", edge.get("cluster").textValue());
    assertEquals("payments/ledger", edge.get("serviceAccount").textValue());
    assertEquals(Samples.role("ledger"), edge.get("role").textValue());
    assertEquals(Samples.ISSUER, edge.get("source").textValue());
    assertEquals(List.of("iam", "oidc"), MAPPER.convertValue(edge.get("scopes"), List.class));
  }

  @Test
  void theSameAssessmentGivesTheSameText() {
    assertEquals(
        JsonReport.render(
            Samples.complete(Samples.hostile(), Samples.wrongAudience()), Samples.edges()),
        JsonReport.render(
            Samples.complete(Samples.wrongAudience(), Samples.hostile()), Samples.edges()));
  }
}
