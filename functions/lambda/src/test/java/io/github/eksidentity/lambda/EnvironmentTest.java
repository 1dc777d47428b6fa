package io.github.eksidentity.lambda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EnvironmentTest {
  private final Environment environment =
      new Environment(
          Map.of(
              "NAME", " table ", "BLANK", "  ", "LIST", " a, b ,,c", "ON", "true", "ODD", "yes"));

  @Test
  void aBlankVariableIsNotSet() {
    assertEquals("table", environment.required("NAME"));
    assertEquals(Optional.empty(), environment.optional("BLANK"));
    assertEquals(List.of("a", "b", "c"), environment.list("LIST"));
    assertEquals(List.of(), environment.list("NONE"));
  }

  @Test
  void whatIsMissingOrWrongIsNamed() {
    assertEquals(
        "The environment variable BLANK is not set; template.yaml sets it.",
        assertThrows(FunctionException.class, () -> environment.required("BLANK")).getMessage());
    assertTrue(environment.flag("ON"));
    assertFalse(environment.flag("BLANK"));
    assertEquals(
        "The environment variable ODD is true or false, not yes.",
        assertThrows(FunctionException.class, () -> environment.flag("ODD")).getMessage());
  }
}
