package io.github.eksidentity.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.eksidentity.cli.Command.Result;
import io.github.eksidentity.cli.store.FileStore;
import io.github.eksidentity.core.drift.Digest;
import io.github.eksidentity.core.drift.Run;
import io.github.eksidentity.report.alert.Alert;
import io.github.eksidentity.report.alert.FindingsPlace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// What the command prints of the demo's account on two days, byte for byte as in
/// `src/test/resources/outputs`; `.ci/update` writes the files anew.
final class DemoOutputTest {
  private static final Path FOLDER = Path.of("src/test/resources/outputs");
  private static final String UPDATE = ".ci/update writes it anew, where it is meant to change";

  /// When a run really began and ended, which no two runs of a test share.
  private static final Pattern CLOCK =
      Pattern.compile("(?<=\"(?:started|completed)At\"\\s?:\\s?\")[^\"]+");

  /// Of an account that was read and of nothing else.
  private static final Map<String, String> OF_THE_DEMO =
      Map.ofEntries(
          Map.entry("demo.txt", "demo"),
          Map.entry("demo-details.txt", "demo --details"),
          Map.entry("audit.txt", "audit --snapshot before"),
          Map.entry("audit.json", "audit --snapshot before --output json"),
          Map.entry("access.txt", "access --snapshot before"),
          Map.entry("access.json", "access --snapshot before --output json"),
          Map.entry("access.csv", "access --snapshot before --output csv"),
          Map.entry("access.dot", "access --snapshot before --output dot"),
          Map.entry("access.mermaid", "access --snapshot before --output mermaid"),
          Map.entry("explain-broken.txt", explain("prod-us", "promotions/promotions-api", "table")),
          Map.entry("explain-broken.json", explain("prod-us", "promotions/promotions-api", "json")),
          Map.entry("explain-works.txt", explain("prod-eu", "checkout/checkout", "table")),
          Map.entry("explain-works.json", explain("prod-eu", "checkout/checkout", "json")),
          Map.entry("explain-shadowed.txt", explain("prod-eu", "payments/payments-api", "table")),
          Map.entry("explain-unknown.json", explain("prod-eu", "fraud/scoring-worker", "json")),
          Map.entry("explain-unknown.txt", explain("prod-eu", "fraud/scoring-worker", "table")),
          Map.entry("explain-pod-identity.txt", explain("prod-eu", "lake/ingest", "table")),
          Map.entry("explain-pod-identity.json", explain("prod-eu", "lake/ingest", "json")),
          Map.entry("explain-staging.txt", explain("staging-eu", "invoices/invoices", "table")),
          Map.entry("rules.txt", "rules list"),
          Map.entry("diff.txt", "diff before after"));

  /// After an audit of each day was recorded.
  private static final Map<String, String> OF_THE_STORE =
      Map.of(
          "findings.txt", "findings --store file:store",
          "findings.json", "findings --store file:store --output json",
          "runs.txt", "runs --store file:store",
          "digest.txt", "digest --store file:store",
          "digest-of-the-first-day.txt",
              "digest --store file:store --run 111122223333-2026-11-20T06:00:00Z");

  /// What somebody changed overnight.
  private static final Map<String, String> OVERNIGHT =
      Map.of(
          "arn:aws:iam::aws:policy/AdministratorAccess",
          "arn:aws:iam::aws:policy/AmazonEKSClusterPolicy",
          "system:serviceaccount:argocd:bootstrap\"",
          "system:serviceaccount:argocd:installer\"");

  private static final Map<String, String> OUTPUTS = new TreeMap<>();

  private static String explain(String cluster, String serviceAccount, String form) {
    return "explain --snapshot before --cluster %s --service-account %s --output %s"
        .formatted(cluster, serviceAccount, form);
  }

  @BeforeAll
  static void runAll(@TempDir Path folder) throws IOException {
    Command.demo(folder.resolve("before"));
    secondDay(Command.demo(folder.resolve("after")));
    new TreeMap<>(OF_THE_DEMO).forEach((file, line) -> run(folder, file, line));
    String recorded = "audit --store file:store --snapshot ";
    run(folder, "first-day.txt", recorded + "before");
    run(folder, "second-day.json", recorded + "after --output json");
    run(folder, "second-day-again.txt", recorded + "after");
    new TreeMap<>(OF_THE_STORE).forEach((file, line) -> run(folder, file, line));
    alert(folder);
    OUTPUTS.replaceAll((_, text) -> CLOCK.matcher(text).replaceAll("(a time)"));
    if (Boolean.getBoolean("update.docs")) {
      update();
    }
  }

