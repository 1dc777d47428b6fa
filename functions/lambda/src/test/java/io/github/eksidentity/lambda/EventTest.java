package io.github.eksidentity.lambda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.eksidentity.core.json.Json;
import io.github.eksidentity.core.json.JsonPath;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EventTest {
  private static Json read(String text) {
    return Event.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void whatIsOfAnotherKindIsEmpty() {
    Json event = read("{\"a\": {\"b\": \"text\", \"n\": 12, \"t\": true}, \"l\": [1, 2]}");
    assertEquals(Optional.of("text"), JsonPath.text(event, "a", "b"));
    assertEquals(Optional.empty(), JsonPath.text(event, "a", "b", "c"));
    assertEquals(Optional.empty(), JsonPath.text(event, "a", "n"));
    assertEquals(Optional.of(12L), JsonPath.number(event, "a", "n"));
    assertEquals(2, JsonPath.items(event, "l").size());
    assertEquals(List.of(), JsonPath.items(event, "a"));
    assertTrue(JsonPath.isTrue(event, "a", "t"));
    assertFalse(JsonPath.isTrue(event, "a", "b"));
  }

  @Test
  void whatIsNotJsonIsRefusedWithItsPlace() {
    FunctionException refused =
        assertThrows(FunctionException.class, () -> read("{\"a\": \n oops}"));
    assertTrue(
        refused.getMessage().startsWith("The event is not JSON: line 2"), refused::getMessage);
    assertThrows(FunctionException.class, () -> read("[".repeat(100_000)));
    assertThrows(FunctionException.class, () -> read(""));
  }
}
