package io.github.eksidentity.core.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.eksidentity.core.audit.AuditContext;
import io.github.eksidentity.core.audit.Auditor;
import io.github.eksidentity.core.audit.ExplainStep;
import io.github.eksidentity.core.audit.Settings;
import io.github.eksidentity.core.explain.Explainer;
import io.github.eksidentity.core.facts.Inventory;
import io.github.eksidentity.core.index.Binding;
import io.github.eksidentity.core.rules.Rules;
import io.github.eksidentity.core.rules.TestAccount;
import io.github.eksidentity.core.rules.Trusts;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ProbeTest {
  private static final String LEDGER = "system:serviceaccount:payments:ledger";
  private static final ProbeOutcome DENIED =
      new ProbeOutcome.Refused(
          "AccessDenied", "Not authorized to perform sts:AssumeRoleWithWebIdentity");

  @ParameterizedTest
  @CsvSource({
    "InvalidIdentityToken, No OpenIDConnect provider found in your account for https://x, PROVIDER",
    "InvalidIdentityToken, Incorrect token audience, AUDIENCE",
    "InvalidIdentityToken, no verification key from your identity provider, ISSUER",
    "IDPCommunicationError, it is not there, ISSUER",
    "AccessDenied, Not authorized to perform sts:AssumeRoleWithWebIdentity, TRUST",
    "RegionDisabledException, STS is not activated in this region, ENDPOINT"
  })
  void anErrorOfStsBelongsToAStep(String code, String message, ExplainStep step) {
    assertEquals(
        Optional.of(step), probe(healthy(), new ProbeOutcome.Refused(code, message)).refusedAt());
  }

  @Test
  void anUnknownErrorBelongsToNone() {
    assertEquals(
        Optional.empty(),
        probe(healthy(), new ProbeOutcome.Refused("ValidationError", "no")).refusedAt());
  }

  @Test
  void aRoleThatIsNotThereIsRefusedInTheWordsOfItsTrust() {
    TestAccount gone =
        TestAccount.account()
            .cluster("prod")
            .annotated("prod", "payments", "ledger", TestAccount.roleArn("app"))
            .pod("prod", "payments", "ledger", "ledger");

    assertEquals(Optional.of(ExplainStep.ROLE), probe(gone, DENIED).refusedAt());
  }

  @Test
  void itSaysWhereItDisagrees() {
    assertEquals(Optional.empty(), probe(healthy(), new ProbeOutcome.Proved()).disagreement());
    String refused = probe(healthy(), DENIED).disagreement().orElse("");
    assertTrue(refused.contains("at the step trust, which is in order"), refused);
    String admitted = probe(closed(), new ProbeOutcome.Proved()).disagreement().orElse("");
    assertTrue(admitted.contains("says of the step trust"), admitted);
    assertEquals(Optional.empty(), probe(closed(), DENIED).disagreement());
    assertEquals(
        Optional.empty(), probe(closed(), new ProbeOutcome.NotTried("no token")).disagreement());
  }

  private static TestAccount healthy() {
    return with(LEDGER);
  }

  private static TestAccount closed() {
    return with("system:serviceaccount:payments:other");
  }

  private static TestAccount with(String subject) {
    return TestAccount.account()
        .cluster("prod")
        .role("app", Trusts.irsa(TestAccount.issuer("prod"), subject))
        .annotated("prod", "payments", "ledger", TestAccount.roleArn("app"))
        .pod("prod", "payments", "ledger", "ledger");
  }

  private static Probe probe(TestAccount account, ProbeOutcome outcome) {
    Inventory inventory = account.build();
    AuditContext context = AuditContext.of(inventory, Settings.DEFAULTS, TestAccount.NOW);
    return new Probe(
        inventory.clusters().getFirst(),
        LEDGER,
        TestAccount.roleArn("app"),
        "sts.amazonaws.com",
        new Explainer(
                context,
                new Auditor(Rules.all()).audit(inventory, Settings.DEFAULTS, TestAccount.NOW))
            .steps(
                inventory.clusters().getFirst(),
                LEDGER,
                Binding.assumed(
                    inventory.clusters().getFirst(),
                    LEDGER,
                    TestAccount.roleArn("app"),
                    "sts.amazonaws.com")),
        outcome);
  }
}
