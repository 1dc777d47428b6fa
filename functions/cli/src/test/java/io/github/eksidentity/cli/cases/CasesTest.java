package io.github.eksidentity.cli.cases;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every case of `src/test/resources/cases` has what its README says. `-Dcase=part` runs those
/// whose id holds the text.
final class CasesTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Path KNOWN = CaseFolder.CASES.resolve("known-failures.txt");

  private static int cases;
  private static int checks;

  static List<String> ids() throws IOException {
    try (Stream<Path> folders = Files.list(CaseFolder.CASES)) {
      return folders
          .filter(folder -> Files.exists(folder.resolve("case.json")))
          .map(folder -> folder.getFileName().toString())
          .filter(id -> id.contains(System.getProperty("case", "")))
          .sorted()
          .toList();
    }
  }

  private static Set<String> known() throws IOException {
    try (Stream<String> lines = Files.lines(KNOWN)) {
      return lines
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  @ParameterizedTest
  @MethodSource("ids")
  void saysWhatIsTrueOfTheCase(String id, @TempDir Path work) throws Exception {
    Path folder = CaseFolder.CASES.resolve(id);
    JsonNode one = MAPPER.readTree(folder.resolve("case.json").toFile());
    if (one.path("manual").asBoolean()) {
      assertTrue(one.has("reproduction"), "a case without checks says in words what to do");
      return;
    }
    CaseFolder.layOut(one, folder, work);
    Set<String> known = known();
    List<String> wrong = new ArrayList<>();
    int number = 0;
    for (JsonNode check : one.get("checks")) {
      String name = id + " #" + ++number;
      CaseFolder.change(check.path("before"), work);
      List<String> faults = CaseFaults.of(CaseCall.of(check, work), check, work);
      if (known.contains(name) && faults.isEmpty()) {
        wrong.add(name + " is right now: take it out of " + KNOWN.getFileName());
      } else if (!known.contains(name) && !faults.isEmpty()) {
        wrong.add(name + ": " + String.join("; ", faults));
      }
      checks++;
    }
    cases++;
    assertTrue(wrong.isEmpty(), () -> one.get("cause").asText() + "\n" + String.join("\n", wrong));
  }

  @Test
  void knowsOnlyFailuresOfCasesThatExist() throws IOException {
    for (String name : known()) {
      String[] parts = name.split(" #", -1);
      Path file = CaseFolder.CASES.resolve(parts[0]).resolve("case.json");
      assertTrue(Files.exists(file), name);
      int number = Integer.parseInt(parts[1]);
      assertTrue(
          number >= 1 && number <= MAPPER.readTree(file.toFile()).get("checks").size(), name);
    }
  }

  @Test
  void seesACheckThatFails(@TempDir Path work) throws Exception {
    Path folder = CaseFolder.CASES.resolve("healthy");
    JsonNode one = MAPPER.readTree(folder.resolve("case.json").toFile());
    CaseFolder.layOut(one, folder, work);
    JsonNode check =
        MAPPER.readTree(
            """
            {"run": ["explain", "--snapshot", "snapshot", "--cluster", "harbour",
                     "--service-account", "payments/ledger", "--output", "json"],
             "exit": [3], "explain": {"verdict": ["broken"]}}
            """);
    assertFalse(CaseFaults.of(CaseCall.of(check, work), check, work).isEmpty());
  }

  @AfterAll
  static void saysHowMany() throws IOException {
    System.out.printf(
        "cases: %d with %d checks ran; %d checks are known to fail%n",
        cases, checks, known().size());
  }
}
