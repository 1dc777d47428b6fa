package io.github.eksidentity.core.drift;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.github.eksidentity.core.audit.AuditContext;
import io.github.eksidentity.core.audit.Auditor;
import io.github.eksidentity.core.audit.Finding;
import io.github.eksidentity.core.json.JsonLimits;
import io.github.eksidentity.core.json.JsonReader;
import io.github.eksidentity.core.json.JsonResult;
import io.github.eksidentity.core.json.RecordJson;
import io.github.eksidentity.core.rules.Example;
import io.github.eksidentity.core.rules.RuleContract;
import io.github.eksidentity.core.rules.Rules;
import io.github.eksidentity.core.rules.TestAccount;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class StoreEntryTest {
  @Test
  void everyFindingThatARuleCanMakeComesBackAsItIs() throws Exception {
    Set<Class<?>> remedies = new HashSet<>();
    for (Finding finding : findings().toList()) {
      StoreEntry entry =
          new StoreEntry.Change(
              Optional.empty(), FindingState.opened(finding, TestAccount.NOW), List.of());

      assertEquals(entry, read(written(entry)));
      remedies.add(finding.remediation().getClass());
    }
    assertEquals(2, remedies.size(), "fixes and decisions");
  }

  private static Stream<Finding> findings() throws ReflectiveOperationException {
    Auditor auditor = new Auditor(Rules.all());
    Stream.Builder<Finding> findings = Stream.builder();
    for (var rule : Rules.all()) {
      String test = rule.getClass().getName() + "Test";
      var constructor = Class.forName(test).getDeclaredConstructor();
      constructor.setAccessible(true);
      for (Example example : ((RuleContract) constructor.newInstance()).examples().toList()) {
        auditor
            .audit(
                AuditContext.of(example.inventory(), example.settings(), TestAccount.NOW),
                example.mutes())
            .findings()
            .forEach(findings);
      }
    }
    return findings.build();
  }

  private static String written(StoreEntry entry) {
    return StoreEntry.JSON.write(entry, StoreEntry.class);
  }

  private static StoreEntry read(String text) throws RecordJson.Malformed {
    JsonResult result = JsonReader.read(text, JsonLimits.FILE);
    return StoreEntry.JSON.read(
        assertInstanceOf(JsonResult.Read.class, result, text).value(), StoreEntry.class);
  }
}
