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

final class TrustAnyNamespaceTest extends RuleContract {
  private static final String ISSUER = issuer("prod");

  TrustAnyNamespaceTest() {
    super(new TrustAnyNamespace());
  }

  @Override
  public Stream<Example> examples() {
    return Stream.of(
        flags("one name in any namespace")
            .in(with(subject("StringLike", "\"system:serviceaccount:*:ledger\"")))
            .at(roleArn("app"))
            .saying("ledger of any namespace"),
        flags("a wildcard that swallows the prefix")
            .in(with(subject("StringLike", "\"*:ledger\"")))
            .at(roleArn("app")),
        flags("the default service account of any namespace")
            .in(with(subject("StringLike", "\"system:serviceaccount:*:default\"")))
            .at(roleArn("app"))
            .severity(Severity.CRITICAL),
        accepts("one name in two namespaces")
            .in(
                with(
                    subject(
                        "StringLike",
                        "[\"system:serviceaccount:payments:ledger\","
                            + " \"system:serviceaccount:staging:ledger\"]"))),
        accepts("any namespace, met by a second pattern that names it")
            .in(
                with(
                    "{\"StringEquals\": {\"%1$s:aud\": \"sts.amazonaws.com\", \"%1$s:sub\": \"system:serviceaccount:payments:ledger\"}, \"StringLike\": {\"%1$s:sub\": \"system:serviceaccount:*:ledger\"}}"
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
