package io.github.eksidentity.core.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The search among many names finds what comparing with each of them finds, and in a time that
/// grows with their number.
final class NearNamesTest {
  private static final String PREFIX =
      "system:serviceaccount:" + "a-team-with-a-long-name-".repeat(8) + ":";

  @RepeatedTest(50)
  void whatIsFoundIsWhatComparingWithEachWouldFind(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    List<String> names =
        IntStream.range(0, random.nextInt(40)).mapToObj(_ -> word(random)).toList();
    NearNames near = NearNames.of(names);
    for (int i = 0; i < 40; i++) {
      String text = word(random);
      assertEquals(expected(99, text, names), near.nearest(text), () -> text + " in " + names);
      for (int limit = 0; limit <= 4; limit++) {
        assertEquals(
            expected(limit, text, names), near.within(limit, text), () -> text + " in " + names);
        assertEquals(
            only(limit, text, names), near.onlyWithin(limit, text), () -> text + " in " + names);
      }
    }
  }

  private static String word(Random random) {
    return random
        .ints(random.nextInt(8), 'a', 'd')
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static Optional<String> expected(int limit, String text, List<String> names) {
    return names.stream()
        .filter(name -> distance(text, name) <= limit)
        .min(
            Comparator.comparingInt((String name) -> distance(text, name))
                .thenComparing(Comparator.naturalOrder()));
  }

  private static Optional<String> only(int limit, String text, List<String> names) {
    List<String> found =
        names.stream().distinct().filter(name -> distance(text, name) <= limit).toList();
    return found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
  }

  /// By its definition.
  private static int distance(String one, String other) {
    int[][] rows = new int[one.length() + 1][other.length() + 1];
    for (int i = 0; i <= one.length(); i++) {
      for (int j = 0; j <= other.length(); j++) {
        rows[i][j] =
            i == 0 || j == 0
                ? i + j
                : Math.min(
                    rows[i - 1][j - 1] + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1),
                    Math.min(rows[i - 1][j], rows[i][j - 1]) + 1);
      }
    }
    return rows[one.length()][other.length()];
  }

  @Test
  void thousandsOfTextsAreSearchedInThousandsOfNamesWithOneLongPrefix() {
    NearNames names =
        NearNames.of(IntStream.range(0, 10_000).mapToObj(NearNamesTest::name).toList());
    assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () -> {
          for (int i = 0; i < 10_000; i++) {
            assertEquals(
                Optional.of(name(i)), names.within(3, name(i).replace("worker", "wroker")));
            assertEquals(Optional.empty(), names.within(3, PREFIX + "somebody-else-" + i));
          }
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "nothing like any of them, and a good deal longer than most"})
  void evenTheNearestOfNamesThatAreAllFarIsFoundSoon(String suffix) {
    List<String> all = IntStream.range(0, 10_000).mapToObj(NearNamesTest::name).toList();
    assertTimeoutPreemptively(
        Duration.ofSeconds(10), () -> NearNames.of(all).nearest(PREFIX.substring(3) + suffix));
  }

  private static String name(int number) {
    return PREFIX + "worker-%05d".formatted(number);
  }
}
