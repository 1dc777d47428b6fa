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

final class TrustAnySubjectTest extends RuleContract {
  private static final String ISSUER = issuer("prod");

  TrustAnySubjectTest() {
    super(new TrustAnySubject());
  }

  @Override
  public Stream<Example> examples() {
    return Stream.of(
        flags("system:serviceaccount:*")
            .in(with(subject("StringLike", "\"system:serviceaccount:*\"")))
            .at(roleArn("app")),
        flags("system:serviceaccount:*:*")
            .in(with(subject("StringLike", "\"system:serviceaccount:*:*\"")))
            .at(roleArn("app")),
        flags("a star alone, named among exact subjects")
            .in(with(subject("StringLike", "[\"system:serviceaccount:payments:ledger\", \"*\"]")))
            .at(roleArn("app"))
            .saying("value=Optional[*]"),
        flags("a disguised star")
            .in(with(subject("StringLike", "\"*:*:?*:?*\"")))
            .at(roleArn("app")),
        undecided("a star from an address range")
            .in(
                with(
                    "{\"StringEquals\": {\"%1$s:aud\": \"sts.amazonaws.com\"}, \"StringLike\": {\"%1$s:sub\": \"*\"}, \"IpAddress\": {\"aws:SourceIp\": \"10.0.0.0/8\"}}"
                        .formatted(ISSUER)))
            .at(roleArn("app")),
        accepts("a pattern without wildcard is exact")
            .in(with(subject("StringLike", "\"system:serviceaccount:payments:ledger\""))),
        accepts("a star that a second operator narrows to one subject")
            .in(
                with(
                    "{\"StringEquals\": {\"%1$s:aud\": \"sts.amazonaws.com\", \"%1$s:sub\": \"system:serviceaccount:payments:ledger\"}, \"StringLike\": {\"%1$s:sub\": \"system:serviceaccount:*\"}}"
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
