package io.github.eksidentity.core.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.eksidentity.core.json.JsonWriter.Layout;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class JsonWriterTest {
  private static void sample(JsonWriter out) {
    out.text("name", "ä\u001b\u007f\"")
        .text("left out", Optional.empty())
        .textOrNull("empty", Optional.empty())
        .numberOrNull("number", Optional.of(7))
        .flag("flag", true)
        .texts("texts", List.of("a"))
        .objects("objects", List.of("b"), (one, text) -> one.text("text", text))
        .object("nothing", _ -> {})
        .list("none", _ -> {});
  }

  @Test
  void eachLayoutIsAsItsReadersKnowIt() {
    assertEquals(
        "{\"name\":\"ä\\u001B\u007f\\\"\",\"empty\":null,\"number\":7,\"flag\":true,"
            + "\"texts\":[\"a\"],\"objects\":[{\"text\":\"b\"}],\"nothing\":{},\"none\":[]}",
        JsonWriter.object(Layout.LINE, JsonWriterTest::sample));
    assertTrue(
        JsonWriter.object(Layout.ASCII_LINE, JsonWriterTest::sample)
            .startsWith("{\"name\":\"\\u00E4\\u001B\\u007F\\\"\""));
    assertEquals(
        """
        {
          "name" : "\\u00E4\\u001B\\u007F\\"",
          "empty" : null,
          "number" : 7,
          "flag" : true,
          "texts" : [
            "a"
          ],
          "objects" : [
            {
              "text" : "b"
            }
          ],
          "nothing" : { },
          "none" : [ ]
        }
        """,
        JsonWriter.object(Layout.ASCII_REPORT, JsonWriterTest::sample));
    String awsCli = JsonWriter.object(Layout.AWS_CLI, JsonWriterTest::sample);
    assertTrue(awsCli.startsWith("{\n    \"name\": \"\\u00E4"), awsCli);
    assertTrue(awsCli.endsWith("    \"nothing\": {},\n    \"none\": []\n}\n"), awsCli);
    String policy = JsonWriter.object(Layout.POLICY, JsonWriterTest::sample);
    assertTrue(policy.startsWith("{\n  \"name\": \"ä"), policy);
    assertTrue(policy.endsWith("  \"none\": []\n}"), policy);
  }

  @ParameterizedTest
  @EnumSource(Layout.class)
  void whatWasReadIsWrittenAsItWas(Layout layout) {
    String text =
        "{\"a\":[1,-2.50,1e3,true,null,\"\",{}],\"a\":{\"\u2028\":[[]]},\"\":\"\\\\ \\u0000\"}";
    Json value = ((JsonResult.Read) JsonReader.read(text, JsonLimits.DOCUMENT)).value();
    String written = JsonWriter.render(layout, value);
    Json again = ((JsonResult.Read) JsonReader.read(written, JsonLimits.DOCUMENT)).value();
    assertEquals(JsonWriter.render(Layout.LINE, value), JsonWriter.render(Layout.LINE, again));
    assertEquals(
        written,
        new String(JsonWriter.bytes(layout, out -> out.value(value)), StandardCharsets.UTF_8));
  }

  @Test
  void halfASurrogatePairSurvivesInAscii() {
    byte[] written = JsonWriter.bytes(Layout.ASCII_LINE, out -> out.text("\ud800"));
    assertEquals("\"\\uD800\"", new String(written, StandardCharsets.UTF_8));
  }

  @Test
  void whatIsJsonAlreadyKeepsItsLetters() {
    assertEquals(
        "{\"a\":{\"b\" :  1},\"c\":2}",
        JsonWriter.object(Layout.LINE, out -> out.raw("a", "{\"b\" :  1}").number("c", 2)));
  }
}
