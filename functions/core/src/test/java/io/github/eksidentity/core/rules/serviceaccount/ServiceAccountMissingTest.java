package io.github.eksidentity.core.rules.serviceaccount;

import static io.github.eksidentity.core.rules.TestAccount.account;
import static io.github.eksidentity.core.rules.TestAccount.clusterArn;
import static io.github.eksidentity.core.rules.TestAccount.issuer;
import static io.github.eksidentity.core.rules.TestAccount.roleArn;
import static io.github.eksidentity.core.rules.Trusts.irsa;

import io.github.eksidentity.core.audit.Severity;
import io.github.eksidentity.core.rules.Example;
import io.github.eksidentity.core.rules.RuleContract;
import io.github.eksidentity.core.rules.Trusts;
import java.util.stream.Stream;

final class ServiceAccountMissingTest extends RuleContract {
  private static final String LEDGER = "system:serviceaccount:payments:ledger";

  ServiceAccountMissingTest() {
    super(new ServiceAccountMissing());
  }

  @Override
  public Stream<Example> examples() {
    return Stream.of(
        flags("a trust policy that names it")
            .in(
                account()
                    .cluster("prod")
                    .kubernetes("prod")
                    .role("app", irsa(issuer("prod"), LEDGER)))
            .at(roleArn("app"))
            .saying("payments/ledger"),
        flags("an association that names it")
            .in(
                account()
                    .cluster("prod")
                    .kubernetes("prod")
                    .role("pods", Trusts.podIdentity(clusterArn("prod"), "payments", "ledger"))
                    .association("prod", "payments", "ledger", roleArn("pods")))
            .at(roleArn("pods"))
            .saying("association"),
        flags("pods that still run with it: their tokens can no longer be renewed")
            .in(
                account()
                    .cluster("prod")
                    .role("app", irsa(issuer("prod"), LEDGER))
                    .pod("prod", "payments", "ledger", "ledger"))
            .at(roleArn("app"))
            .severity(Severity.HIGH)
            .saying("still run with it"),
        accepts("a service account that is there")
            .in(
                account()
                    .cluster("prod")
                    .role("app", irsa(issuer("prod"), LEDGER))
                    .annotated("prod", "payments", "ledger", roleArn("app"))
                    .pod("prod", "payments", "ledger", "ledger")));
  }
}
