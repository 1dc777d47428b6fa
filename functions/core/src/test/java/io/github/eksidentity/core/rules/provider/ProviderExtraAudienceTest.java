package io.github.eksidentity.core.rules.provider;

import static io.github.eksidentity.core.rules.TestAccount.account;
import static io.github.eksidentity.core.rules.TestAccount.issuer;
import static io.github.eksidentity.core.rules.TestAccount.providerArn;
import static io.github.eksidentity.core.rules.TestAccount.roleArn;
import static io.github.eksidentity.core.rules.Trusts.irsa;
import static io.github.eksidentity.core.rules.Trusts.policy;
import static io.github.eksidentity.core.rules.Trusts.web;

import io.github.eksidentity.core.rules.Example;
import io.github.eksidentity.core.rules.RuleContract;
import io.github.eksidentity.core.rules.TestAccount;
import java.util.stream.Stream;

final class ProviderExtraAudienceTest extends RuleContract {
  private static final String LEDGER = "system:serviceaccount:payments:ledger";

  ProviderExtraAudienceTest() {
    super(new ProviderExtraAudience());
  }

  @Override
  public Stream<Example> examples() {
    return Stream.of(
        flags("a role without audience, a provider with a further one")
            .in(registered("sts.amazonaws.com", "vault").role("app", anyAudience()))
            .at(providerArn(issuer("prod")))
            .saying("vault")
            .saying(roleArn("app"))
            .alsoFinding("trust-no-audience"),
        accepts("every role demands the default audience")
            .in(registered("sts.amazonaws.com", "vault").role("app", irsa(issuer("prod"), LEDGER))),
        accepts("a role that names the further audience on purpose")
            .in(
                registered("sts.amazonaws.com", "vault")
                    .role("app", policy(web(issuer("prod"), bothAudiences())))),
        accepts("a role without audience, but no further one is registered")
            .in(registered("sts.amazonaws.com").role("app", anyAudience()))
            .alsoFinding("trust-no-audience"),
        accepts("what is registered besides was meant to be the default audience")
            .in(
                registered("sts.amazonaws.com", "sts.amazonaws.com.cn")
                    .role("app", irsa(issuer("prod"), LEDGER))),
        undecided("whether an audience counts hangs on the caller's address")
            .in(
                registered("sts.amazonaws.com", "vault")
                    .role("app", policy(web(issuer("prod"), fromAnAddress()))))
            .at(providerArn(issuer("prod"))));
  }

  private static TestAccount registered(String... audiences) {
    return account().cluster("prod").provider(issuer("prod"), audiences);
  }

  private static String anyAudience() {
    return policy(
        web(
            issuer("prod"),
            """
            {"StringEquals": {"%s:sub": "%s"}}\
            """
                .formatted(issuer("prod"), LEDGER)));
  }

  private static String bothAudiences() {
    return """
    {"StringEquals": {"%1$s:sub": "%2$s", "%1$s:aud": ["sts.amazonaws.com", "vault"]}}\
    """
        .formatted(issuer("prod"), LEDGER);
  }

  private static String fromAnAddress() {
    return """
    {"StringEquals": {"%s:sub": "%s"}, "IpAddress": {"aws:SourceIp": "203.0.113.0/24"}}\
    """
        .formatted(issuer("prod"), LEDGER);
  }
}
