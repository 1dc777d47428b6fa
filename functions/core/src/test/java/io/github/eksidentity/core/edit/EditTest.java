package io.github.eksidentity.core.edit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Optional;
import org.junit.jupiter.api.Test;

final class EditTest {
  public record Door(String name, int locks, Optional<String> sign) {}

  private static final Door OLD = new Door("front", 1, Optional.empty());
  private static final Edit<Door> EDIT = Edit.of(Door.class);

  @Test
  void whatIsNotSetStays() {
    assertEquals(OLD, EDIT.apply(OLD));
    assertEquals(new Door("front", 2, Optional.empty()), EDIT.with("locks", 2).apply(OLD));
    assertEquals(
        new Door("back", 1, Optional.of("exit")),
        EDIT.with("name", "side")
            .with("sign", Optional.of("exit"))
            .with("name", "back")
            .apply(OLD));
  }

  @Test
  void anUnknownComponentIsRefusedWithThoseThatThereAre() {
    assertEquals(
        "Door takes no lock of class java.lang.Integer: its components are"
            + " [java.lang.String name, int locks, java.util.Optional sign]",
        assertThrows(IllegalArgumentException.class, () -> EDIT.with("lock", 2)).getMessage());
  }

  @Test
  void aValueOfAnotherTypeIsRefused() {
    assertEquals(
        "Door takes no locks of class java.lang.String: its components are"
            + " [java.lang.String name, int locks, java.util.Optional sign]",
        assertThrows(IllegalArgumentException.class, () -> EDIT.with("locks", "2")).getMessage());
  }
}
