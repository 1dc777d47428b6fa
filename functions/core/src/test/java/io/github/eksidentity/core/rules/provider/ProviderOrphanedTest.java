package io.github.eksidentity.core.rules.provider;

import static io.github.eksidentity.core.rules.TestAccount.REGION;
import static io.github.eksidentity.core.rules.TestAccount.account;
import static io.github.eksidentity.core.rules.TestAccount.issuer;
import static io.github.eksidentity.core.rules.TestAccount.issuerId;
import static io.github.eksidentity.core.rules.TestAccount.providerArn;
import static io.github.eksidentity.core.rules.Trusts.irsa;

import io.github.eksidentity.core.rules.Example;
import io.github.eksidentity.core.rules.RuleContract;
import io.github.eksidentity.core.rules.SettingsEdits;
import java.util.stream.Stream;

final class ProviderOrphanedTest extends RuleContract {
  private static final String LEDGER = "system:serviceaccount:payments:ledger";
  private static final String GONE = issuer("deleted");
  private static final String FOREIGN = issuer("ap-southeast-5", "vendor");

  ProviderOrphanedTest() {
    super(new ProviderOrphaned());
  }

  @Override
  public Stream<Example> examples() {
    return Stream.of(
        flags("the cluster was deleted and nothing names the provider")
            .in(account().cluster("prod").provider(GONE))
            .at(providerArn(GONE))
            .saying("no cluster of any enabled region"),
        flags("the issuer's region is not enabled")
            .in(account().cluster("prod").provider(FOREIGN))
            .at(providerArn(FOREIGN))
            .saying("another account's"),
        accepts("the issuer of a cluster in another enabled region")
            .in(account().cluster("us-east-1", "prod")),
        accepts("listed as known in the settings")
            .in(account().provider(GONE).role("app", irsa(GONE, LEDGER)))
            .with(SettingsEdits.knownIssuers(GONE)),
        accepts("a dual-stack host of a live cluster: its own rule speaks")
            .in(
                account()
                    .cluster("prod")
                    .provider(
                        "oidc-eks.%s.api.aws/id/%s".formatted(REGION, issuerId(REGION, "prod")))
                    .role("app", irsa(issuer("prod"), LEDGER)))
            .alsoFinding("provider-dual-stack-host"),
        accepts("other identity providers")
            .in(
                account()
                    .provider("token.actions.githubusercontent.com")
                    .provider("app.terraform.io")
                    .provider("rh-oidc.s3.us-east-1.amazonaws.com/24g")
                    .provider("oidc.eks.example.com/id/ABC")));
  }
}