  private static void secondDay(Path account) throws IOException {
    Files.writeString(account.resolve("taken-at.txt"), "2026-11-21T06:00:00Z\n");
    Path roles = account.resolve("authorization-details.json");
    String text = Files.readString(roles);
    for (var edit : OVERNIGHT.entrySet()) {
      assertTrue(text.contains(edit.getKey()), edit.getKey());
      text = text.replace(edit.getKey(), edit.getValue());
    }
    Files.writeString(roles, text);
    Path provider = account.resolve("open-id-connect-providers/prod-eu.json");
    Files.writeString(
        provider,
        Files.readString(provider).replace("\"sts.amazonaws.com\"", "\"sts.amazonaws.com.cn\""));
    Files.move(account.resolve("regions/us-east-1"), account.resolveSibling("not-read"));
    Files.writeString(
        account.resolve("errors.json"),
        """
        [{"scope": "eks/us-east-1", "error": "AccessDeniedException",
          "message": "not authorized to perform: eks:ListClusters"}]
        """);
  }

  private static void run(Path folder, String file, String line) {
    Result result = Command.in(folder).run(line.split(" "));
    assertEquals("", result.err(), result.all());
    OUTPUTS.put(file, result.out());
    OUTPUTS.merge("exit-codes.txt", "%d  %s%n".formatted(result.exitCode(), line), String::concat);
  }

  /// The message of the second day in the form of each protocol, a file for each.
  private static void alert(Path folder) throws IOException {
    try (FileStore opened = FileStore.toRead(folder.resolve("store"), "store")) {
      Run last = opened.store().runs("111122223333", 1).getFirst();
      Alert alert =
          Alert.of(Digest.of(opened.store(), last), new FindingsPlace.Option(Optional.empty()))
              .orElseThrow();
      StringBuilder attributes = new StringBuilder(alert.subject()).append('\n');
      alert.attributes().forEach((name, value) -> attributes.append(name + " " + value + "\n"));
      OUTPUTS.put("alert-attributes.txt", attributes.toString());
      new ObjectMapper()
          .readTree(alert.message())
          .properties()
          .forEach(form -> OUTPUTS.put("alert-" + form.getKey(), form.getValue().asText()));
    }
  }

  private static void update() throws IOException {
    Files.createDirectories(FOLDER);
    for (String name : present()) {
      Files.delete(FOLDER.resolve(name));
    }
    for (var output : OUTPUTS.entrySet()) {
      Files.writeString(FOLDER.resolve(output.getKey()), output.getValue());
    }
  }

  @TestFactory
  Stream<DynamicTest> everyOutputIsAsItWas() {
    return OUTPUTS.entrySet().stream()
        .map(
            output ->
                DynamicTest.dynamicTest(
                    output.getKey(), () -> same(expected(output.getKey()), output.getValue())));
  }

  /// Shows where two long texts part instead of all of both.
  private static void same(String expected, String actual) {
    List<String> before = List.of(expected.split("\n", -1));
    List<String> now = List.of(actual.split("\n", -1));
    int line = 0;
    while (line < Math.min(before.size(), now.size()) && before.get(line).equals(now.get(line))) {
      line++;
    }
    String where = "line " + (line + 1) + "; " + UPDATE;
    assertEquals(around(line, before), around(line, now), where);
    assertEquals(expected, actual, where);
  }

  private static String around(int line, List<String> lines) {
    return String.join(
        "\n", lines.subList(Math.min(line, lines.size()), Math.min(line + 5, lines.size())));
  }

  @Test
  void everyFileIsAnOutput() throws IOException {
    assertEquals(OUTPUTS.keySet(), present(), UPDATE);
  }

  private static String expected(String name) throws IOException {
    Path file = FOLDER.resolve(name);
    return Files.exists(file) ? Files.readString(file) : "there is no file " + file;
  }

  private static Set<String> present() throws IOException {
    Set<String> names = new TreeSet<>();
    try (Stream<Path> files = Files.list(FOLDER)) {
      files.forEach(file -> names.add(file.getFileName().toString()));
    }
    return names;
  }
}
