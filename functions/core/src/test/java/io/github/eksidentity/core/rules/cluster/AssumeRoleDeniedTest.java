package io.github.eksidentity.core.rules.cluster;

import static io.github.eksidentity.core.rules.TestAccount.account;
import static io.github.eksidentity.core.rules.TestAccount.issuer;
import static io.github.eksidentity.core.rules.TestAccount.roleArn;
import static io.github.eksidentity.core.rules.Trusts.irsa;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.eksidentity.core.audit.Auditor;
import io.github.eksidentity.core.audit.Evidence;
import io.github.eksidentity.core.audit.Finding;
import io.github.eksidentity.core.audit.Settings;
import io.github.eksidentity.core.rules.Example;
import io.github.eksidentity.core.rules.RuleContract;
import io.github.eksidentity.core.rules.Rules;
import io.github.eksidentity.core.rules.TestAccount;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class AssumeRoleDeniedTest extends RuleContract {
  private static final String LEDGER = "system:serviceaccount:payments:ledger";
  private static final String BATCH = "system:serviceaccount:payments:ledger-batch";
  private static final Instant EARLY = Instant.parse("2026-11-19T08:00:00Z");
  private static final Instant LATE = Instant.parse("2026-11-20T05:00:00Z");
  private static final Optional<String> DENIED = Optional.of("AccessDenied");
  private static final Optional<String> SUCCESS = Optional.empty();

  AssumeRoleDeniedTest() {
    super(new AssumeRoleDenied());
  }

  @Override
  public Stream<Example> examples() {
    return Stream.of(
        flags("a service account that the trust policy does not name")
            .in(healthy().call("prod", BATCH, roleArn("app"), LATE, DENIED))
            .at("payments/ledger-batch")
            .saying("STS refuses payments/ledger-batch of cluster prod role app")
            .saying("does not admit")
            .saying(LEDGER),
        flags("the trust policy as it stands admits it")
            .in(healthy().call("prod", LEDGER, roleArn("app"), LATE, DENIED))
            .at("payments/ledger")
            .saying("something that it does not show is in the way"),
        flags("it succeeded before and is refused now")
            .in(
                healthy()
                    .call("prod", LEDGER, roleArn("app"), EARLY, SUCCESS)
                    .call("prod", LEDGER, roleArn("app"), LATE, DENIED))
            .at("payments/ledger"),
        flags("a role that does not exist, where no service account was read")
            .in(
                account()
                    .cluster("prod")
                    .call("prod", LEDGER, roleArn("gone"), EARLY, DENIED)
                    .call("prod", LEDGER, roleArn("gone"), LATE, DENIED))
            .at("payments/ledger")
            .saying("2 calls from 2026-11-19T08:00:00Z to 2026-11-20T05:00:00Z")
            .saying("no such role"),
        flags("a token that ran out")
            .in(
                healthy()
                    .call(
                        "prod", LEDGER, roleArn("app"), LATE, Optional.of("ExpiredTokenException")))
            .at("payments/ledger")
            .saying("ExpiredToken"),
        accepts("a later call succeeded")
            .in(
                healthy()
                    .call("prod", LEDGER, roleArn("app"), EARLY, DENIED)
                    .call("prod", LEDGER, roleArn("app"), LATE, SUCCESS)),
        accepts("too many calls at a time are not a refusal")
            .in(
                healthy()
                    .call(
                        "prod", LEDGER, roleArn("app"), LATE, Optional.of("ThrottlingException"))),
        accepts("not a service account")
            .in(healthy().call("prod", "repo:org/app:ref:main", roleArn("app"), LATE, DENIED)),
        accepts("the role's trust policy names the cause")
            .in(
                account()
                    .cluster("prod")
                    .role("app", irsa(issuer("prod"), "system:serviceaccount:payments"))
                    .call("prod", LEDGER, roleArn("app"), LATE, DENIED))
            .alsoFinding("trust-subject-malformed"),
        accepts("the missing provider is the cause")
            .in(
                account()
                    .cluster("prod")
                    .role("app", irsa(issuer("prod"), LEDGER))
                    .call("prod", LEDGER, roleArn("app"), LATE, DENIED)
                    .withoutProvider(issuer("prod")))
            .alsoFinding("provider-missing"),
        accepts("the annotation names a role that does not admit it")
            .in(
                healthy()
                    .annotated("prod", "payments", "ledger-batch", roleArn("app"))
                    .pod("prod", "payments", "ledger-batch", "ledger-batch")
                    .serviceAccount("prod", "payments", "ledger")
                    .call("prod", BATCH, roleArn("app"), LATE, DENIED))
            .alsoFinding("annotation-trust-denies"));
  }

  @Test
  void explainedRefusalsAreEvidenceThatPassesWithTime() {
    List<Finding> findings =
        new Auditor(Rules.all())
            .audit(
                account()
                    .cluster("prod")
                    .role("app", irsa(issuer("prod"), "system:serviceaccount:payments"))
                    .call("prod", LEDGER, roleArn("app"), EARLY, DENIED)
                    .call("prod", LEDGER, roleArn("app"), LATE, DENIED)
                    .build(),
                Settings.DEFAULTS,
                TestAccount.NOW)
            .findings();

    assertEquals(List.of("trust-subject-malformed"), findings.stream().map(Finding::rule).toList());
    Evidence last = findings.getFirst().evidence().getLast();
    assertTrue(last.summary().contains("2 calls from 2026-11-19T08:00:00Z"), last.summary());
    assertTrue(last.value().orElse("").contains("00000000-0000-4000-8000-000000000001"));
    assertFalse(last.stable());
  }

  private static TestAccount healthy() {
    return account().cluster("prod").role("app", irsa(issuer("prod"), LEDGER));
  }
}
