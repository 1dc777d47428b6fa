package io.github.eksidentity.core.rules.provider;

import static io.github.eksidentity.core.rules.TestAccount.REGION;
import static io.github.eksidentity.core.rules.TestAccount.account;
import static io.github.eksidentity.core.rules.TestAccount.issuer;
import static io.github.eksidentity.core.rules.TestAccount.issuerId;
import static io.github.eksidentity.core.rules.TestAccount.providerArn;
import static io.github.eksidentity.core.rules.TestAccount.roleArn;
import static io.github.eksidentity.core.rules.Trusts.irsa;

import io.github.eksidentity.core.rules.Example;
import io.github.eksidentity.core.rules.RuleContract;
import java.util.Locale;
import java.util.stream.Stream;

final class ProviderUrlMalformedTest extends RuleContract {
  private static final String LEDGER = "system:serviceaccount:payments:ledger";
  private static final String RIGHT = issuer("prod");

  ProviderUrlMalformedTest() {
    super(new ProviderUrlMalformed());
  }

  @Override
  public Stream<Example> examples() {
    return Stream.of(
        misspelt("a trailing slash", RIGHT + "/", "ends in a slash"),
        misspelt("a port", RIGHT.replace("/id/", ":443/id/"), "names a port"),
        misspelt("capitals in the host", RIGHT.replace("oidc.eks", "OIDC.eks"), "capitals"),
        misspelt("a scheme inside", "https:/" + RIGHT, "scheme"),
        misspelt("no /id/", RIGHT.replace("/id/", "/"), "lacks /id/"),
        misspelt(
            "small letters in the id",
            RIGHT.replace(
                issuerId(REGION, "prod"), issuerId(REGION, "prod").toLowerCase(Locale.ROOT)),
            "small letters"),
        misspelt(
            "the host transposed",
            "oidc.eu-west-1.eks.amazonaws.com/id/" + issuerId(REGION, "prod"),
            "another host"),
        misspelt(
            "another region",
            "oidc.eks.us-east-1.amazonaws.com/id/" + issuerId(REGION, "prod"),
            "another host"),
        flags("a role names the misspelt provider")
            .in(
                account()
                    .cluster("prod")
                    .withoutProvider(RIGHT)
                    .provider(RIGHT + "/")
                    .role("app", irsa(RIGHT + "/", LEDGER)))
            .at(providerArn(RIGHT + "/"))
            .saying("ends in a slash")
            .admitting(roleArn("app"), "prod", LEDGER),
        flags("a malformed URL that resembles no cluster of the account")
            .in(
                account()
                    .cluster("prod")
                    .provider("oidc.eks.eu-west-1.amazonaws.com/id/")
                    .role("app", irsa(RIGHT, LEDGER)))
            .at(providerArn("oidc.eks.eu-west-1.amazonaws.com/id/")),
        accepts("the exact issuer").in(account().cluster("prod").role("app", irsa(RIGHT, LEDGER))),
        accepts("a host of somebody else that begins like one of EKS")
            .in(account().provider("oidc.eks.example.com/clusters/prod")),
        accepts("other identity providers")
            .in(
                account()
                    .provider("token.actions.githubusercontent.com")
                    .provider("gitlab.example.com/")
                    .provider("irsa-oidc.s3.eu-west-1.amazonaws.com")));
  }

  private static Example misspelt(String title, String url, String fault) {
    return flags(title)
        .in(
            account()
                .cluster("prod")
                .withoutProvider(RIGHT)
                .provider(url)
                .role("app", irsa(RIGHT, LEDGER)))
        .at(providerArn(url))
        .saying(fault)
        .saying("nearest=Optional[" + RIGHT + "]")
        .admitting(roleArn("app"), "prod", LEDGER);
  }
}
