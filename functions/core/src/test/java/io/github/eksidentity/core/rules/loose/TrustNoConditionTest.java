package io.github.eksidentity.core.rules.loose;

import static io.github.eksidentity.core.rules.TestAccount.account;
import static io.github.eksidentity.core.rules.TestAccount.issuer;
import static io.github.eksidentity.core.rules.TestAccount.providerArn;
import static io.github.eksidentity.core.rules.TestAccount.roleArn;
import static io.github.eksidentity.core.rules.Trusts.equalTo;
import static io.github.eksidentity.core.rules.Trusts.irsa;
import static io.github.eksidentity.core.rules.Trusts.policy;
import static io.github.eksidentity.core.rules.Trusts.web;

import io.github.eksidentity.core.rules.Example;
import io.github.eksidentity.core.rules.RuleContract;
import java.util.stream.Stream;

final class TrustNoConditionTest extends RuleContract {
  private static final String ISSUER = issuer("prod");

  TrustNoConditionTest() {
    super(new TrustNoCondition());
  }

  @Override
  public Stream<Example> examples() {
    return Stream.of(
        flags("a statement with provider and action only")
            .in(account().cluster("prod").role("app", policy(bare(providerArn(ISSUER)))))
            .at(roleArn("app"))
            .saying(providerArn(ISSUER)),
        flags("a bare statement beside a strict one: the loosest wins")
            .in(
                account()
                    .cluster("prod")
                    .role(
                        "app",
                        policy(
                            web(ISSUER, equalTo(ISSUER, "system:serviceaccount:payments:ledger")),
                            bare(providerArn(ISSUER)))))
            .at(roleArn("app"))
            .saying("statement=Optional[1]"),
        accepts("a statement with subject and audience")
            .in(
                account()
                    .cluster("prod")
                    .role("app", irsa(ISSUER, "system:serviceaccount:payments:ledger"))),
        accepts("a bare statement that a Deny narrows to one service account")
            .in(
                account()
                    .cluster("prod")
                    .role(
                        "app",
                        policy(
                            bare(providerArn(ISSUER)),
                            deny(
                                """
                                {"StringNotEquals": {"%1$s:sub": "system:serviceaccount:payments:ledger"}}\
                                """
                                    .formatted(ISSUER)),
                            deny(
                                """
                                {"StringNotEquals": {"%1$s:aud": "sts.amazonaws.com"}}\
                                """
                                    .formatted(ISSUER))))),
        accepts("another identity provider: not EKS's concern")
            .in(
                account()
                    .role("ci", policy(bare(providerArn("token.actions.githubusercontent.com"))))));
  }

  private static String bare(String federated) {
    return """
    {"Effect": "Allow", "Principal": {"Federated": "%s"},
     "Action": "sts:AssumeRoleWithWebIdentity"}\
    """
        .formatted(federated);
  }

  private static String deny(String condition) {
    return web(ISSUER, condition).replace("Allow", "Deny");
  }
}
