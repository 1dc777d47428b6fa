package io.github.eksidentity.core.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.eksidentity.core.audit.Category;
import io.github.eksidentity.core.audit.EdgeMark;
import io.github.eksidentity.core.audit.ExplainStep;
import io.github.eksidentity.core.audit.Impact;
import io.github.eksidentity.core.audit.Rule;
import io.github.eksidentity.core.audit.RuleMetadata;
import io.github.eksidentity.core.audit.Severity;
import io.github.eksidentity.core.policy.parse.Problem;
import io.github.eksidentity.core.rules.loose.RolePrivileged;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// What the rules say of themselves, and that nobody else says it for them.
final class RulesTest {
  private static final Path RULES = Path.of("src/main/java/io/github/eksidentity/core/rules");
  private static final Pattern LITERAL = Pattern.compile("\"([a-z]+(?:-[a-z0-9]+)+)\"");

  static Stream<RuleMetadata> rules() {
    return Rules.all().stream().map(Rule::metadata);
  }

  /// A list of ids elsewhere is one that a new or renamed rule slips through: what must be known of
  /// a rule is its metadata, and a class that has to name one rule names its constant.
  @Test
  void noOtherCodeNamesRulesByText() throws IOException {
    Set<String> ids = rules().map(RuleMetadata::id).collect(Collectors.toSet());
    List<String> named = new ArrayList<>();
    try (Stream<Path> sources = Files.walk(Path.of(".."))) {
      for (Path source :
          sources
              .filter(path -> path.toString().endsWith(".java"))
              .filter(path -> path.toString().contains("/src/main/"))
              .filter(path -> !isOfRules(path))
              .toList()) {
        Matcher literals = LITERAL.matcher(Files.readString(source));
        while (literals.find()) {
          if (ids.contains(literals.group(1))) {
            named.add(source + ": " + literals.group(1));
          }
        }
      }
    }
    assertEquals(List.of(), named);
  }

  private static boolean isOfRules(Path source) {
    return source.toAbsolutePath().normalize().startsWith(RULES.toAbsolutePath());
  }

  @ParameterizedTest
  @MethodSource("rules")
  void whatIsCriticalIsAnOutageOrExposure(RuleMetadata rule) {
    assertFalse(rule.severity() == Severity.CRITICAL && rule.impact() == Impact.HYGIENE, rule.id());
    assertFalse(
        rule.category() == Category.LOOSE_TRUST && rule.impact() != Impact.EXPOSURE, rule.id());
  }

  @ParameterizedTest
  @MethodSource("rules")
  void aRuleBreaksAStepOrLeavesItInDoubt(RuleMetadata rule) {
    assertFalse(rule.breaks().isPresent() && rule.doubts().isPresent(), rule.id());
    Set<ExplainStep> steps = EnumSet.noneOf(ExplainStep.class);
    rule.breaks().ifPresent(steps::add);
    rule.doubts().ifPresent(steps::add);
    for (ExplainStep step : ExplainStep.values()) {
      assertEquals(steps.contains(step), rule.concerns(step), rule.id());
    }
  }

  @ParameterizedTest
  @MethodSource("rules")
  void aLooseTrustMarksItsWaysAndSoDoesWhatIsExposedByThem(RuleMetadata rule) {
    if (rule.mark().isPresent()) {
      assertEquals(Impact.EXPOSURE, rule.impact(), rule.id());
    }
    if (rule.category() == Category.LOOSE_TRUST) {
      assertEquals(!rule.id().equals(RolePrivileged.ID), rule.marks(EdgeMark.LOOSE), rule.id());
      assertTrue(rule.mark().isPresent(), rule.id());
    }
  }

  @ParameterizedTest
  @EnumSource(Problem.Fault.class)
  void everyFaultOfADocumentHasItsRule(Problem.Fault fault) {
    assertTrue(Rules.all().contains(Rules.reporting(fault)));
  }
}
