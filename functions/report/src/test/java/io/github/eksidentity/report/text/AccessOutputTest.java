package io.github.eksidentity.report.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.eksidentity.core.access.Edge;
import io.github.eksidentity.core.index.Mechanism;
import io.github.eksidentity.core.permissions.Rights;
import io.github.eksidentity.core.policy.tree.Truth;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Names in an account are written by whoever may create a role or service account there.
final class AccessOutputTest {
  private static Edge edge(String cluster, String role) {
    return new Edge(
        new Edge.Place(cluster, Optional.of("eu-west-1")),
        "oidc.eks.eu-west-1.amazonaws.com/id/A",
        "system:serviceaccount:payments:ledger",
        List.of(),
        Mechanism.IRSA,
        role,
        Optional.empty(),
        Truth.YES,
        Truth.UNKNOWN,
        Edge.Status.UNKNOWN,
        Rights.READ,
        Set.of());
  }

  @Test
  void aSpreadsheetSeesNoFormula() {
    for (String start : List.of("=", "+", "-", "@")) {
      String csv = AccessCsv.render(List.of(edge(start + "HYPERLINK(\"http://x\",1)", "r")));
      assertTrue(
          csv.contains("\r\n\"'" + start + "HYPERLINK(\"\"http://x\"\",1)\",eu-west-1,"), csv);
    }
    assertEquals(2, AccessCsv.render(List.of(edge("a\r\nb", "r"))).lines().count());
  }

  @Test
  void aDiagramSeesOnlyLabels() {
    String hostile = "x\"]; n9 -> n0; \\ <b>\n]|";
    String dot = AccessDiagram.dot(List.of(edge("c", hostile)));
    assertTrue(dot.contains("[label=\"x\\\"]; n9 -> n0; \\\\ <b>\\\\n]|\"]"), dot);
    String mermaid = AccessDiagram.mermaid(List.of(edge("c", hostile)));
    assertTrue(
        mermaid.contains("n1[\"x#34;#93;#59; n9 -#62; n0#59; #92; #60;b#62;#92;n#93;#124;\"]"),
        mermaid);
  }
}
