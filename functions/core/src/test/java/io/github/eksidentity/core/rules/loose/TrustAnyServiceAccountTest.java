package io.github.eksidentity.core.rules.loose;

import static io.github.eksidentity.core.rules.TestAccount.account;
import static io.github.eksidentity.core.rules.TestAccount.issuer;
import static io.github.eksidentity.core.rules.TestAccount.roleArn;
import static io.github.eksidentity.core.rules.Trusts.policy;
import static io.github.eksidentity.core.rules.Trusts.web;

import io.github.eksidentity.core.audit.Severity;
import io.github.eksidentity.core.rules.Example;
import io.github.eksidentity.core.rules.RuleContract;
import io.github.eksidentity.core.rules.TestAccount;
import java.util.stream.Stream;

final class TrustAnyServiceAccountTest extends RuleContract {
  private static final String ISSUER = issuer("prod");

  TrustAnyServiceAccountTest() {
    super(new TrustAnyServiceAccount());
  }

  @Override
  public Stream<Example> examples() {
    return Stream.of(
        flags("every name of a namespace")
            .in(with(subject("StringLike", "\"system:serviceaccount:payments:*\"")))
            .at(roleArn("app"))
            .saying("namespace payments"),
        flags("every name of kube-system")
            .in(with(subject("StringLike", "\"system:serviceaccount:kube-system:*\"")))
            .at(roleArn("app"))
            .severity(Severity.HIGH),
        flags("every subject, narrowed by Deny to a namespace")
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
                                "{\"StringNotLike\": {\"%s:sub\": \"system:serviceaccount:payments:*\"}}"
                                    .formatted(ISSUER)))))
            .at(roleArn("app")),
        accepts("one service account")
            .in(with(subject("StringLike", "\"system:serviceaccount:payments:ledger\""))));
  }

  private static TestAccount with(String condition) {
    return account().cluster("prod").role("app", policy(web(ISSUER, condition)));
  }

  /// A Condition object with the right audience and one more operator on the subject.
  private static String subject(String operator, String value) {
    return """
    {"StringEquals": {"%1$s:aud": "sts.amazonaws.com"}, "%2$s": {"%1$s:sub": %3$s}}\
    """
        .formatted(ISSUER, operator, value);
  }

  private static String deny(String condition) {
    return web(ISSUER, condition).replace("Allow", "Deny");
  }
}
