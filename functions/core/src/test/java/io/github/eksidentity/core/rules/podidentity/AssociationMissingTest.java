package io.github.eksidentity.core.rules.podidentity;

import static io.github.eksidentity.core.rules.TestAccount.account;
import static io.github.eksidentity.core.rules.TestAccount.clusterArn;
import static io.github.eksidentity.core.rules.TestAccount.roleArn;

import io.github.eksidentity.core.rules.Example;
import io.github.eksidentity.core.rules.RuleContract;
import io.github.eksidentity.core.rules.TestAccount;
import io.github.eksidentity.core.rules.Trusts;
import java.util.stream.Stream;

final class AssociationMissingTest extends RuleContract {

  AssociationMissingTest() {
    super(new AssociationMissing());
  }

  @Override
  public Stream<Example> examples() {
    return Stream.of(
        flags("a role that names the service account by session tags, and pods without it")
            .in(named().pod("prod", "payments", "ledger", "ledger"))
            .at("payments/ledger")
            .saying("names payments/ledger by session tags"),
        flags("and the association was made for another namespace")
            .in(
                named()
                    .serviceAccount("prod", "billing", "ledger")
                    .role("other", Trusts.podIdentity(clusterArn("prod"), "billing", "ledger"))
                    .association("prod", "billing", "ledger", roleArn("other"))
                    .pod("prod", "payments", "ledger", "ledger"))
            .at("payments/ledger")
            .saying("billing/ledger"),
        accepts("an association")
            .in(
                named()
                    .association("prod", "payments", "ledger", roleArn("pods"))
                    .pod("prod", "payments", "ledger", "ledger")),
        accepts("no pods").in(named()),
        accepts("a role that names another service account")
            .in(
                account()
                    .cluster("prod")
                    .role("pods", Trusts.podIdentity(clusterArn("prod"), "payments", "other"))
                    .serviceAccount("prod", "payments", "ledger")
                    .pod("prod", "payments", "ledger", "ledger")),
        accepts("a role of another cluster")
            .in(
                account()
                    .cluster("prod")
                    .role("pods", Trusts.podIdentity(clusterArn("dev"), "payments", "ledger"))
                    .serviceAccount("prod", "payments", "ledger")
                    .pod("prod", "payments", "ledger", "ledger")));
  }

  private static TestAccount named() {
    return account()
        .cluster("prod")
        .role("pods", Trusts.podIdentity(clusterArn("prod"), "payments", "ledger"))
        .serviceAccount("prod", "payments", "ledger");
  }
}
