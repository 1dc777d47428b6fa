package io.github.eksidentity.core.rules.serviceaccount;

import static io.github.eksidentity.core.rules.TestAccount.account;
import static io.github.eksidentity.core.rules.TestAccount.issuer;
import static io.github.eksidentity.core.rules.TestAccount.roleArn;
import static io.github.eksidentity.core.rules.Trusts.irsa;

import io.github.eksidentity.core.rules.Example;
import io.github.eksidentity.core.rules.RuleContract;
import io.github.eksidentity.core.rules.TestAccount;
import java.util.stream.Stream;

final class AnnotationRoleMissingTest extends RuleContract {
  private static final String LEDGER = "system:serviceaccount:payments:ledger";

  AnnotationRoleMissingTest() {
    super(new AnnotationRoleMissing());
  }

  @Override
  public Stream<Example> examples() {
    return Stream.of(
        flags("a role that was deleted")
            .in(with(roleArn("gone")))
            .at("payments/ledger")
            .saying("Not authorized to perform sts:AssumeRoleWithWebIdentity"),
        flags("a name in other letter case: role names in ARNs are case-sensitive")
            .in(with(roleArn("App")))
            .at("payments/ledger")
            .saying(roleArn("app"))
            .admitting(roleArn("app"), "prod", LEDGER),
        flags("a typing error")
            .in(with(roleArn("ap")))
            .at("payments/ledger")
            .admitting(roleArn("app"), "prod", LEDGER),
        undecided("a role of an account that was not read")
            .in(with("arn:aws:iam::444455556666:role/app"))
            .at(TestAccount.clusterArn("prod") + "/serviceaccount/payments/ledger"),
        accepts("a role that exists").in(with(roleArn("app"))));
  }

  private static TestAccount with(String annotation) {
    return account()
        .cluster("prod")
        .role("app", irsa(issuer("prod"), LEDGER))
        .annotated("prod", "payments", "ledger", annotation)
        .pod("prod", "payments", "ledger", "ledger");
  }
}
