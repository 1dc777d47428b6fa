package io.github.eksidentity.core.policy.tree;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.eksidentity.core.json.Position;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ActionsTest {
  /// The last two patterns hold a long s, which is an s only where Unicode is folded.
  @ParameterizedTest
  @CsvSource({
    "sts:AssumeRole, true",
    "STS:assumerole, true",
    "sts:*, true",
    "*, true",
    "sts:Assume????, true",
    "sts:AssumeRoleWithWebIdentity, false",
    "sts, false",
    "\u017Fts:AssumeRole, false",
    "sts:A\u017Fsumerole, false"
  })
  void namesActionsWhateverTheCaseOfTheirAsciiLetters(String pattern, boolean names) {
    Actions action = actions(false, pattern);
    assertEquals(names, action.covers("sts:AssumeRole"));
    assertEquals(!names, actions(true, pattern).covers("sts:AssumeRole"));
  }

  @ParameterizedTest
  @CsvSource({"kms:Decrypt, true", "\u212Ams:Decrypt, false", "KMS:dec*, true"})
  void theKelvinSignIsNoLetterOfAnAction(String pattern, boolean names) {
    assertEquals(names, actions(false, pattern).covers("kms:Decrypt"));
  }

  private static Actions actions(boolean negated, String pattern) {
    return new Actions(negated, List.of(new Text(pattern, Position.START)), Position.START);
  }
}
