package io.github.eksidentity.cli.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.eksidentity.cli.console.Failure;
import io.github.eksidentity.core.audit.Settings;
import io.github.eksidentity.core.audit.Severity;
import io.github.eksidentity.core.edit.Edit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SettingsFileTest {
  private static final Path EXAMPLE = Path.of("../../docs/eks-identity.example.yaml");

  @Test
  void theExampleIsRightAndShowsTheDefaults() throws IOException {
    String text = Files.readString(EXAMPLE);
    assertEquals(
        Edit.of(Settings.class)
            .with(
                "knownIssuers",
                Set.of("oidc.eks.eu-central-1.amazonaws.com/id/AAAABBBBCCCCDDDDEEEEFFFF00001111"))
            .with("disabledRules", Set.of("role-unused"))
            .with("severities", Map.of("trust-no-audience", Severity.MEDIUM))
            .apply(Settings.DEFAULTS),
        SettingsFile.parse("example", text));
    Settings raised =
        SettingsFile.parse(
            "example", text.replace("# trustP", "trustP").replace("# providerL", "providerL"));
    assertEquals(OptionalInt.of(4096), raised.trustPolicyLimit());
    assertEquals(OptionalInt.of(200), raised.providerLimit());
    assertEquals(2160, SettingsFile.parse("example", "trailHours: 2160").trailHours());
    Settings required =
        SettingsFile.parse(
            "example",
            text.replace("# requiredA", "requiredA").replace("#   payments-", "  payments-"));
    assertEquals(
        Map.of("payments-*", Set.of("s3:PutObject", "dynamodb:GetItem")),
        required.requiredActions());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n\n", "# nothing set\n", "---\n", "{}", "rules: {}\n"})
  void nothingSetIsTheDefaults(String text) {
    assertEquals(Settings.DEFAULTS, SettingsFile.parse("file", text));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "unusedDay: 3 | file, line 1, column 1: the settings have no key \"unusedDay\"; did you"
            + " mean unusedDays?",
        "unusedDays: soon | line 1, column 13: unusedDays must be a whole number from 1 to 400, not"
            + " \"soon\"",
        "unusedDays: 0 | not 0",
        "nearLimitPercent: 101 | must be a whole number from 1 to 100, not 101",
        "sharedClusters: 2.5 | not 2.5",
        "unusedDays: 99999999999 | not 99999999999",
        "knownIssuers: all | knownIssuers must be a list of issuers, not a string",
        "knownIssuers: [3] | an issuer must be a string, not a number",
        "rules: {trust-no-condition: {enabled: maybe}} | enabled must be true or false, not"
            + " \"maybe\"",
        "rules: {trust-no-condition: {severity: awful}} | severity must be critical, high, medium,"
            + " low or info, not \"awful\"",
        "rules: {trust-no-condition: low} | trust-no-condition must be a mapping, not \"low\"",
        "rules: {trust-no-condtion: {}} | there is no rule \"trust-no-condtion\"; did you mean"
            + " trust-no-condition?",
        "idleHours: 0 | idleHours must be a whole number from 1 to 9600, not 0",
        "trailHours: 2161 | line 1, column 13: trailHours must be a whole number from 1 to 2160,"
            + " not 2161",
        "trailHours: 24h | trailHours must be a whole number from 1 to 2160, not \"24h\"",
        "requiredActions: [s3:GetObject] | requiredActions must be a mapping of roles to actions,"
            + " not a list",
        "requiredActions: {app: s3:GetObject} | the actions of \"app\" must be a list, not"
            + " \"s3:GetObject\"",
        "requiredActions: {app: ['s3:*']} | an action must be as s3:GetObject, without wildcards,"
            + " not \"s3:*\"",
        "probe: all | probe must be a list of service accounts, not \"all\"",
        "probe: ['prod/payments/*'] | must be as prod/payments/ledger, without wildcards, not"
            + " \"prod/payments/*\"",
        "requiredActions: {'': []} | a role must not be empty",
        "[1] | the settings must be a mapping",
        "a: [ | file",
        "unusedDays: 1\\nunusedDays: 2 | line 2, column 1"
      })
  void everyFaultIsNamedWithItsPlace(String text, String message) {
    Failure failure =
        assertThrows(Failure.class, () -> SettingsFile.parse("file", text.replace("\\n", "\n")));
    assertTrue(failure.sentence().contains(message), failure.sentence());
    assertTrue(failure.sentence().lines().count() == 1, failure.sentence());
  }

  @Test
  void everyFaultIsSaidAtOnce() {
    Failure failure =
        assertThrows(
            Failure.class, () -> SettingsFile.parse("file", "unusedDays: 0\nsharedCluster: 3\n"));
    assertTrue(failure.sentence().contains("line 1, column 13"), failure.sentence());
    assertTrue(failure.sentence().contains("line 2, column 1"), failure.sentence());
  }
}
