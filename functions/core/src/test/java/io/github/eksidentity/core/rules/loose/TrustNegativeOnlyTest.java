package io.github.eksidentity.core.rules.loose;

import static io.github.eksidentity.core.rules.TestAccount.account;
import static io.github.eksidentity.core.rules.TestAccount.issuer;
import static io.github.eksidentity.core.rules.TestAccount.roleArn;
import static io.github.eksidentity.core.rules.Trusts.policy;
import static io.github.eksidentity.core.rules.Trusts.web;

import io.github.eksidentity.core.rules.Example;
import io.github.eksidentity.core.rules.RuleContract;
import io.github.eksidentity.core.rules.TestAccount;
import java.util.stream.Stream;

final class TrustNegativeOnlyTest extends RuleContract {
  private static final String ISSUER = issuer("prod");

  TrustNegativeOnlyTest() {
    super(new TrustNegativeOnly());
  }

  @Override
  public Stream<Example> examples() {
    return Stream.of(
        flags("every subject but one")
            .in(with(subject("StringNotEquals", "\"system:serviceaccount:kube-system:default\"")))
            .at(roleArn("app"))
            .saying("StringNotEquals"),
        flags("every subject but a namespace")
            .in(with(subject("StringNotLike", "\"system:serviceaccount:kube-system:*\"")))
            .at(roleArn("app")),
        flags("a star beside an exception")
            .in(
                with(
                    "{\"StringEquals\": {\"%1$s:aud\": \"sts.amazonaws.com\"}, \"StringLike\": {\"%1$s:sub\": \"*\"}, \"StringNotLike\": {\"%1$s:sub\": \"system:serviceaccount:kube-system:*\"}}"
                        .formatted(ISSUER)))
            .at(roleArn("app")),
        accepts("an exact subject beside an exception")
            .in(
                with(
                    "{\"StringEquals\": {\"%1$s:aud\": \"sts.amazonaws.com\", \"%1$s:sub\": \"system:serviceaccount:payments:ledger\"}, \"StringNotLike\": {\"%1$s:sub\": \"system:serviceaccount:kube-system:*\"}}"
                        .formatted(ISSUER))));
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
}
