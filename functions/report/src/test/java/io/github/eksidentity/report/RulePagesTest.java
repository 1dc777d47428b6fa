package io.github.eksidentity.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.eksidentity.core.audit.Category;
import io.github.eksidentity.core.audit.Rule;
import io.github.eksidentity.core.audit.RuleMetadata;
import io.github.eksidentity.core.rules.Rules;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// `docs/rules` says what the rules and their tests say; `.ci/update` writes it anew.
final class RulePagesTest {
  private static final Path FOLDER = Path.of("../../docs/rules");
  private static final String INDEX = "README.md";
  private static final String STALE =
      "docs/rules is not what the rules say; .ci/update writes it anew";

  private static Map<String, String> pages() {
    Map<String, String> pages = new TreeMap<>();
    Rules.all().forEach(rule -> pages.put(rule.id() + ".md", RulePage.of(rule)));
    pages.put(INDEX, index());
    return pages;
  }

  @BeforeAll
  static void write() throws IOException {
    if (!Boolean.getBoolean("update.docs")) {
      return;
    }
    Files.createDirectories(FOLDER);
    Map<String, String> pages = pages();
    for (String name : present()) {
      if (!pages.containsKey(name)) {
        Files.delete(FOLDER.resolve(name));
      }
    }
    for (var page : pages.entrySet()) {
      Files.writeString(FOLDER.resolve(page.getKey()), page.getValue());
    }
  }

  @TestFactory
  Stream<DynamicTest> everyPageSaysWhatTheRuleSays() {
    return pages().entrySet().stream()
        .map(
            page ->
                DynamicTest.dynamicTest(
                    page.getKey(),
                    () -> assertEquals(read(page.getKey()), page.getValue(), STALE)));
  }

  @Test
  void everyPageHasARule() throws IOException {
    assertEquals(pages().keySet(), present(), STALE);
  }

  private static String read(String name) {
    Path file = FOLDER.resolve(name);
    try {
      return Files.exists(file) ? Files.readString(file) : "there is no page " + name;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Set<String> present() throws IOException {
    Set<String> names = new TreeSet<>();
    try (Stream<Path> files = Files.list(FOLDER)) {
      files.forEach(file -> names.add(file.getFileName().toString()));
    }
    return names;
  }

  private static String index() {
    StringBuilder index = new StringBuilder();
    index.append("<!-- Generated from the rules: -Dupdate.docs=true writes it. -->\n# Rules\n\n");
    index.append(
        "Each page says why, what follows, what to do, what must have been read, and shows what is"
            + " flagged and accepted. Severities are defaults: evidence may raise or lower them,"
            + " and [settings](../configuration.md) may replace them.\n");
    for (Category category : Category.values()) {
      List<RuleMetadata> rules =
          Rules.all().stream()
              .map(Rule::metadata)
              .filter(rule -> rule.category() == category)
              .toList();
      if (!rules.isEmpty()) {
        index
            .append("\n## ")
            .append(category.title())
            .append("\n\n| rule | severity | flags |\n|---|---|---|\n");
        rules.forEach(
            rule ->
                index
                    .append("| [")
                    .append(rule.id())
                    .append("](")
                    .append(rule.id())
                    .append(".md) | ")
                    .append(rule.severity().id())
                    .append(" | ")
                    .append(rule.title())
                    .append(" |\n"));
      }
    }
    return index.toString();
  }
}
