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
import io.github.eksidentity.core.rules.TestAccount;
import java.util.stream.Stream;

final class TrustClaimsSwappedTest extends RuleContract {
  private static final String ISSUER = issuer("prod");
  private static final String LEDGER = "system:serviceaccount:payments:ledger";
  private static final String STS = "sts.amazonaws.com";

  TrustClaimsSwappedTest() {
    super(new TrustClaimsSwapped());
  }

  @Override
  public Stream<Example> examples() {
    return Stream.of(
        mended("each under the other's key", both(STS, LEDGER), "the value is a subject"),
        mended(
            "the subject under the audience's key and nothing else",
            "{\"StringEquals\": {\"%s:aud\": \"%s\"}}".formatted(ISSUER, LEDGER),
            "nearest=Optional[" + ISSUER + ":sub]"),
        mended(
            "the subject under both keys",
            both(LEDGER, LEDGER),
            "claim=Optional[sts.amazonaws.com]"),
        mended(
            "a misspelt audience under the subject's key",
            both("sts.amazonaws.com.cn", LEDGER),
            "the value is an audience"),
        flags("an audience under the subject's key, and no subject")
            .in(with("{\"StringEquals\": {\"%s:sub\": \"%s\"}}".formatted(ISSUER, STS)))
            .at(roleArn("app"))
            .saying("Decide which service account"),
        flags("different subjects under the two keys")
            .in(with(both("system:serviceaccount:payments:worker", LEDGER)))
            .at(roleArn("app"))
            .saying("Decide which service account"),
        flags("a pattern under the audience's key")
            .in(
                with(
                    both(STS, "system:serviceaccount:payments:*")
                        .replace("StringEquals", "StringLike")))
            .at(roleArn("app"))
            .saying("Decide which service account"),
        flags("others get in by another statement")
            .in(
                account()
                    .cluster("prod")
                    .role(
                        "app",
                        policy(
                            web(ISSUER, equalTo(ISSUER, "system:serviceaccount:payments:worker")),
                            web(ISSUER, both(STS, LEDGER)))))
            .at(roleArn("app"))
            .severity(Severity.HIGH)
            .admitting(roleArn("app"), "prod", LEDGER),
        accepts("each under its own key").in(with(equalTo(ISSUER, LEDGER))),
        accepts("a subject among audiences of which one is right")
            .in(
                with(
                    "{\"StringEquals\": {\"%1$s:sub\": \"%2$s\", \"%1$s:aud\": [\"%3$s\", \"%2$s\"]}}"
                        .formatted(ISSUER, LEDGER, STS))),
        accepts("an audience among subjects of which one is right")
            .in(
                with(
                    "{\"StringEquals\": {\"%1$s:sub\": [\"%2$s\", \"%3$s\"], \"%1$s:aud\": \"%3$s\"}}"
                        .formatted(ISSUER, LEDGER, STS))),
        accepts("another statement admits the service account")
            .in(
                account()
                    .cluster("prod")
                    .role(
                        "app",
                        policy(
                            web(ISSUER, both(STS, LEDGER)),
                            web(ISSUER, equalTo(ISSUER, LEDGER))))));
  }

  private static Example mended(String title, String condition, String saying) {
    return flags(title)
        .in(with(condition))
        .at(roleArn("app"))
        .saying(saying)
        .saying("AccessDenied: Not authorized to perform sts:AssumeRoleWithWebIdentity")
        .admitting(roleArn("app"), "prod", LEDGER);
  }

  private static TestAccount with(String condition) {
    return account().cluster("prod").role("app", policy(web(ISSUER, condition)));
  }

  private static String both(String subject, String audience) {
    return "{\"StringEquals\": {\"%1$s:sub\": \"%2$s\", \"%1$s:aud\": \"%3$s\"}}"
        .formatted(ISSUER, subject, audience);
  }
}
