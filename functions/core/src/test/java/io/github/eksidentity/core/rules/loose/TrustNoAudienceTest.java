package io.github.eksidentity.core.rules.loose;

import static io.github.eksidentity.core.rules.TestAccount.account;
import static io.github.eksidentity.core.rules.TestAccount.issuer;
import static io.github.eksidentity.core.rules.TestAccount.roleArn;
import static io.github.eksidentity.core.rules.Trusts.equalTo;
import static io.github.eksidentity.core.rules.Trusts.policy;
import static io.github.eksidentity.core.rules.Trusts.web;

import io.github.eksidentity.core.audit.Severity;
import io.github.eksidentity.core.rules.Example;
import io.github.eksidentity.core.rules.RuleContract;
import io.github.eksidentity.core.rules.TestAccount;
import java.util.stream.Stream;

final class TrustNoAudienceTest extends RuleContract {
  private static final String ISSUER = issuer("prod");

  TrustNoAudienceTest() {
    super(new TrustNoAudience());
  }

  @Override
  public Stream<Example> examples() {
    return Stream.of(
        flags("the subject alone")
            .in(with(subject()))
            .at(roleArn("app"))
            .saying(ISSUER + ":aud")
            .admitting(roleArn("app"), "prod", "system:serviceaccount:payments:ledger"),
        flags("the subject alone, under a provider with a further audience")
            .in(with(subject()).provider(ISSUER, "sts.amazonaws.com", "vault"))
            .at(roleArn("app"))
            .severity(Severity.MEDIUM)
            .saying("vault")
            .alsoFinding("provider-extra-audience"),
        flags("an audience that only one value is kept from")
            .in(
                with(
                    "{\"StringEquals\": {\"%1$s:sub\": \"system:serviceaccount:payments:ledger\"}, \"StringNotEquals\": {\"%1$s:aud\": \"vault\"}}"
                        .formatted(ISSUER)))
            .at(roleArn("app")),
        accepts("subject and audience")
            .in(with(equalTo(ISSUER, "system:serviceaccount:payments:ledger"))),
        accepts("another audience that the service account is annotated with")
            .in(
                with(equalTo(ISSUER, "system:serviceaccount:payments:ledger")
                        .replace("sts.amazonaws.com", "vault"))
                    .provider(ISSUER, "sts.amazonaws.com", "vault")));
  }

  private static TestAccount with(String condition) {
    return account().cluster("prod").role("app", policy(web(ISSUER, condition)));
  }

  private static String subject() {
    return "{\"StringEquals\": {\"%s:sub\": \"system:serviceaccount:payments:ledger\"}}"
        .formatted(ISSUER);
  }
}
