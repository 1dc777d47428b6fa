package io.github.eksidentity.core.rules.podidentity;

import static io.github.eksidentity.core.rules.TestAccount.account;
import static io.github.eksidentity.core.rules.TestAccount.issuer;
import static io.github.eksidentity.core.rules.TestAccount.roleArn;
import static io.github.eksidentity.core.rules.Trusts.irsa;

import io.github.eksidentity.core.rules.Example;
import io.github.eksidentity.core.rules.RuleContract;
import io.github.eksidentity.core.rules.TestAccount;
import io.github.eksidentity.core.rules.Trusts;
import java.util.stream.Stream;

final class BindingBothMechanismsTest extends RuleContract {
  private static final String LEDGER = "system:serviceaccount:payments:ledger";

  BindingBothMechanismsTest() {
    super(new BindingBothMechanisms());
  }

  @Override
  public Stream<Example> examples() {
    return Stream.of(
        flags("two roles")
            .in(with(roleArn("app")))
            .at("payments/ledger")
            .saying("Pod Identity wins")
            .saying(roleArn("pods")),
        accepts("an association alone")
            .in(
                account()
                    .cluster("prod")
                    .role(
                        "pods",
                        Trusts.podIdentity(TestAccount.clusterArn("prod"), "payments", "ledger"))
                    .association("prod", "payments", "ledger", roleArn("pods"))
                    .serviceAccount("prod", "payments", "ledger")
                    .pod("prod", "payments", "ledger", "ledger")),
        accepts("an annotation alone")
            .in(
                account()
                    .cluster("prod")
                    .role("app", irsa(issuer("prod"), LEDGER))
                    .annotated("prod", "payments", "ledger", roleArn("app"))
                    .pod("prod", "payments", "ledger", "ledger")));
  }

  private static TestAccount with(String annotation) {
    return account()
        .cluster("prod")
        .role("app", irsa(issuer("prod"), LEDGER))
        .role("pods", Trusts.podIdentity(TestAccount.clusterArn("prod"), "payments", "ledger"))
        .association("prod", "payments", "ledger", roleArn("pods"))
        .annotated("prod", "payments", "ledger", annotation)
        .pod("prod", "payments", "ledger", "ledger");
  }
}
