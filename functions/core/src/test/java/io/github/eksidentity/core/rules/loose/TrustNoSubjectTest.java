package io.github.eksidentity.core.rules.loose;

import static io.github.eksidentity.core.rules.TestAccount.account;
import static io.github.eksidentity.core.rules.TestAccount.issuer;
import static io.github.eksidentity.core.rules.TestAccount.roleArn;
import static io.github.eksidentity.core.rules.Trusts.equalTo;
import static io.github.eksidentity.core.rules.Trusts.policy;
import static io.github.eksidentity.core.rules.Trusts.web;

import io.github.eksidentity.core.rules.Example;
import io.github.eksidentity.core.rules.RuleContract;
import io.github.eksidentity.core.rules.TestAccount;
import java.util.stream.Stream;

final class TrustNoSubjectTest extends RuleContract {
  private static final String ISSUER = issuer("prod");

  TrustNoSubjectTest() {
    super(new TrustNoSubject());
  }

  @Override
  public Stream<Example> examples() {
    return Stream.of(
        flags("the audience alone, as eksctl writes it for a role without service account")
            .in(with("{\"StringEquals\": {\"%s:aud\": \"sts.amazonaws.com\"}}".formatted(ISSUER)))
            .at(roleArn("app"))
            .saying(ISSUER + ":sub"),
        flags("a condition that only asks for a subject to be there")
            .in(
                with(
                    "{\"StringEquals\": {\"%1$s:aud\": \"sts.amazonaws.com\"}, \"Null\": {\"%1$s:sub\": \"false\"}}"
                        .formatted(ISSUER)))
            .at(roleArn("app")),
        undecided("the audience and an address range: who calls from there is not known")
            .in(
                with(
                    "{\"StringEquals\": {\"%s:aud\": \"sts.amazonaws.com\"}, \"IpAddress\": {\"aws:SourceIp\": \"10.0.0.0/8\"}}"
                        .formatted(ISSUER)))
            .at(roleArn("app")),
        accepts("subject and audience")
            .in(with(equalTo(ISSUER, "system:serviceaccount:payments:ledger"))),
        accepts("the audience alone, and a Deny that leaves one service account")
            .in(
                account()
                    .cluster("prod")
                    .role(
                        "app",
                        policy(
                            web(
                                ISSUER,
                                "{\"StringEquals\": {\"%s:aud\": \"sts.amazonaws.com\"}}"
                                    .formatted(ISSUER)),
                            deny(
                                "{\"StringNotEquals\": {\"%s:sub\": \"system:serviceaccount:payments:ledger\"}}"
                                    .formatted(ISSUER))))));
  }

  private static TestAccount with(String condition) {
    return account().cluster("prod").role("app", policy(web(ISSUER, condition)));
  }

  private static String deny(String condition) {
    return web(ISSUER, condition).replace("Allow", "Deny");
  }
}
