package io.github.eksidentity.report.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.eksidentity.report.Samples;
import io.github.eksidentity.report.json.SavedReport.NotAReport;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class SavedReportTest {
  private static final String TEXT =
      JsonReport.render(Samples.incomplete(Samples.hostile()), Samples.edges());

  private static SavedReport read(String text) throws NotAReport {
    return SavedReport.read(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String refusal(String old, String current) {
    String changed = TEXT.replace(old, current);
    assertTrue(!changed.equals(TEXT), () -> old + " stands nowhere");
    return String.valueOf(assertThrows(NotAReport.class, () -> read(changed)).getMessage());
  }

  @Test
  void edgesComeBackAsTheyWereWritten() throws NotAReport {
    assertEquals(Optional.of(Samples.edges()), read(TEXT).edges());
    assertEquals(Samples.incomplete().coverage().keySet(), read(TEXT).coverage().keySet());
  }

  @Test
  void whatHasAnotherFormIsRefusedWithItsPlace() {
    assertTrue(
        refusal("\"irsa\"", "\"saml\"").endsWith("the member mechanism has no such value as saml"));
    assertTrue(refusal("\"oidc\"", "\"moon\"").endsWith("names no scope: moon"));
    assertTrue(refusal("\"source\"", "\"sauce\"").endsWith("the member source must be a string"));
    assertTrue(
        refusal("\"edges\" : [", "\"edges\" : [1,")
            .matches("line \\d+.*: the member edges must hold objects"));
    assertTrue(
        refusal("\"edges\" : [", "\"edges\" : null, \"more\" : [")
            .endsWith("the member edges must be a list"));
  }
}
