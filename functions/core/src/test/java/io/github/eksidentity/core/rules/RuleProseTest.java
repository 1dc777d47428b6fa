package io.github.eksidentity.core.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.eksidentity.core.audit.Rule;
import io.github.eksidentity.core.audit.RuleMetadata;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What the metadata of every rule must keep, because people read it, and where a rule is found.
final class RuleProseTest {
  private static final Path SOURCES = Path.of("src/main/java/io/github/eksidentity/core/rules");
  private static final Path TESTS = Path.of("src/test/java/io/github/eksidentity/core/rules");
  private static final Path PAGES = Path.of("../../docs/rules");
  private static final int LONGEST_TITLE = 100;
  private static final int LONGEST_TEXT = 700;

  static Stream<RuleMetadata> rules() {
    return Rules.all().stream().map(Rule::metadata);
  }

  @ParameterizedTest
  @MethodSource("rules")
  void titleIsAPhraseThatFitsALine(RuleMetadata rule) {
    assertFalse(rule.title().isBlank());
    assertFalse(rule.title().endsWith("."), rule.title());
    assertTrue(rule.title().length() <= LONGEST_TITLE, rule.title());
    assertTrue(
        Character.isUpperCase(rule.title().charAt(0)) || rule.title().contains(":"), rule.title());
  }

  @ParameterizedTest
  @MethodSource("rules")
  void textsAreSentences(RuleMetadata rule) {
    for (String text : List.of(rule.why(), rule.risk(), rule.remediation())) {
      assertFalse(text.isBlank());
      assertTrue(text.endsWith("."), text);
      assertTrue(text.length() <= LONGEST_TEXT, text);
      assertFalse(text.contains("  "), text);
    }
  }

  @ParameterizedTest
  @MethodSource("rules")
  void referencesAndNeedsAreThere(RuleMetadata rule) {
    boolean aboutMutes = Rules.find(rule.id()).orElseThrow() instanceof Rule.OnMute;
    assertEquals(aboutMutes, rule.needs().isEmpty());
    assertFalse(rule.references().isEmpty());
    for (String url : rule.references()) {
      assertEquals("https", URI.create(url).getScheme(), url);
    }
  }

  @ParameterizedTest
  @MethodSource("rules")
  void noRuleYieldsToItselfByWhateverWay(RuleMetadata rule) {
    Set<String> seen = new HashSet<>();
    List<String> open = new ArrayList<>(rule.yieldsTo());
    while (!open.isEmpty()) {
      String id = open.removeLast();
      assertFalse(id.equals(rule.id()), rule.id() + " yields to itself by " + seen);
      if (seen.add(id)) {
        open.addAll(
            Rules.find(id)
                .orElseThrow(
                    () -> new AssertionError(rule.id() + " yields to " + id + ", which is no rule"))
                .metadata()
                .yieldsTo());
      }
    }
  }

  /// From the id of a rule follow its class, its room, its test and its page.
  @ParameterizedTest
  @MethodSource("rules")
  void itsIdSaysWhereEverythingIs(RuleMetadata rule) {
    String room =
        switch (rule.category()) {
          case PROVIDER -> "provider";
          case BROKEN_TRUST -> "broken";
          case LOOSE_TRUST -> "loose";
          case ROLE -> "role";
          case POD_IDENTITY -> "podidentity";
          case SERVICE_ACCOUNT -> "serviceaccount";
          case CLUSTER -> "cluster";
        };
    String name =
        Stream.of(rule.id().split("-", -1))
            .map(word -> Character.toUpperCase(word.charAt(0)) + word.substring(1))
            .collect(Collectors.joining());
    assertEquals(
        Rules.class.getPackageName() + "." + room + "." + name,
        Rules.find(rule.id()).orElseThrow().getClass().getName());
    for (Path file :
        List.of(
            SOURCES.resolve(room).resolve(name + ".java"),
            TESTS.resolve(room).resolve(name + "Test.java"),
            PAGES.resolve(rule.id() + ".md"))) {
      assertTrue(Files.exists(file), file + " is there; .ci/update writes pages");
    }
  }

  @Test
  void everyRuleIsListedOnceInTheOrderOfTheCatalogue() throws IOException {
    List<String> ids = rules().map(RuleMetadata::id).toList();
    assertEquals(ids.size(), new HashSet<>(ids).size());
    assertEquals(
        ids,
        rules()
            .collect(
                Collectors.groupingBy(
                    RuleMetadata::category, java.util.TreeMap::new, Collectors.toList()))
            .values()
            .stream()
            .flatMap(List::stream)
            .map(RuleMetadata::id)
            .toList(),
        "chapters stand together, in their order");
    Set<String> listed =
        Rules.all().stream()
            .map(rule -> rule.getClass().getSimpleName())
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(classes(), listed);
  }

  private static Set<String> classes() throws IOException {
    Set<String> classes = new TreeSet<>();
    try (Stream<Path> files = Files.walk(SOURCES)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (Files.readString(file).contains(" implements Rule.On")) {
          classes.add(file.getFileName().toString().replace(".java", ""));
        }
      }
    }
    return classes;
  }
}
