package io.github.eksidentity.core.policy.tree;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class KeyNamesTest {
  @Test
  void letterCaseDoesNotCount() {
    KeyNames names = KeyNames.of("aws:SourceIp", "aws:PrincipalTag/*");

    assertTrue(names.contains("AWS:sourceip"));
    assertTrue(names.contains("aws:principaltag/Team"));
    assertFalse(names.contains("aws:sourceipx"));
    assertFalse(names.contains("aws:principaltag"));
  }

  @Test
  void othersAreAddedAndNoneIsLost() {
    KeyNames names = KeyNames.of("a:a", "b:*").and("c:c", "d:*");

    assertTrue(names.contains("a:a") && names.contains("b:x"));
    assertTrue(names.contains("c:c") && names.contains("d:x"));
    assertFalse(KeyNames.NONE.contains("a:a"));
  }
}
