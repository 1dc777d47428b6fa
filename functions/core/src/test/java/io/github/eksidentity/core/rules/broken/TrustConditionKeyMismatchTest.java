package io.github.eksidentity.core.rules.broken;

import static io.github.eksidentity.core.rules.TestAccount.account;
import static io.github.eksidentity.core.rules.TestAccount.issuer;
import static io.github.eksidentity.core.rules.TestAccount.providerArn;
import static io.github.eksidentity.core.rules.TestAccount.roleArn;
import static io.github.eksidentity.core.rules.Trusts.equalTo;
import static io.github.eksidentity.core.rules.Trusts.policy;
import static io.github.eksidentity.core.rules.Trusts.web;

import io.github.eksidentity.core.audit.Severity;
import io.github.eksidentity.core.rules.Example;
import io.github.eksidentity.core.rules.RuleContract;
import io.github.eksidentity.core.rules.TestAccount;
import java.util.stream.Stream;

final class TrustConditionKeyMismatchTest extends RuleContract {
  private static final String ISSUER = issuer("prod");
  private static final String LEDGER = "system:serviceaccount:payments:ledger";

  TrustConditionKeyMismatchTest() {
    super(new TrustConditionKeyMismatch());
  }

  @Override
  public Stream<Example> examples() {
    return Stream.of(
        mended("keys with https:// in front", "https://" + ISSUER, "begins with the scheme"),
        flags("keys of another live cluster")
            .in(
                account()
                    .cluster("prod")
                    .cluster("staging")
                    .role("app", policy(web(ISSUER, equalTo(issuer("staging"), LEDGER)))))
            .at(roleArn("app"))
            .saying("the key is one of cluster staging, the provider is that of cluster prod")
            .saying("AccessDenied: Not authorized to perform sts:AssumeRoleWithWebIdentity")
            .saying("Decide which cluster's pods"),
        mended("keys of a cluster that was made anew", issuer("old"), "another issuer"),
        mended("the provider's ARN as key", providerArn(ISSUER), "the key is the provider's ARN"),
        mended("a slash before the claim", ISSUER + "/", "there is a slash before"),
        mended("no /id/ in the key", ISSUER.replace("/id/", "/"), "another issuer"),
        mended("no issuer but the word oidc", "oidc", "tokens come with no such key"),
        flags("a misspelt key and no audience: the fix names the audience")
            .in(with("{\"StringEquals\": {\"https://%s:sub\": \"%s\"}}".formatted(ISSUER, LEDGER)))
            .at(roleArn("app"))
            .saying("claim=Optional[" + LEDGER + "]")
            .admitting(roleArn("app"), "prod", LEDGER),
        flags("a right subject and an audience under a misspelt key")
            .in(
                with(
                    "{\"StringEquals\": {\"%1$s:sub\": \"%2$s\", \"https://%1$s:aud\": \"sts.amazonaws.com\"}}"
                        .formatted(ISSUER, LEDGER)))
            .at(roleArn("app"))
            .saying("claim=Optional[sts.amazonaws.com]")
            .admitting(roleArn("app"), "prod", LEDGER),
        flags("a line break after the subject under a wrong key: one document mends both")
            .in(with(keys("StringLike", providerArn(ISSUER), LEDGER + "\\n")))
            .at(roleArn("app"))
            .admitting(roleArn("app"), "prod", LEDGER),
        flags("a right key would name every service account: decide")
            .in(with(keys("StringLike", "https://" + ISSUER, "system:serviceaccount:*")))
            .at(roleArn("app"))
            .saying("Decide which cluster's pods"),
        flags("two providers, keys of one of them")
            .in(
                account()
                    .cluster("prod")
                    .cluster("blue")
                    .role(
                        "app",
                        policy(
                            """
                            {"Effect": "Allow", "Principal": {"Federated": ["%s", "%s"]},
                             "Action": "sts:AssumeRoleWithWebIdentity", "Condition": %s}\
                            """
                                .formatted(
                                    providerArn(ISSUER),
                                    providerArn(issuer("blue")),
                                    equalTo(ISSUER, LEDGER)))))
            .at(roleArn("app"))
            .saying("the key is one of cluster prod, the provider is that of cluster blue"),
        flags("others get in by another statement")
            .in(
                account()
                    .cluster("prod")
                    .role(
                        "app",
                        policy(
                            web(ISSUER, equalTo(ISSUER, "system:serviceaccount:payments:worker")),
                            web(ISSUER, equalTo("https://" + ISSUER, LEDGER)))))
            .at(roleArn("app"))
            .severity(Severity.HIGH)
            .admitting(roleArn("app"), "prod", LEDGER),
        accepts("the letter case of a key does not count")
            .in(with(equalTo(ISSUER.toLowerCase(java.util.Locale.ROOT), LEDGER))),
        accepts("another statement admits the same service account")
            .in(
                account()
                    .cluster("prod")
                    .role(
                        "app",
                        policy(
                            web(ISSUER, equalTo("https://" + ISSUER, LEDGER)),
                            web(ISSUER, equalTo(ISSUER, LEDGER))))),
        accepts("a key that never comes and is not needed: trust-vacuous-condition speaks")
            .in(
                with(
                    "{\"ForAllValues:StringEquals\": {\"https://%1$s:sub\": \"%2$s\", \"https://%1$s:aud\": \"sts.amazonaws.com\"}}"
                        .formatted(ISSUER, LEDGER)))
            .alsoFinding("trust-vacuous-condition"),
        accepts("keys of another kind of provider in its own statement")
            .in(
                account()
                    .cluster("prod")
                    .provider("token.actions.githubusercontent.com")
                    .role(
                        "ci",
                        policy(
                            web(
                                "token.actions.githubusercontent.com",
                                "{\"StringEquals\": {\"oidc:sub\":"
                                    + " \"repo:shop/web:ref:refs/heads/main\"}}")))),
        undecided("another statement may admit everybody or nobody: the documentation is silent")
            .in(
                account()
                    .cluster("prod")
                    .role(
                        "app",
                        policy(
                            web(ISSUER, equalTo("https://" + ISSUER, LEDGER)),
                            "{\"Effect\": \"Allow\", \"Principal\": {\"Federated\": \"*\"}, \"Action\": \"sts:AssumeRoleWithWebIdentity\", \"Condition\": %s}"
                                .formatted(equalTo(ISSUER, LEDGER)))))
            .at(roleArn("app"))
            .alsoFinding("trust-mixed-principals"));
  }

  private static Example mended(String title, String prefix, String saying) {
    return flags(title)
        .in(with(equalTo(prefix, LEDGER)))
        .at(roleArn("app"))
        .saying(saying)
        .saying("nearest=Optional[" + ISSUER + ":sub]")
        .admitting(roleArn("app"), "prod", LEDGER);
  }

  private static TestAccount with(String condition) {
    return account().cluster("prod").role("app", policy(web(ISSUER, condition)));
  }

  private static String keys(String operator, String prefix, String subject) {
    return "{\"%1$s\": {\"%2$s:sub\": \"%3$s\", \"%2$s:aud\": \"sts.amazonaws.com\"}}"
        .formatted(operator, prefix, subject);
  }
}
