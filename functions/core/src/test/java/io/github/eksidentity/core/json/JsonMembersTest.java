package io.github.eksidentity.core.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class JsonMembersTest {
  /// What a module makes of a fault.
  private static final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient JsonFault fault;

    Refused(JsonFault fault) {
      super(fault.at() + ": " + fault.sentence());
      this.fault = fault;
    }
  }

  /// One way to ask for a member.
  private interface Question {
    Object ask(JsonMembers<Refused> members, String name) throws Refused;
  }

  private static final Map<String, Question> QUESTIONS =
      Map.ofEntries(
          Map.entry("text", JsonMembers::text),
          Map.entry("optionalText", JsonMembers::optionalText),
          Map.entry("texts", JsonMembers::texts),
          Map.entry("requiredTexts", JsonMembers::requiredTexts),
          Map.entry("textMap", JsonMembers::textMap),
          Map.entry("object", JsonMembers::object),
          Map.entry("optionalObject", JsonMembers::optionalObject),
          Map.entry("objectOrEmpty", JsonMembers::objectOrEmpty),
          Map.entry("objects", JsonMembers::objects),
          Map.entry("requiredObjects", JsonMembers::requiredObjects),
          Map.entry("flag", JsonMembers::flag),
          Map.entry("number", (members, name) -> members.number(name, 1000)),
          Map.entry("time", JsonMembers::time),
          Map.entry("required", JsonMembers::required),
          Map.entry("value", JsonMembers::value));

  private static JsonMembers<Refused> members(String text) throws Refused {
    return JsonMembers.of(
        ((JsonResult.Read) JsonReader.read(text, JsonLimits.DOCUMENT)).value(),
        "the text",
        Refused::new);
  }

  private static String refusal(String question, String text) {
    Refused refused =
        assertThrows(
            Refused.class,
            () -> Objects.requireNonNull(QUESTIONS.get(question)).ask(members(text), "it"),
            question);
    return String.valueOf(refused.getMessage());
  }

  @Test
  void whatIsExpectedIsRead() throws Refused {
    JsonMembers<Refused> members =
        members(
            """
            {"text": "a", "texts": ["a", "b"], "map": {"b": "1", "a": "2"}, "object": {"x": "y"},
             "objects": [{"x": "1"}, {"x": "2"}], "flag": true, "number": 10.0, "negative": -3,
             "time": "2026-01-31T12:00:00Z", "nothing": null}
            """);
    assertEquals("a", members.text("text"));
    assertEquals(List.of("a", "b"), members.texts("texts"));
    assertEquals(List.of("b", "a"), List.copyOf(members.textMap("map").keySet()));
    assertEquals("y", members.object("object").text("x"));
    assertEquals("2", members.objects("objects").getLast().text("x"));
    assertTrue(members.flag("flag"));
    assertEquals(Optional.of(10L), members.number("number", 10));
    assertEquals(Optional.of(-3L), members.number("negative", 10));
    assertEquals(Optional.of(Instant.parse("2026-01-31T12:00:00Z")), members.time("time"));
  }

  @Test
  void nullIsAsGoodAsNothingWhereNothingMayBe() throws Refused {
    for (String text : List.of("{\"it\": null}", "{}")) {
      JsonMembers<Refused> members = members(text);
      assertFalse(members.has("it"));
      assertEquals(Optional.empty(), members.optionalText("it"));
      assertEquals(Optional.empty(), members.optionalObject("it"));
      assertEquals(List.of(), members.texts("it"));
      assertEquals(List.of(), members.objects("it"));
      assertEquals(Map.of(), members.textMap("it"));
      assertEquals(Optional.empty(), members.number("it", 1));
      assertEquals(Optional.empty(), members.time("it"));
      assertFalse(members.flag("it"));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "text|{}|line 1, column 1: \"it\" is missing",
        "text|{\"it\": null}|line 1, column 8: \"it\" should be a string, not null",
        "text|{\"it\": 5}|line 1, column 8: \"it\" should be a string, not a number",
        "optionalText|{\"it\": []}|line 1, column 8: \"it\" should be a string, not a list",
        "texts|{\"it\": [\"a\", 1]}|line 1, column 14: every item of \"it\" should be a string, not"
            + " a number",
        "texts|{\"it\": \"a\"}|line 1, column 8: \"it\" should be a list, not a string",
        "requiredTexts|{}|line 1, column 1: \"it\" is missing",
        "requiredObjects|{\"it\": null}|line 1, column 8: \"it\" should be a list, not null",
        "objects|{\"it\": [[]]}|line 1, column 9: every item of \"it\" should be an object, not a"
            + " list",
        "textMap|{\"it\": {\"k\": 1}}|line 1, column 14: \"k\" should be a string, not a number",
        "textMap|{\"it\": {\"k\": \"a\", \"k\": \"b\"}}|line 1, column 19: \"k\" stands twice in"
            + " one object",
        "object|{\"it\": \"{}\"}|line 1, column 8: \"it\" should be an object, not a string",
        "flag|{\"it\": \"true\"}|line 1, column 8: \"it\" should be true or false, not a string",
        "number|{\"it\": 1.5}|line 1, column 8: \"it\" should be a whole number of at most 1000,"
            + " not a number",
        "number|{\"it\": 1001}|line 1, column 8: \"it\" should be a whole number of at most 1000,"
            + " not a number",
        "number|{\"it\": 1e999999999}|line 1, column 8: \"it\" should be a whole number of at most"
            + " 1000, not a number",
        "number|{\"it\": 1e-999999999}|line 1, column 8: \"it\" should be a whole number of at most"
            + " 1000, not a number",
        "number|{\"it\": 1e99999999999}|line 1, column 8: \"it\" should be a whole number of at"
            + " most 1000, not a number",
        "time|{\"it\": \"noon\"}|line 1, column 8: \"it\" should be a time as 2026-01-31T12:00:00Z,"
            + " not a string",
        "value|{\"it\": 1, \"it\": 1}|line 1, column 11: \"it\" stands twice in one object",
      })
  void whatIsNotExpectedIsRefusedWithItsPlace(String question, String text, String refusal) {
    assertEquals(refusal, refusal(question, text));
  }

  /// A value may be a secret: only who knows that it is none may quote it.
  @Test
  void noValueIsQuotedUnasked() {
    Refused refused = assertThrows(Refused.class, () -> members("{\"it\": \"s3cr3t\"}").flag("it"));
    assertFalse(refused.fault.sentence().contains("s3cr3t"));
    assertTrue(
        refused.fault.sentence(value -> "<" + value.kind() + ">").endsWith("not <a string>"));
  }

  @Test
  void aNameOfAnyLengthGivesAShortSentence() {
    String name = "n".repeat(100_000);
    Refused refused =
        assertThrows(Refused.class, () -> members("{\"it\": {\"" + name + "\": 1}}").textMap("it"));
    assertTrue(refused.fault.sentence().length() < 200);
  }

  @Test
  void whatIsNoObjectIsRefused() {
    Refused refused = assertThrows(Refused.class, () -> members(" []"));
    assertEquals(
        "line 1, column 2: the text should be an object, not a list", refused.getMessage());
  }

  @Test
  void everyQuestionToEveryKindOfValueIsAnsweredOrRefused() throws Refused {
    List<String> values =
        List.of(
            "null",
            "true",
            "0",
            "-0.0",
            "1e400",
            "\"\"",
            "\"\\ud800\"",
            "\"+1000000000-12-31\"",
            "[]",
            "[null]",
            "[[]]",
            "[{}]",
            "{}",
            "{\"\": null}",
            "{\"a\": {\"a\": \"\"}}");
    for (String value : values) {
      ask(members("{\"it\": " + value + ", \"\": " + value + "}").object());
    }
  }

  /// Asks everything of every object; fails where the answer is neither a value nor a fault that
  /// has a place.
  static void ask(Json value) {
    if (value instanceof Json.Arr(_, List<Json> items)) {
      items.forEach(JsonMembersTest::ask);
    }
    if (!(value instanceof Json.Obj object)) {
      return;
    }
    JsonMembers<Refused> members = new JsonMembers<>(object, Refused::new);
    for (Json.Member member : object.members()) {
      for (Question question : QUESTIONS.values()) {
        try {
          question.ask(members, member.name());
        } catch (Refused refused) {
          assertFalse(refused.fault.sentence().isBlank());
          assertTrue(refused.fault.at().compareTo(object.at()) >= 0);
        }
      }
      ask(member.value());
    }
  }
}
