package io.github.eksidentity.core.rules.loose;

import static io.github.eksidentity.core.rules.TestAccount.account;
import static io.github.eksidentity.core.rules.TestAccount.issuer;
import static io.github.eksidentity.core.rules.TestAccount.providerArn;
import static io.github.eksidentity.core.rules.TestAccount.roleArn;
import static io.github.eksidentity.core.rules.Trusts.policy;
import static io.github.eksidentity.core.rules.Trusts.web;

import io.github.eksidentity.core.audit.Severity;
import io.github.eksidentity.core.rules.Example;
import io.github.eksidentity.core.rules.RuleContract;
import io.github.eksidentity.core.rules.TestAccount;
import java.util.stream.Stream;

final class TrustVacuousConditionTest extends RuleContract {
  private static final String ISSUER = issuer("prod");

  TrustVacuousConditionTest() {
    super(new TrustVacuousCondition());
  }

  @Override
  public Stream<Example> examples() {
    return Stream.of(
        flags("ForAllValues on keys with https:// in front")
            .in(with(keys("ForAllValues:StringEquals", "https://" + ISSUER)))
            .at(roleArn("app"))
            .saying(ISSUER + ":sub")
            .admitting(roleArn("app"), "prod", "system:serviceaccount:payments:ledger"),
        flags("IfExists on the keys of another cluster")
            .in(
                account()
                    .cluster("prod")
                    .role("app", policy(web(ISSUER, keys("StringEqualsIfExists", issuer("old"))))))
            .at(roleArn("app"))
            .admitting(roleArn("app"), "prod", "system:serviceaccount:payments:ledger"),
        flags("a negated operator on a key that never comes")
            .in(
                with(
                    "{\"StringEquals\": {\"%1$s:aud\": \"sts.amazonaws.com\"}, \"StringNotEquals\": {\"%1$s/:sub\": \"system:serviceaccount:payments:ledger\"}}"
                        .formatted(ISSUER)))
            .at(roleArn("app")),
        flags("the account of a caller that an unsigned call does not have")
            .in(
                with(
                    "{\"StringEquals\": {\"%1$s:aud\": \"sts.amazonaws.com\"}, \"StringEqualsIfExists\": {\"aws:PrincipalAccount\": \"111122223333\"}}"
                        .formatted(ISSUER)))
            .at(roleArn("app")),
        flags("a right subject and an audience without effect")
            .in(
                with(
                    "{\"StringEquals\": {\"%1$s:sub\": \"system:serviceaccount:payments:ledger\"}, \"ForAllValues:StringEquals\": {\"https://%1$s:aud\": \"sts.amazonaws.com\"}}"
                        .formatted(ISSUER)))
            .at(roleArn("app"))
            .severity(Severity.LOW)
            .admitting(roleArn("app"), "prod", "system:serviceaccount:payments:ledger"),
        accepts("ForAllValues on the right keys: the claims always come")
            .in(with(keys("ForAllValues:StringEquals", ISSUER))),
        accepts("IfExists on the right keys").in(with(keys("StringEqualsIfExists", ISSUER))),
        accepts("right keys for both providers of a statement")
            .in(
                account()
                    .cluster("prod")
                    .cluster("blue")
                    .role(
                        "app",
                        policy(
                            """
                            {"Effect": "Allow", "Principal": {"Federated": ["%s", "%s"]},
                             "Action": "sts:AssumeRoleWithWebIdentity",
                             "Condition": {"StringEqualsIfExists": {
                               "%3$s:sub": "system:serviceaccount:payments:ledger", "%3$s:aud": "sts.amazonaws.com",
                               "%4$s:sub": "system:serviceaccount:payments:ledger", "%4$s:aud": "sts.amazonaws.com"}}}\
                            """
                                .formatted(
                                    providerArn(ISSUER),
                                    providerArn(issuer("blue")),
                                    ISSUER,
                                    issuer("blue"))))),
        accepts("a guard that is right where its key is absent")
            .in(
                with(
                    "{\"StringEquals\": {\"%1$s:aud\": \"sts.amazonaws.com\", \"%1$s:sub\": \"system:serviceaccount:payments:ledger\"}, \"BoolIfExists\": {\"aws:ViaAWSService\": \"false\"}}"
                        .formatted(ISSUER))));
  }

  private static TestAccount with(String condition) {
    return account().cluster("prod").role("app", policy(web(ISSUER, condition)));
  }

  private static String keys(String operator, String prefix) {
    return """
    {"%1$s": {"%2$s:sub": "system:serviceaccount:payments:ledger", "%2$s:aud": "sts.amazonaws.com"}}\
    """
        .formatted(operator, prefix);
  }
}
