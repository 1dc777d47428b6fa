package io.github.eksidentity.core.rules.broken;

import static io.github.eksidentity.core.rules.TestAccount.account;
import static io.github.eksidentity.core.rules.TestAccount.issuer;
import static io.github.eksidentity.core.rules.TestAccount.roleArn;
import static io.github.eksidentity.core.rules.Trusts.irsa;

import io.github.eksidentity.core.rules.Example;
import io.github.eksidentity.core.rules.RuleContract;
import io.github.eksidentity.core.rules.SettingsEdits;
import java.util.stream.Stream;

final class TrustIssuerForeignTest extends RuleContract {
  private static final String LEDGER = "system:serviceaccount:payments:ledger";
  private static final String VENDOR = issuer("ap-south-2", "vendor");

  TrustIssuerForeignTest() {
    super(new TrustIssuerForeign());
  }

  @Override
  public Stream<Example> examples() {
    return Stream.of(
        flags("a cluster in a region that the account has not enabled")
            .in(account().cluster("prod").provider(VENDOR).role("app", irsa(VENDOR, LEDGER)))
            .at(roleArn("app"))
            .saying("region ap-south-2 is not enabled in the account")
            .saying("Decide with the owner of the cluster")
            .alsoFinding("provider-orphaned"),
        accepts("it is listed as known")
            .in(account().cluster("prod").provider(VENDOR).role("app", irsa(VENDOR, LEDGER)))
            .with(SettingsEdits.knownIssuers("oidc.eks.ap-south-2.amazonaws.com/id/*")),
        accepts("a cluster of the account in another region")
            .in(
                account()
                    .cluster("us-east-1", "prod")
                    .role("app", irsa(issuer("us-east-1", "prod"), LEDGER))),
        accepts("an enabled region: such a cluster may be one that is gone")
            .in(account().provider(issuer("x")).role("app", irsa(issuer("x"), LEDGER)))
            .alsoFinding("trust-issuer-dead")
            .alsoFinding("provider-orphaned"),
        accepts("not registered here, so nobody gets in: its own rule speaks")
            .in(account().cluster("prod").role("app", irsa(VENDOR, LEDGER)))
            .alsoFinding("trust-provider-missing"));
  }
}
