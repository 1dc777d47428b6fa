package io.github.eksidentity.core.rules.broken;

import static io.github.eksidentity.core.rules.TestAccount.account;
import static io.github.eksidentity.core.rules.TestAccount.clusterArn;
import static io.github.eksidentity.core.rules.TestAccount.issuer;
import static io.github.eksidentity.core.rules.TestAccount.roleArn;
import static io.github.eksidentity.core.rules.Trusts.equalTo;
import static io.github.eksidentity.core.rules.Trusts.irsa;
import static io.github.eksidentity.core.rules.Trusts.policy;
import static io.github.eksidentity.core.rules.Trusts.web;

import io.github.eksidentity.core.rules.Example;
import io.github.eksidentity.core.rules.RuleContract;
import io.github.eksidentity.core.rules.Trusts;
import java.util.stream.Stream;

final class TrustStalePrincipalTest extends RuleContract {
  private static final String LEDGER = "system:serviceaccount:payments:ledger";
  private static final String STALE = "AROAIOSFODNN7EXAMPLE1";
  private static final String IRSA = web(issuer("prod"), equalTo(issuer("prod"), LEDGER));

  TrustStalePrincipalTest() {
    super(new TrustStalePrincipal());
  }

  @Override
  public Stream<Example> examples() {
    return Stream.of(
        flags("the target role of a chain whose first role was deleted")
            .in(account().role("target", policy(aws("Allow", '"' + STALE + '"'))))
            .at(roleArn("target"))
            .saying("this is the id of a role that was deleted")
            .saying("sts:AssumeRole")
            .saying("Decide who is to assume role target"),
        flags("a deleted role beside one that exists")
            .in(
                account()
                    .role("api", irsa(issuer("prod"), LEDGER))
                    .cluster("prod")
                    .role(
                        "target",
                        policy(aws("Allow", "[\"%s\", \"%s\"]".formatted(STALE, roleArn("api"))))))
            .at(roleArn("target"))
            .saying("Remove the id"),
        flags("a deleted user in a statement of its own, beside the pods' one")
            .in(
                account()
                    .cluster("prod")
                    .role("app", policy(IRSA, aws("Allow", "\"AIDAIOSFODNN7EXAMPLE1\""))))
            .at(roleArn("app"))
            .saying("this is the id of a user that was deleted")
            .admitting(roleArn("app"), "prod", LEDGER),
        flags("a Deny that no longer shuts out whom it was meant for")
            .in(account().cluster("prod").role("app", policy(IRSA, aws("Deny", '"' + STALE + '"'))))
            .at(roleArn("app"))
            .saying("is not shut out")
            .saying("Decide who is to assume role app"),
        accepts("a role that exists, by its ARN")
            .in(
                account()
                    .cluster("prod")
                    .role("api", Trusts.podIdentity(clusterArn("prod"), "payments", "ledger"))
                    .role("target", policy(aws("Allow", '"' + roleArn("api") + '"')))),
        accepts("an account id")
            .in(account().role("target", policy(aws("Allow", "\"444455556666\"")))));
  }

  private static String aws(String effect, String principals) {
    return """
    {"Effect": "%s", "Principal": {"AWS": %s}, "Action": "sts:AssumeRole"}\
    """
        .formatted(effect, principals);
  }
}
