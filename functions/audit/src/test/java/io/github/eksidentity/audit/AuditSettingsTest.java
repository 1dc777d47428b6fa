package io.github.eksidentity.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.eksidentity.core.audit.Settings;
import io.github.eksidentity.core.facts.Account;
import io.github.eksidentity.core.facts.Partition;
import io.github.eksidentity.lambda.Environment;
import io.github.eksidentity.lambda.FunctionException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AuditSettingsTest {
  private static final Account OWN = new Account("111122223333", Partition.AWS_CN);

  private static AuditSettings settings(Map<String, String> variables) {
    return AuditSettings.of(new Environment(variables));
  }

  private static AuditRequest request(List<String> accounts) {
    return new AuditRequest("id", Optional.empty(), true, accounts, List.of(), List.of());
  }

  @Test
  void withoutVariablesTheOwnAccountIsAuditedInEveryRegion() {
    AuditSettings settings =
        settings(Map.of("ACCOUNTS", "", "REGIONS", "", "SETTINGS", "# none\n"));
    assertEquals(List.of(new Target(OWN, true)), settings.targets(request(List.of()), OWN));
    assertEquals(List.of(), settings.regions(request(List.of())));
    assertEquals(Settings.DEFAULTS, settings.rules());
  }

  @Test
  void otherAccountsAreInTheSamePartitionAndNeedARole() {
    Map<String, String> others = Map.of("ACCOUNTS", "222233334444,111122223333");
    assertThrows(FunctionException.class, () -> settings(others).targets(request(List.of()), OWN));
    AuditSettings settings =
        settings(Map.of("ACCOUNTS", "222233334444", "MEMBER_ROLE_NAME", "auditor"));
    Target other = new Target(new Account("222233334444", Partition.AWS_CN), false);
    assertEquals(List.of(new Target(OWN, true), other), settings.targets(request(List.of()), OWN));
    assertEquals(List.of(other), settings.targets(request(List.of("222233334444")), OWN));
  }

  @Test
  void settingsOfTheRulesAreReadAndEveryFaultIsNamed() {
    assertEquals(30, settings(Map.of("SETTINGS", "unusedDays: 30")).rules().unusedDays());
    for (String wrong :
        List.of("unusedDay: 30", "a: [", "a: 1\n---\nb: 2", "- 1", "unusedDays: x")) {
      FunctionException refused =
          assertThrows(FunctionException.class, () -> settings(Map.of("SETTINGS", wrong)), wrong);
      assertTrue(
          refused.getMessage().startsWith("The stack's parameter Settings is wrong: "),
          refused::getMessage);
    }
  }
}
