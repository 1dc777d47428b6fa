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

final class TrustDefaultServiceAccountTest extends RuleContract {
  private static final String ISSUER = issuer("prod");

  TrustDefaultServiceAccountTest() {
    super(new TrustDefaultServiceAccount());
  }

  @Override
  public Stream<Example> examples() {
    return Stream.of(
        flags("the default service account of a namespace")
            .in(with(subject("\"system:serviceaccount:payments:default\"")))
            .at(roleArn("app")),
        flags("default beside another one")
            .in(
                with(
                    subject(
                        "[\"system:serviceaccount:payments:ledger\","
                            + " \"system:serviceaccount:payments:default\"]")))
            .at(roleArn("app"))
            .saying("value=Optional[system:serviceaccount:payments:default]"),
        accepts("another name of the namespace called default")
            .in(with(subject("\"system:serviceaccount:default:ledger\""))),
        accepts("a name that ends in default")
            .in(with(subject("\"system:serviceaccount:payments:ledger-default\""))));
  }

  private static TestAccount with(String condition) {
    return account().cluster("prod").role("app", policy(web(ISSUER, condition)));
  }

  /// A Condition object with the right audience and these subjects.
  private static String subject(String value) {
    return """
    {"StringEquals": {"%1$s:aud": "sts.amazonaws.com", "%1$s:sub": %2$s}}\
    """
        .formatted(ISSUER, value);
  }
}
