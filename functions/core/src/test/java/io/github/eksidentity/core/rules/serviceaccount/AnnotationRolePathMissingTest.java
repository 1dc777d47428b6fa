package io.github.eksidentity.core.rules.serviceaccount;

import static io.github.eksidentity.core.rules.TestAccount.account;
import static io.github.eksidentity.core.rules.TestAccount.issuer;
import static io.github.eksidentity.core.rules.TestAccount.roleArn;
import static io.github.eksidentity.core.rules.Trusts.irsa;

import io.github.eksidentity.core.rules.Example;
import io.github.eksidentity.core.rules.RoleEdits;
import io.github.eksidentity.core.rules.RuleContract;
import io.github.eksidentity.core.rules.TestAccount;
import java.util.stream.Stream;

final class AnnotationRolePathMissingTest extends RuleContract {
  private static final String LEDGER = "system:serviceaccount:payments:ledger";

  AnnotationRolePathMissingTest() {
    super(new AnnotationRolePathMissing());
  }

  @Override
  public Stream<Example> examples() {
    return Stream.of(
        flags("the path left out, as aws-auth wants it")
            .in(with(irsa(issuer("prod"), LEDGER)))
            .at("payments/ledger")
            .saying("/team/")
            .saying("arn:aws:iam::111122223333:role/team/app")
            .admitting("arn:aws:iam::111122223333:role/team/app", "prod", LEDGER),
        flags("and the role admits somebody else")
            .in(
                with(irsa(issuer("prod"), "system:serviceaccount:payments:api"))
                    .annotated("prod", "payments", "api", "arn:aws:iam::111122223333:role/team/app")
                    .pod("prod", "payments", "api", "api"))
            .at("payments/ledger"),
        accepts("a role without path")
            .in(
                account()
                    .cluster("prod")
                    .role("app", irsa(issuer("prod"), LEDGER))
                    .annotated("prod", "payments", "ledger", roleArn("app"))
                    .pod("prod", "payments", "ledger", "ledger")));
  }

  private static TestAccount with(String trust) {
    return account()
        .cluster("prod")
        .role(
            "app",
            trust,
            role ->
                RoleEdits.path("/team/")
                    .apply(RoleEdits.arn("arn:aws:iam::111122223333:role/team/app").apply(role)))
        .annotated("prod", "payments", "ledger", roleArn("app"))
        .pod("prod", "payments", "ledger", "ledger");
  }
}
