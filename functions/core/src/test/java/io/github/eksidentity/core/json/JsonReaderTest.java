package io.github.eksidentity.core.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class JsonReaderTest {
  private static final JsonLimits SMALL = new JsonLimits(100, 3, 10, 20, 5);

  @Test
  void keepsTheTreeWithItsPlaces() {
    assertEquals(
        new Json.Obj(
            new Position(1, 1),
            List.of(
                new Json.Member(
                    new Position(1, 2),
                    "a",
                    new Json.Arr(
                        new Position(1, 7),
                        List.of(
                            new Json.Num(new Position(1, 8), "1.50"),
                            new Json.Str(new Position(2, 2), "x\n"),
                            new Json.Bool(new Position(2, 9), true),
                            new Json.Null(new Position(2, 15))))),
                new Json.Member(
                    new Position(3, 2), "a", new Json.Obj(new Position(3, 7), List.of())))),
        read("{\"a\": [1.50,\n \"x\\n\", true, null],\n \"a\": {}}"));
  }

  @Test
  void aNameThatStandsTwiceIsKeptAndTheLastOneCounts() {
    Json.Obj object = assertInstanceOf(Json.Obj.class, read("{\"a\": 1, \"a\": 2}"));
    assertEquals(2, object.members().size());
    assertEquals("2", assertInstanceOf(Json.Num.class, object.get("a").orElseThrow()).text());
    assertTrue(object.get("A").isEmpty());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          ~~              | 1:1 | the document is empty
          {"a": }         | 1:7 | Unexpected character
          {"a": 1}}       | 1:9 | Unexpected close marker
          1 2             | 1:3 | more text behind the end
          [[[[1]]]]       | 1:4 | deeper than 3 levels
          "123456789012345678901" | 1:1 | longer than the limit
          123456          | 1:1 | longer than the limit
          [1,1,1,1,1,1,1,1,1,1] | 1:20 | more values than the limit
          NaN             | 1:4 | NaN
          01              | 1:2 | Leading zeroes
          """)
  void refusesWithThePlace(String text, String place, String message) {
    JsonResult.Unreadable refused =
        assertInstanceOf(JsonResult.Unreadable.class, JsonReader.read(text, SMALL));
    assertTrue(refused.message().contains(message), refused.message());
    assertEquals(place, refused.at().line() + ":" + refused.at().column());
  }

  @Test
  void refusesWhatIsTooLongBeforeReadingIt() {
    JsonResult.Unreadable refused =
        assertInstanceOf(JsonResult.Unreadable.class, JsonReader.read(" ".repeat(101), SMALL));
    assertEquals("the document is longer than 100 characters", refused.message());
    assertInstanceOf(
        JsonResult.Unreadable.class,
        JsonReader.read(" ".repeat(101).getBytes(StandardCharsets.UTF_8), SMALL));
  }

  @Test
  void locatesAByteThatIsNotUtf8() {
    byte[] bytes = "{\n \"a\": \"é\"}".getBytes(StandardCharsets.ISO_8859_1);
    JsonResult.Unreadable refused =
        assertInstanceOf(JsonResult.Unreadable.class, JsonReader.read(bytes, SMALL));
    assertEquals(new Position(2, 8), refused.at());
    assertEquals("a byte that is not UTF-8", refused.message());
  }

  @Test
  void skipsAByteOrderMarkOfAFile() {
    byte[] marked = "\uFEFF[]".getBytes(StandardCharsets.UTF_8);
    assertInstanceOf(JsonResult.Read.class, JsonReader.read(marked, SMALL));
    assertInstanceOf(
        JsonResult.Unreadable.class,
        JsonReader.read("\uFEFF[]", SMALL),
        "in a text it is not JSON");
  }

  private static Json read(String text) {
    return assertInstanceOf(JsonResult.Read.class, JsonReader.read(text, JsonLimits.DOCUMENT))
        .value();
  }
}
