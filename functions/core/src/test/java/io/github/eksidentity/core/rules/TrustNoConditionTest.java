package io.github.eksidentity.core.rules;

import static io.github.eksidentity.core.rules.TestAccount.account;
import static io.github.eksidentity.core.rules.TestAccount.issuer;
import static io.github.eksidentity.core.rules.TestAccount.providerArn;
import static io.github.eksidentity.core.rules.TestAccount.roleArn;
import static io.github.eksidentity.core.rules.Trusts.irsa;
import static io.github.eksidentity.core.rules.Trusts.policy;

import java.util.stream.Stream;

final class TrustNoConditionTest extends RuleContract {
  TrustNoConditionTest() {
    super(new TrustNoCondition());
  }

  @Override
  public Stream<Example> examples() {
    return Stream.of(
        flags("a statement with provider and action only")
            .in(account().cluster("prod").role("app", policy(bare(providerArn(issuer("prod"))))))
            .at(roleArn("app"))
            .saying(providerArn(issuer("prod"))),
        accepts("a statement with subject and audience")
            .in(
                account()
                    .cluster("prod")
                    .role("app", irsa(issuer("prod"), "system:serviceaccount:payments:ledger"))),
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
}
