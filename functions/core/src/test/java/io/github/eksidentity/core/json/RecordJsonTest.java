package io.github.eksidentity.core.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RecordJsonTest {
  private static final RecordJson JSON = RecordJson.plain();

  /// A colour.
  public enum Colour {
    RED,
    GREEN
  }

  /// A name that must not be empty.
  public record Name(String text) {
    public Name {
      if (text.isEmpty()) {
        throw new IllegalArgumentException("a name is not empty");
      }
    }
  }

  /// Something with sides.
  public sealed interface Shape {}

  /// A round one.
  public record Circle(int radius) implements Shape {}

  /// One with corners.
  public sealed interface Cornered extends Shape {}

  /// One with four corners.
  public record Square(String label) implements Cornered {}

  /// Everything that can be stored.
  public record All(
      Name name,
      int count,
      boolean right,
      Colour colour,
      Instant at,
      LocalDate day,
      Optional<Name> nothing,
      Optional<Name> something,
      List<Shape> shapes,
      Set<String> set,
      SortedMap<Colour, Integer> counts) {}

  private static All all() {
    return new All(
        new Name("a \u0000 \ud83d\ude00 \" \u202e"),
        -7,
        true,
        Colour.GREEN,
        Instant.parse("2026-11-20T06:00:00.123456789Z"),
        LocalDate.parse("2026-11-20"),
        Optional.empty(),
        Optional.of(new Name("n")),
        List.of(new Circle(1), new Square("s")),
        Set.of("b", "a", "c"),
        new TreeMap<>(java.util.Map.of(Colour.RED, 1)));
  }

  private static <T> String written(T value, Class<T> type) {
    return JSON.write(value, type);
  }

  private static <T> T read(String text, Class<T> type) throws RecordJson.Malformed {
    JsonResult result = JsonReader.read(text, JsonLimits.DOCUMENT);
    return JSON.read(((JsonResult.Read) result).value(), type);
  }

  @Test
  void whatIsReadIsWhatWasWritten() throws Exception {
    assertEquals(all(), read(written(all(), All.class), All.class));
    assertEquals(new Circle(3), read(written(new Circle(3), Shape.class), Shape.class));
  }

  @Test
  void theSameRecordGivesTheSameReadableText() throws IOException {
    String text = written(all(), All.class);
    assertTrue(
        text.endsWith(
            "\"count\":-7,\"right\":true,\"colour\":\"GREEN\",\"at\":\"2026-11-20T06:00:00.123456789Z\","
                + "\"day\":\"2026-11-20\",\"something\":\"n\",\"shapes\":[{\"is\":\"Circle\",\"radius\":1},"
                + "{\"is\":\"Square\",\"label\":\"s\"}],\"set\":[\"a\",\"b\",\"c\"],\"counts\":{\"RED\":1}}"),
        text);
  }

  @Test
  void membersOfALaterVersionArePassedOver() throws Exception {
    assertEquals(new Circle(2), read("{\"new\":[{}],\"is\":\"Circle\",\"radius\":2}", Shape.class));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "[] | 1 | no kind of Shape is named",
        "{} | 1 | no kind of Shape is named",
        "{\"is\":\"Triangle\"} | 7 | no kind of Shape is named",
        "{\"is\":7} | 7 | no kind of Shape is named",
        "{\"is\":\"Circle\"} | 1 | the member radius is missing",
        "{\"is\":\"Circle\",\"radius\":\"1\"} | 25 | expected a whole number, not a string",
        "{\"is\":\"Circle\",\"radius\":1.5} | 25 | expected a whole number, not a number",
        "{\"is\":\"Circle\",\"radius\":99999999999} | 25 | expected a whole number, not a number",
        "{\"is\":\"Circle\",\"radius\":null} | 25 | expected a whole number, not null"
      })
  void whatIsWrongIsSaidWithItsPlace(String text, int column, String message) {
    RecordJson.Malformed malformed =
        assertThrows(RecordJson.Malformed.class, () -> read(text, Shape.class));
    assertEquals(message, malformed.reason());
    assertEquals(column, malformed.at().column());
  }

  @Test
  void aRecordsOwnRefusalIsSaidWithItsPlace() {
    RecordJson.Malformed malformed =
        assertThrows(RecordJson.Malformed.class, () -> read("\"\"", Name.class));
    assertEquals("a name is not empty", malformed.reason());
    assertThrows(RecordJson.Malformed.class, () -> read("[1]", Name.class));
  }

  @Test
  void textsOfTheWrongFormAreRefused() throws IOException {
    String good = written(all(), All.class);
    for (String bad :
        List.of(
            good.replace("2026-11-20T06", "2026-11-20U06"),
            good.replace("\"2026-11-20\"", "\"yesterday\""),
            good.replace("GREEN", "green"),
            good.replace("\"RED\":1", "\"BLUE\":1"),
            good.replace("true", "0"),
            good.replace("[\"a\"", "[7"),
            good.replace("{\"RED\":1}", "[]"),
            good.replace("\"shapes\":[", "\"shapes\":{},\"x\":["))) {
      assertThrows(RecordJson.Malformed.class, () -> read(bad, All.class), bad);
    }
  }
}
