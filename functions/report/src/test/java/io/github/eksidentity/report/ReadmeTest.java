package io.github.eksidentity.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.eksidentity.core.audit.Rule;
import io.github.eksidentity.core.audit.RuleMetadata;
import io.github.eksidentity.core.rules.Rules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ReadmeTest {
  @Test
  void everyChapterThatHasRulesStandsInTheTable() throws IOException {
    List<String> chapters =
        Files.readString(Path.of("../../README.md"))
            .lines()
            .filter(line -> line.startsWith("| [") && line.contains("(docs/rules/README.md#"))
            .map(line -> line.substring(3, line.indexOf(']')))
            .toList();
    assertEquals(
        Rules.all().stream()
            .map(Rule::metadata)
            .map(RuleMetadata::category)
            .distinct()
            .sorted()
            .map(category -> category.title())
            .toList(),
        chapters);
  }
}
