package io.github.eksidentity.core.rules.podidentity;

import static io.github.eksidentity.core.rules.TestAccount.account;
import static io.github.eksidentity.core.rules.TestAccount.associationArn;
import static io.github.eksidentity.core.rules.TestAccount.clusterArn;
import static io.github.eksidentity.core.rules.TestAccount.issuer;
import static io.github.eksidentity.core.rules.TestAccount.roleArn;
import static io.github.eksidentity.core.rules.Trusts.irsa;
import static io.github.eksidentity.core.rules.Trusts.podIdentity;

import io.github.eksidentity.core.facts.Role;
import io.github.eksidentity.core.rules.Example;
import io.github.eksidentity.core.rules.RoleEdits;
import io.github.eksidentity.core.rules.RuleContract;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

final class AssociationRoleMissingTest extends RuleContract {
  private static final String LEDGER = "system:serviceaccount:payments:ledger";

  AssociationRoleMissingTest() {
    super(new AssociationRoleMissing());
  }

  @Override
  public Stream<Example> examples() {
    return Stream.of(
        flags("the role was deleted")
            .in(account().cluster("prod").association("prod", "payments", "ledger", roleArn("app")))
            .at(associationArn("prod", "payments", "ledger"))
            .saying(roleArn("app")),
        flags("the role was made again under a path")
            .in(
                account()
                    .cluster("prod")
                    .role("app", trust(), inPath("/team/"))
                    .association("prod", "payments", "ledger", roleArn("app")))
            .at(associationArn("prod", "payments", "ledger"))
            .saying("nearest=Optional[" + roleArn("team/app") + "]")
            .admitting(roleArn("team/app"), "prod", LEDGER),
        flags("the name differs in letter case")
            .in(
                account()
                    .cluster("prod")
                    .role("app", trust())
                    .association("prod", "payments", "ledger", roleArn("App")))
            .at(associationArn("prod", "payments", "ledger"))
            .saying("nearest=Optional[" + roleArn("app") + "]")
            .admitting(roleArn("app"), "prod", LEDGER),
        flags("a role of that name that does not let the pods in")
            .in(
                account()
                    .cluster("prod")
                    .role("app", irsa(issuer("prod"), LEDGER), inPath("/team/"))
                    .association("prod", "payments", "ledger", roleArn("app")))
            .at(associationArn("prod", "payments", "ledger")),
        flags("several associations with the role: one finding")
            .in(
                account()
                    .cluster("prod")
                    .association("prod", "payments", "worker", roleArn("app"))
                    .association("prod", "payments", "ledger", roleArn("app")))
            .at(associationArn("prod", "payments", "ledger"))
            .saying("payments/worker"),
        accepts("the role exists")
            .in(
                account()
                    .cluster("prod")
                    .role("app", trust())
                    .association("prod", "payments", "ledger", roleArn("app"))));
  }

  private static String trust() {
    return podIdentity(clusterArn("prod"), "payments", "ledger");
  }

  private static UnaryOperator<Role> inPath(String path) {
    return role ->
        RoleEdits.path(path)
            .apply(RoleEdits.arn(roleArn(path.substring(1) + role.name())).apply(role));
  }
}
