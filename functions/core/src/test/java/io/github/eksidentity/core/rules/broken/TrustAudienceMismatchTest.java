package io.github.eksidentity.core.rules.broken;

import static io.github.eksidentity.core.rules.TestAccount.account;
import static io.github.eksidentity.core.rules.TestAccount.issuer;
import static io.github.eksidentity.core.rules.TestAccount.roleArn;
import static io.github.eksidentity.core.rules.Trusts.equalTo;
import static io.github.eksidentity.core.rules.Trusts.policy;
import static io.github.eksidentity.core.rules.Trusts.web;

import io.github.eksidentity.core.audit.Severity;
import io.github.eksidentity.core.rules.Example;
import io.github.eksidentity.core.rules.RuleContract;
import java.util.stream.Stream;

final class TrustAudienceMismatchTest extends RuleContract {
  private static final String ISSUER = issuer("prod");
  private static final String LEDGER = "system:serviceaccount:payments:ledger";

  TrustAudienceMismatchTest() {
    super(new TrustAudienceMismatch());
  }

  @Override
  public Stream<Example> examples() {
    return Stream.of(
        mended("a regional endpoint", "sts.eu-west-1.amazonaws.com"),
        mended("the suffix .cn", "sts.amazonaws.com.cn"),
        mended("a typing error", "sts.amazon.com"),
        mended("a capital letter", "STS.amazonaws.com"),
        mended("the issuer", "https://" + ISSUER),
        flags("an audience that the provider has not registered")
            .in(account().cluster("prod").role("app", trust("vault")))
            .at(roleArn("app"))
            .saying("the provider accepts no token of this audience")
            .saying("claim=Optional[sts.amazonaws.com]")
            .saying("Decide which audience"),
        flags("the right audience is the one that is shut out")
            .in(
                account()
                    .cluster("prod")
                    .role(
                        "app",
                        policy(
                            web(
                                ISSUER,
                                "{\"StringEquals\": {\"%1$s:sub\": \"%2$s\"}, \"StringNotEquals\": {\"%1$s:aud\": \"sts.amazonaws.com\"}}"
                                    .formatted(ISSUER, LEDGER)))))
            .at(roleArn("app"))
            .saying("this shuts out what tokens carry"),
        flags("others get in by another statement")
            .in(
                account()
                    .cluster("prod")
                    .role(
                        "app",
                        policy(
                            web(ISSUER, equalTo(ISSUER, "system:serviceaccount:payments:worker")),
                            web(
                                ISSUER,
                                equalTo(ISSUER, LEDGER).replace("sts.amazonaws", "sts.amazon")))))
            .at(roleArn("app"))
            .severity(Severity.HIGH)
            .admitting(roleArn("app"), "prod", LEDGER),
        accepts("a further audience that the provider has registered")
            .in(
                account()
                    .cluster("prod")
                    .provider(ISSUER, "sts.amazonaws.com", "vault")
                    .role("app", trust("vault"))),
        accepts("the right audience in a list with others")
            .in(
                account()
                    .cluster("prod")
                    .role("app", trust("sts.eu-west-1.amazonaws.com\", \"sts.amazonaws.com"))),
        accepts("a pattern that the right audience fits")
            .in(
                account()
                    .cluster("prod")
                    .role("app", trust("sts.*").replace("StringEquals", "StringLike"))),
        accepts("the audience under letters of another case, ignored")
            .in(
                account()
                    .cluster("prod")
                    .role(
                        "app",
                        trust("STS.amazonaws.com")
                            .replace("StringEquals", "StringEqualsIgnoreCase"))),
        accepts("the provider lacks the default audience: provider-audience-missing speaks")
            .in(
                account()
                    .cluster("prod")
                    .provider(ISSUER, "sts.amazonaws.com.cn")
                    .role("app", trust("sts.amazonaws.com")))
            .alsoFinding("provider-audience-missing"));
  }

  private static Example mended(String title, String audience) {
    return flags(title)
        .in(account().cluster("prod").role("app", trust(audience)))
        .at(roleArn("app"))
        .saying("claim=Optional[sts.amazonaws.com]")
        .saying("AccessDenied: Not authorized to perform sts:AssumeRoleWithWebIdentity")
        .admitting(roleArn("app"), "prod", LEDGER);
  }

  private static String trust(String audience) {
    return policy(
        web(
            ISSUER,
            "{\"StringEquals\": {\"%1$s:sub\": \"%2$s\", \"%1$s:aud\": [\"%3$s\"]}}"
                .formatted(ISSUER, LEDGER, audience)));
  }
}
