package io.github.eksidentity.cli.account;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.eksidentity.aws.IamActions;
import io.github.eksidentity.core.audit.Need;
import io.github.eksidentity.report.text.RuleText;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

final class PermissionsTest {
  /// Only sharpens findings about limits; no rule needs it.
  private static final String LIMITS = "iam:GetAccountSummary";

  @Test
  void whatTheRulePagesSayIsWhatTheCollectorsCall() {
    Set<String> said = new TreeSet<>(RuleText.actions(List.of(Need.values())));
    said.add(LIMITS);
    said.addAll(IamActions.alwaysAllowed());
    Set<String> called = new TreeSet<>(IamActions.regular());
    called.addAll(IamActions.trail());
    called.addAll(IamActions.simulation());
    assertEquals(called, said);
  }
}
