package io.github.eksidentity.core.policy.tree;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class GlobTest {
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '~',
      textBlock =
          """
          *,          ~~,      true
          *,          a:b/c,   true
          a*,         a,       true
          *a,         ba,      true
          *a,         ab,      false
          a*b*c,      aXbYbZc, true
          a*b*c,      aXcYb,   false
          a?c,        a/c,     true
          a?,         a,       false
          ?,          😀,      true
          a**b,       ab,      true
          a.c,        abc,     false
          [ab],       a,       false
          \\*,        \\x,     true
          A,          a,       false
          abc,        ab,      false
          ab,         abc,     false
          ~~,         a,       false
          """)
  void matches(String pattern, String text, boolean matches) {
    assertEquals(matches, Glob.matches(pattern, text));
    assertEquals(matches, Glob.of(pattern).matches(text));
  }

  @Test
  void takesWildcardsLiterallyWhereAsked() {
    Glob literal = Glob.literal("a*?");
    assertTrue(literal.isLiteral());
    assertTrue(literal.matches("a*?"));
    assertFalse(literal.matches("abc"));
    assertFalse(Glob.of("a*").isLiteral());
    assertFalse(Glob.of("a?").isLiteral());
    assertEquals("a*?", literal.toString());
    assertFalse(literal.equals(Glob.of("a*?")));
    assertEquals(Glob.of("a*b"), Glob.join(List.of(Glob.of("a*"), Glob.literal("b"))));
    assertEquals(
        Glob.of("a*b").hashCode(), Glob.join(List.of(Glob.of("a*"), Glob.of("b"))).hashCode());
  }

  @Test
  void splitsAtMostIntoTheLimit() {
    assertEquals(
        List.of(Glob.of("a"), Glob.of("*"), Glob.of("c:d")), Glob.of("a:*:c:d").split(':', 3));
    assertEquals(List.of(Glob.of("a")), Glob.of("a").split(':', 3));
    assertEquals(List.of(Glob.of(""), Glob.of("")), Glob.of(":").split(':', 3));
  }

  @Test
  void endsInTimeOnHostilePatterns() {
    String pattern = "*a".repeat(2_000) + "b";
    assertFalse(
        assertTimeoutPreemptively(
            Duration.ofSeconds(10), () -> Glob.matches(pattern, "a".repeat(20_000))));
  }
}
