package io.github.eksidentity.core.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.github.eksidentity.core.audit.Assessment;
import io.github.eksidentity.core.audit.Auditor;
import io.github.eksidentity.core.audit.Settings;
import io.github.eksidentity.core.facts.Inventory;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// Looking for what a misspelt name may have meant does not cost more than the audit itself, even
/// where thousands of names begin alike and nearly each is misspelt.
final class ManyNamesTest {
  private static final int NAMES = 10_000;
  private static final int ROLES = 1_000;
  private static final String NAMESPACE = "a-team-with-a-name-that-is-nearly-as-long-as-they-get";
  private static final String NAME = "a-service-with-a-name-that-goes-on-and-on-".repeat(4);

  @Test
  void thousandsOfNamesWithOneLongPrefixAreAuditedInSeconds() {
    Inventory inventory = account();

    Assessment assessment =
        assertTimeoutPreemptively(
            Duration.ofMinutes(2),
            () -> new Auditor(Rules.all()).audit(inventory, Settings.DEFAULTS, TestAccount.NOW));

    assertEquals(ROLES, findings(assessment, "service-account-missing"));
    assertEquals(NAMES, findings(assessment, "annotation-role-missing"));
  }

  private static long findings(Assessment assessment, String rule) {
    return assessment.findings().stream().filter(one -> one.rule().equals(rule)).count();
  }

  private static Inventory account() {
    TestAccount account = TestAccount.account().cluster("prod");
    for (int i = 0; i < NAMES; i++) {
      account.annotated(
          "prod", NAMESPACE, NAME + "%05d".formatted(i), TestAccount.roleArn("gone-" + i));
    }
    for (int i = 0; i < ROLES; i++) {
      String misspelt = NAME.replaceFirst("service", "servcie") + "%05d".formatted(i * 7);
      account.role(
          "a-role-with-a-long-name-%05d".formatted(i),
          Trusts.irsa(
              TestAccount.issuer("prod"),
              "system:serviceaccount:%s:%s".formatted(NAMESPACE, misspelt)));
    }
    return account.build();
  }
}
