package io.github.eksidentity.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.eksidentity.cli.Main;
import io.github.eksidentity.core.audit.Auditor;
import io.github.eksidentity.core.audit.Settings;
import io.github.eksidentity.core.facts.Association;
import io.github.eksidentity.core.facts.Cluster;
import io.github.eksidentity.core.facts.Coverage;
import io.github.eksidentity.core.facts.Inventory;
import io.github.eksidentity.core.facts.OidcProvider;
import io.github.eksidentity.core.facts.Role;
import io.github.eksidentity.core.facts.ServiceAccount;
import io.github.eksidentity.core.facts.Subject;
import io.github.eksidentity.core.json.Json;
import io.github.eksidentity.core.json.JsonLimits;
import io.github.eksidentity.core.json.JsonReader;
import io.github.eksidentity.core.json.JsonResult;
import io.github.eksidentity.core.rules.Rules;
import io.github.eksidentity.snapshot.Snapshot;
import io.github.eksidentity.snapshot.SnapshotFiles;
import io.github.eksidentity.snapshot.SnapshotReader;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The bundled account is complete, and what is said to be wrong or right in it is there.
class DemoSnapshotTest {
  @Test
  void everythingInItWasRead() {
    Snapshot demo = demo();
    assertEquals(Optional.of(Instant.parse("2026-11-20T06:00:00Z")), demo.takenAt());
    demo.inventory()
        .coverage()
        .forEach((scope, coverage) -> assertEquals(new Coverage.Complete(), coverage, scope + ""));
    assertEquals(
        Set.of("prod-eu", "staging-eu", "prod-us"),
        demo.inventory().clusters().stream().map(Cluster::name).collect(Collectors.toSet()));
  }

  @Test
  void theIndexNamesEveryFile() throws IOException, URISyntaxException {
    Path folder =
        Path.of(Objects.requireNonNull(Main.class.getResource("/demo/index.txt")).toURI())
            .resolveSibling("");
    try (Stream<Path> files = Files.walk(folder)) {
      Set<String> found =
          files
              .filter(Files::isRegularFile)
              .map(file -> folder.relativize(file).toString())
              .filter(name -> !name.equals("index.txt"))
              .collect(Collectors.toCollection(TreeSet::new));
      assertEquals(found, SnapshotFiles.ofResources(Main.class, "/demo").names());
    }
  }

  @Test
  void everyPlantedFaultAndHealthyPartExists() throws IOException {
    Set<String> resources = resources(demo().inventory());
    Json.Obj planted = planted();
    Set<String> rules = new HashSet<>();
    for (Json fault : list(planted, "faults")) {
      rules.add(text(fault, "rule"));
      assertTrue(resources.contains(text(fault, "resource")), text(fault, "resource"));
    }
    assertTrue(rules.size() >= 50, rules.toString());
    for (Json healthy : list(planted, "healthy")) {
      assertTrue(resources.contains(((Json.Str) healthy).value()), healthy.toString());
    }
  }

  @Test
  void everyPlantedFaultIsFoundAndNothingIsSaidOfHealthyParts() throws IOException {
    Snapshot demo = demo();
    Set<String> findings =
        new Auditor(Rules.all())
                .audit(demo.inventory(), Settings.DEFAULTS, demo.takenAt().orElseThrow())
                .findings()
                .stream()
                .map(finding -> finding.rule() + " at " + finding.resource())
                .collect(Collectors.toCollection(TreeSet::new));
    Json.Obj planted = planted();
    for (Json fault : list(planted, "faults")) {
      String expected = text(fault, "rule") + " at " + text(fault, "resource");
      assertTrue(findings.contains(expected), expected);
    }
    for (Json healthy : list(planted, "healthy")) {
      String end = " at " + ((Json.Str) healthy).value();
      assertEquals(List.of(), findings.stream().filter(one -> one.endsWith(end)).toList());
    }
  }

  private static Snapshot demo() {
    return SnapshotReader.read(SnapshotFiles.ofResources(Main.class, "/demo"), false);
  }

  private static Set<String> resources(Inventory inventory) {
    return Stream.of(
            inventory.roles().stream().map(Role::arn),
            inventory.providers().stream().map(OidcProvider::arn),
            inventory.clusters().stream().map(Cluster::arn),
            inventory.clusters().stream()
                .flatMap(cluster -> cluster.associations().stream())
                .map(Association::arn),
            inventory.clusters().stream()
                .flatMap(cluster -> cluster.kubernetes().serviceAccounts().stream())
                .map(ServiceAccount::qualifiedName),
            inventory.calls().stream()
                .flatMap(call -> call.subject().stream())
                .map(Subject::qualifiedName))
        .flatMap(arns -> arns)
        .collect(Collectors.toSet());
  }

  private static Json.Obj planted() throws IOException {
    try (var stream =
        Objects.requireNonNull(DemoSnapshotTest.class.getResourceAsStream("/demo-faults.json"))) {
      return switch (JsonReader.read(stream.readAllBytes(), JsonLimits.FILE)) {
        case JsonResult.Read(Json.Obj object) -> object;
        case JsonResult other -> throw new AssertionError(other);
      };
    }
  }

  private static List<Json> list(Json.Obj object, String name) {
    return ((Json.Arr) object.get(name).orElseThrow()).items();
  }

  private static String text(Json object, String name) {
    return ((Json.Str) ((Json.Obj) object).get(name).orElseThrow()).value();
  }
}
