package io.github.eksidentity.core.rules.broken;

import static io.github.eksidentity.core.rules.TestAccount.account;
import static io.github.eksidentity.core.rules.TestAccount.issuer;
import static io.github.eksidentity.core.rules.TestAccount.providerArn;
import static io.github.eksidentity.core.rules.TestAccount.roleArn;
import static io.github.eksidentity.core.rules.Trusts.equalTo;
import static io.github.eksidentity.core.rules.Trusts.irsa;
import static io.github.eksidentity.core.rules.Trusts.policy;
import static io.github.eksidentity.core.rules.Trusts.web;

import io.github.eksidentity.core.rules.Example;
import io.github.eksidentity.core.rules.RuleContract;
import io.github.eksidentity.core.rules.SettingsEdits;
import java.util.stream.Stream;

final class TrustProviderForeignAccountTest extends RuleContract {
  private static final String LEDGER = "system:serviceaccount:payments:ledger";
  private static final String PARTNER = issuer("eu-west-1", "partner");

  TrustProviderForeignAccountTest() {
    super(new TrustProviderForeignAccount());
  }

  @Override
  public Stream<Example> examples() {
    return Stream.of(
        flags("a cluster of another account, by the provider that is there")
            .in(account().cluster("prod").role("app", foreign(PARTNER)))
            .at(roleArn("app"))
            .saying("is of account 444455556666; STS looks for it in account 111122223333")
            .saying("No OpenIDConnect provider found in your account for https://" + PARTNER)
            .saying("Decide whether pods of that cluster are to get in"),
        flags("the account's own cluster, by the ARN copied from another account")
            .in(account().cluster("prod").role("app", foreign(issuer("prod"))))
            .at(roleArn("app"))
            .saying("nearest=Optional[" + providerArn(issuer("prod")) + "]")
            .saying("AccessDenied: Not authorized to perform sts:AssumeRoleWithWebIdentity")
            .admitting(roleArn("app"), "prod", LEDGER),
        flags("the account's own cluster, whose issuer is not registered either")
            .in(
                account()
                    .cluster("prod")
                    .withoutProvider(issuer("prod"))
                    .role("app", foreign(issuer("prod"))))
            .at(roleArn("app"))
            .saying("No OpenIDConnect provider found in your account for https://")
            .admitting(roleArn("app"), "prod", LEDGER),
        flags("an issuer that the settings call known")
            .in(account().cluster("prod").role("app", foreign(PARTNER)))
            .with(SettingsEdits.knownIssuers(PARTNER))
            .at(roleArn("app"))
            .saying("Name the provider of the role's own account"),
        accepts("a known issuer of another account, registered in the role's account")
            .in(account().provider(PARTNER).role("app", irsa(PARTNER, LEDGER)))
            .with(SettingsEdits.knownIssuers(PARTNER)),
        accepts("the provider of the role's account")
            .in(account().cluster("prod").role("app", irsa(issuer("prod"), LEDGER))),
        accepts("a misspelt name of another account: its own rule speaks")
            .in(account().cluster("prod").role("app", foreign("https://" + issuer("prod"))))
            .alsoFinding("trust-federated-arn-malformed"));
  }

  private static String foreign(String issuer) {
    return policy(
        web(
            "arn:aws:iam::444455556666:oidc-provider/" + issuer,
            "\"sts:AssumeRoleWithWebIdentity\"",
            equalTo(issuer, LEDGER)));
  }
}
