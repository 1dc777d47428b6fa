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

final class TrustUnsatisfiableTest extends RuleContract {
  private static final String ISSUER = issuer("prod");
  private static final String LEDGER = "system:serviceaccount:payments:ledger";

  TrustUnsatisfiableTest() {
    super(new TrustUnsatisfiable());
  }

  @Override
  public Stream<Example> examples() {
    return Stream.of(
        flags("two operators on the subject with values that exclude one another")
            .in(
                with(
                    "{\"StringEquals\": {\"%1$s:sub\": \"%2$s\", \"%1$s:aud\": \"sts.amazonaws.com\"}, \"StringLike\": {\"%1$s:sub\": \"system:serviceaccount:web:*\"}}"
                        .formatted(ISSUER, LEDGER)))
            .at(roleArn("app"))
            .saying("StringLike and the other conditions on this key exclude one another")
            .saying("AccessDenied: Not authorized to perform sts:AssumeRoleWithWebIdentity"),
        flags("keys of two providers in one statement")
            .in(
                account()
                    .cluster("prod")
                    .cluster("blue")
                    .role(
                        "app",
                        policy(
                            """
                            {"Sid": "pods", "Effect": "Allow", "Principal": {"Federated": ["%1$s", "%2$s"]},
                             "Action": "sts:AssumeRoleWithWebIdentity", "Condition": {"StringEquals": {
                               "%3$s:sub": "%5$s", "%3$s:aud": "sts.amazonaws.com",
                               "%4$s:sub": "%5$s", "%4$s:aud": "sts.amazonaws.com"}}}\
                            """
                                .formatted(
                                    providerArn(ISSUER),
                                    providerArn(issuer("blue")),
                                    ISSUER,
                                    issuer("blue"),
                                    LEDGER))))
            .at(roleArn("app"))
            .saying("a token has one issuer")
            .admitting(roleArn("app"), "prod", LEDGER)
            .admitting(roleArn("app"), "blue", LEDGER),
        flags("Null wants the subject absent")
            .in(
                with(
                    "{\"StringEquals\": {\"%1$s:sub\": \"%2$s\", \"%1$s:aud\": \"sts.amazonaws.com\"}, \"Null\": {\"%1$s:sub\": true}}"
                        .formatted(ISSUER, LEDGER)))
            .at(roleArn("app"))
            .saying("wants a key absent that always comes")
            .admitting(roleArn("app"), "prod", LEDGER),
        flags("nobody is left out of an exclusion")
            .in(
                with(
                    "{\"StringNotLike\": {\"%1$s:sub\": \"system:serviceaccount:*\"}, \"StringEquals\": {\"%1$s:aud\": \"sts.amazonaws.com\"}}"
                        .formatted(ISSUER)))
            .at(roleArn("app"))
            .saying("StringNotLike shuts everybody out"),
        flags("a variable that has no value in the call")
            .in(with(equalTo(ISSUER, "system:serviceaccount:${aws:PrincipalTag/team}:ledger")))
            .at(roleArn("app"))
            .saying("a variable that has no value"),
        flags("others get in by another statement")
            .in(
                account()
                    .cluster("prod")
                    .role(
                        "app",
                        policy(
                            web(ISSUER, equalTo(ISSUER, LEDGER)),
                            web(
                                ISSUER,
                                "{\"StringEquals\": {\"%1$s:sub\": \"system:serviceaccount:payments:worker\", \"%1$s:aud\": \"sts.amazonaws.com\"}, \"StringLike\": {\"%1$s:sub\": \"system:serviceaccount:web:*\"}}"
                                    .formatted(ISSUER)))))
            .at(roleArn("app"))
            .severity(Severity.MEDIUM),
        accepts("two operators on the subject with values that meet")
            .in(
                with(
                    "{\"StringEquals\": {\"%1$s:sub\": \"%2$s\", \"%1$s:aud\": \"sts.amazonaws.com\"}, \"StringLike\": {\"%1$s:sub\": \"system:serviceaccount:payments:*\"}}"
                        .formatted(ISSUER, LEDGER))),
        accepts("Null wants the subject present")
            .in(
                with(
                    "{\"StringEquals\": {\"%1$s:sub\": \"%2$s\", \"%1$s:aud\": \"sts.amazonaws.com\"}, \"Null\": {\"%1$s:sub\": \"false\"}}"
                        .formatted(ISSUER, LEDGER))),
        accepts("another statement admits those who are named")
            .in(
                account()
                    .cluster("prod")
                    .role(
                        "app",
                        policy(
                            web(ISSUER, equalTo(ISSUER, LEDGER)),
                            web(
                                ISSUER,
                                "{\"StringEquals\": {\"%1$s:sub\": \"%2$s\", \"%1$s:aud\": \"sts.amazonaws.com\"}, \"Null\": {\"%1$s:sub\": \"true\"}}"
                                    .formatted(ISSUER, LEDGER))))),
        accepts("a wildcard that is taken literally: trust-wildcard-without-like speaks")
            .in(with(equalTo(ISSUER, "system:serviceaccount:payments:*")))
            .alsoFinding("trust-wildcard-without-like"),
        accepts("an address that is not known in advance")
            .in(
                with(
                    "{\"StringEquals\": {\"%1$s:sub\": \"%2$s\", \"%1$s:aud\": \"sts.amazonaws.com\"}, \"IpAddress\": {\"aws:SourceIp\": \"192.0.2.0/24\"}}"
                        .formatted(ISSUER, LEDGER))),
        undecided("an operator for ARNs on the subject: the documentation is silent")
            .in(
                with(
                    "{\"ArnLike\": {\"%1$s:sub\": \"%2$s\"}, \"StringEquals\": {\"%1$s:aud\": \"sts.amazonaws.com\"}}"
                        .formatted(ISSUER, LEDGER)))
            .at(roleArn("app")),
        undecided("a variable whose value is not known in advance")
            .in(with(equalTo(ISSUER, "system:serviceaccount:${aws:SourceVpc}:ledger")))
            .at(roleArn("app")));
  }

  private static TestAccount with(String condition) {
    return account().cluster("prod").role("app", policy(web(ISSUER, condition)));
  }
}
