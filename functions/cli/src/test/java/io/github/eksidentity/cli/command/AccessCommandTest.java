package io.github.eksidentity.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.eksidentity.cli.Command;
import io.github.eksidentity.cli.Command.Result;
import io.github.eksidentity.cli.console.Exit;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AccessCommandTest {
  private final Path folder;

  AccessCommandTest(@TempDir Path folder) {
    this.folder = folder;
    Command.demo(folder.resolve("account"));
  }

  private Result access(String line) {
    Result result = Command.in(folder).run(("access --snapshot account " + line).split(" "));
    assertEquals(Exit.OK, result.exitCode(), result.all());
    return result;
  }

  private JsonNode edges(String line) throws IOException {
    return new ObjectMapper().readTree(access(line + " -o json").out()).get("edges");
  }

  @Test
  void everyEdgeHasItsMembers() throws IOException {
    JsonNode edges = edges("--service-account promotions/promotions-api");
    for (JsonNode edge : edges) {
      for (String member :
          List.of(
              "cluster",
              "serviceAccount",
              "mechanism",
              "role",
              "targetRole",
              "declared",
              "admitted",
              "status",
              "rights")) {
        assertTrue(edge.has(member), member + " in " + edge);
      }
    }
    boolean broken = false;
    for (JsonNode edge : edges) {
      broken |=
          edge.get("cluster").textValue().equals("prod-us")
              && edge.get("serviceAccount").textValue().equals("promotions/promotions-api")
              && edge.get("declared").booleanValue()
              && !edge.get("admitted").booleanValue()
              && edge.get("status").textValue().equals("broken");
    }
    assertTrue(broken, edges.toString());
  }

  @Test
  void aRoleIsFoundByNameAndArnAndAsTarget() throws IOException {
    JsonNode byName = edges("--role reporting-batch");
    assertEquals(byName, edges("--role arn:aws:iam::111122223333:role/apps/reporting-batch"));
    assertEquals("reporting/*", byName.get(0).get("serviceAccount").textValue());
    assertEquals("loose", byName.get(0).get("status").textValue());
    assertFalse(byName.get(0).get("declared").booleanValue());
    assertEquals(
        "lake/ingest", edges("--role datalake-reader").get(0).at("/serviceAccount").textValue());
  }

  @Test
  void aServiceAccountHasThePatternsThatLetItIn() throws IOException {
    JsonNode edges = edges("--cluster prod-eu --service-account reporting/nightly");
    boolean pattern = false;
    for (JsonNode edge : edges) {
      pattern |= edge.get("serviceAccount").textValue().equals("reporting/*");
      assertFalse(edge.get("serviceAccount").textValue().equals("payments/payments-api"));
    }
    assertTrue(pattern, edges.toString());
  }

  @Test
  void theTableGroupsByCluster() {
    String table = access("--cluster staging-eu").out();
    assertTrue(table.startsWith("cluster staging-eu in eu-west-1\n"), table);
    assertTrue(table.contains("broken  invoices/invoices"), table);
  }

  @Test
  void diagramsAndCsvHaveEveryEdge() {
    int edges = access("-o csv").out().split("\r\n", -1).length - 2;
    assertTrue(edges > 20, "edges: " + edges);
    String dot = access("-o dot").out();
    assertTrue(dot.startsWith("digraph access {\n"), dot);
    assertTrue(dot.lines().filter(line -> line.contains(" -> ")).count() >= edges, dot);
    String mermaid = access("-o mermaid").out();
    assertTrue(mermaid.startsWith("flowchart LR\n"), mermaid);
    assertTrue(
        mermaid.lines().filter(line -> line.contains("-->") || line.contains("-.->")).count()
            >= edges,
        mermaid);
  }

  @Test
  void anUnknownClusterIsNamedWithTheNearest() {
    Result result =
        Command.in(folder).run("access", "--snapshot", "account", "--cluster", "prodeu");
    assertEquals(Exit.ERROR, result.exitCode());
    assertTrue(result.err().contains("the nearest is prod-eu."), result.err());
  }
}
