package io.github.eksidentity.core.rules.provider;

import static io.github.eksidentity.core.rules.TestAccount.account;
import static io.github.eksidentity.core.rules.TestAccount.issuer;
import static io.github.eksidentity.core.rules.TestAccount.providerArn;
import static io.github.eksidentity.core.rules.TestAccount.roleArn;
import static io.github.eksidentity.core.rules.Trusts.irsa;
import static io.github.eksidentity.core.rules.Trusts.policy;
import static io.github.eksidentity.core.rules.Trusts.web;

import io.github.eksidentity.core.audit.Severity;
import io.github.eksidentity.core.rules.Example;
import io.github.eksidentity.core.rules.RuleContract;
import io.github.eksidentity.core.rules.TestAccount;
import io.github.eksidentity.core.rules.Trusts;
import java.util.stream.Stream;

final class ProviderAudienceMissingTest extends RuleContract {
  private static final String LEDGER = "system:serviceaccount:payments:ledger";

  ProviderAudienceMissingTest() {
    super(new ProviderAudienceMissing());
  }

  @Override
  public Stream<Example> examples() {
    return Stream.of(
        flags("the suffix of the partition aws-cn")
            .in(registered("sts.amazonaws.com.cn").role("app", irsa(issuer("prod"), LEDGER)))
            .at(providerArn(issuer("prod")))
            .saying("Incorrect token audience")
            .saying("sts.amazonaws.com.cn")
            .saying("was meant to be")
            .admitting(roleArn("app"), "prod", LEDGER),
        flags("the name of a regional endpoint")
            .in(registered("sts.eu-west-1.amazonaws.com").role("app", irsa(issuer("prod"), LEDGER)))
            .at(providerArn(issuer("prod")))
            .saying("was meant to be"),
        flags("a typing error")
            .in(registered("sts.amazon.com").role("app", irsa(issuer("prod"), LEDGER)))
            .at(providerArn(issuer("prod")))
            .saying("was meant to be"),
        flags("no audience at all")
            .in(registered().role("app", irsa(issuer("prod"), LEDGER)))
            .at(providerArn(issuer("prod")))
            .saying("no audience is registered"),
        flags("another audience, while a role demands the default one")
            .in(registered("vault").role("app", irsa(issuer("prod"), LEDGER)))
            .at(providerArn(issuer("prod"))),
        flags("no role trusts the provider yet")
            .in(registered("vault").role("other", Trusts.policy(ec2())))
            .at(providerArn(issuer("prod")))
            .severity(Severity.MEDIUM),
        flags("no role trusts the provider yet, but a service account is annotated with one")
            .in(
                registered("vault")
                    .role("other", Trusts.policy(ec2()))
                    .annotated("prod", "payments", "ledger", roleArn("other"))
                    .pod("prod", "payments", "ledger", "ledger"))
            .at(providerArn(issuer("prod")))
            .alsoFinding("annotation-trust-denies"),
        accepts("the default audience beside another")
            .in(registered("sts.amazonaws.com", "vault").role("app", irsa(issuer("prod"), LEDGER))),
        accepts("every role demands another audience that is registered")
            .in(registered("vault").role("app", policy(web(issuer("prod"), vault())))),
        accepts("another identity provider")
            .in(account().provider("token.actions.githubusercontent.com", "https://github.com/a")));
  }

  private static TestAccount registered(String... audiences) {
    return account().cluster("prod").provider(issuer("prod"), audiences);
  }

  private static String vault() {
    return """
    {"StringEquals": {"%1$s:sub": "%2$s", "%1$s:aud": "vault"}}\
    """
        .formatted(issuer("prod"), LEDGER);
  }

  private static String ec2() {
    return """
    {"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"}\
    """;
  }
}
