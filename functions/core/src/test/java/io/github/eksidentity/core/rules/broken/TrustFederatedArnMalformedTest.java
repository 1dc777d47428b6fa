package io.github.eksidentity.core.rules.broken;

import static io.github.eksidentity.core.rules.TestAccount.ID;
import static io.github.eksidentity.core.rules.TestAccount.REGION;
import static io.github.eksidentity.core.rules.TestAccount.account;
import static io.github.eksidentity.core.rules.TestAccount.issuer;
import static io.github.eksidentity.core.rules.TestAccount.issuerId;
import static io.github.eksidentity.core.rules.TestAccount.providerArn;
import static io.github.eksidentity.core.rules.TestAccount.roleArn;
import static io.github.eksidentity.core.rules.Trusts.equalTo;
import static io.github.eksidentity.core.rules.Trusts.irsa;
import static io.github.eksidentity.core.rules.Trusts.policy;
import static io.github.eksidentity.core.rules.Trusts.web;

import io.github.eksidentity.core.rules.Example;
import io.github.eksidentity.core.rules.RuleContract;
import java.util.Locale;
import java.util.stream.Stream;

final class TrustFederatedArnMalformedTest extends RuleContract {
  private static final String LEDGER = "system:serviceaccount:payments:ledger";
  private static final String ACTION = "\"sts:AssumeRoleWithWebIdentity\"";
  private static final String PROD = issuer("prod");

  TrustFederatedArnMalformedTest() {
    super(new TrustFederatedArnMalformed());
  }

  @Override
  public Stream<Example> examples() {
    return Stream.of(
        misspelt(
            "https:// inside the ARN",
            "https://" + PROD,
            "begins with a scheme, which IAM keeps as part of the host"),
        misspelt(
            "the host transposed, as in the webhook's README",
            "oidc." + REGION + ".eks.amazonaws.com/id/" + issuerId(REGION, "prod"),
            "names another host than the cluster's issuer"),
        misspelt("no /id/", PROD.replace("/id/", "/"), "lacks /id/"),
        misspelt("a trailing slash", PROD + "/", "ends in a slash"),
        misspelt(
            "the id in small letters",
            PROD.replace(
                issuerId(REGION, "prod"), issuerId(REGION, "prod").toLowerCase(Locale.ROOT)),
            "small letters"),
        misspelt(
            "another region than the cluster's",
            PROD.replace(REGION, "us-east-1"),
            "names another host than the cluster's issuer"),
        flags("the keys are right, only the ARN is not")
            .in(
                account()
                    .cluster("prod")
                    .role("app", policy(web("https://" + PROD, equalTo(PROD, LEDGER)))))
            .at(roleArn("app"))
            .saying("nearest=Optional[" + providerArn(PROD) + "]")
            .saying("AccessDenied: Not authorized to perform sts:AssumeRoleWithWebIdentity")
            .admitting(roleArn("app"), "prod", LEDGER),
        flags("misspelt, of another account and another partition: correcting it corrects all")
            .in(
                account()
                    .cluster("prod")
                    .role(
                        "app",
                        policy(
                            web(
                                "arn:aws-cn:iam::444455556666:oidc-provider/https://" + PROD,
                                ACTION,
                                equalTo(PROD, LEDGER)))))
            .at(roleArn("app"))
            .admitting(roleArn("app"), "prod", LEDGER),
        flags("a SAML provider with the issuer as its name")
            .in(
                account()
                    .cluster("prod")
                    .role(
                        "app",
                        policy(
                            web(
                                "arn:aws:iam::" + ID + ":saml-provider/" + PROD,
                                ACTION,
                                equalTo(PROD, LEDGER)))))
            .at(roleArn("app"))
            .saying("is not of the type oidc-provider")
            .admitting(roleArn("app"), "prod", LEDGER),
        flags("the cluster has no provider yet either")
            .in(
                account()
                    .cluster("prod")
                    .withoutProvider(PROD)
                    .role("app", irsa("https://" + PROD, LEDGER)))
            .at(roleArn("app"))
            .saying("No OpenIDConnect provider found in your account for https://" + PROD)
            .admitting(roleArn("app"), "prod", LEDGER),
        flags("moved as it stands, it would let in every service account: to be decided")
            .in(
                account()
                    .cluster("prod")
                    .role(
                        "app",
                        policy(
                            web(
                                "https://" + PROD,
                                "{\"StringEquals\": {\"%s:aud\": \"sts.amazonaws.com\"}}"
                                    .formatted(PROD)))))
            .at(roleArn("app"))
            .saying("Decide which cluster's pods are to get in"),
        flags("the ARN resembles no cluster of the account")
            .in(
                account()
                    .cluster("prod")
                    .role("app", irsa("oidc.eks.eu-west-1.amazonaws.com", LEDGER)))
            .at(roleArn("app"))
            .saying("lacks /id/"),
        accepts("the exact provider").in(account().cluster("prod").role("app", irsa(PROD, LEDGER))),
        accepts("somebody registered the misspelt URL: the rule about that provider speaks")
            .in(
                account()
                    .cluster("prod")
                    .withoutProvider(PROD)
                    .provider(PROD + "/")
                    .role("app", irsa(PROD + "/", LEDGER)))
            .alsoFinding("provider-url-malformed"),
        accepts("a host of somebody else that begins like one of EKS")
            .in(
                account()
                    .provider("oidc.eks.example.com/clusters/prod")
                    .role("app", irsa("oidc.eks.example.com/clusters/prod", LEDGER))),
        accepts("a provider of GitHub")
            .in(
                account()
                    .provider("token.actions.githubusercontent.com")
                    .role(
                        "ci",
                        irsa("token.actions.githubusercontent.com", "repo:acme/app:ref:main"))));
  }

  private static Example misspelt(String title, String url, String fault) {
    return flags(title)
        .in(account().cluster("prod").role("app", irsa(url, LEDGER)))
        .at(roleArn("app"))
        .saying(fault)
        .saying("nearest=Optional[" + providerArn(PROD) + "]")
        .admitting(roleArn("app"), "prod", LEDGER);
  }
}
