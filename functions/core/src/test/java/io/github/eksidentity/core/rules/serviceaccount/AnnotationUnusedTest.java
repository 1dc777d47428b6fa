package io.github.eksidentity.core.rules.serviceaccount;

import static io.github.eksidentity.core.rules.TestAccount.account;
import static io.github.eksidentity.core.rules.TestAccount.issuer;
import static io.github.eksidentity.core.rules.TestAccount.roleArn;
import static io.github.eksidentity.core.rules.Trusts.irsa;

import io.github.eksidentity.core.rules.Example;
import io.github.eksidentity.core.rules.PodEdits;
import io.github.eksidentity.core.rules.RuleContract;
import java.util.stream.Stream;

final class AnnotationUnusedTest extends RuleContract {
  private static final String LEDGER = "system:serviceaccount:payments:ledger";

  AnnotationUnusedTest() {
    super(new AnnotationUnused());
  }

  @Override
  public Stream<Example> examples() {
    return Stream.of(
        flags("an annotated service account without pods")
            .in(
                account()
                    .cluster("prod")
                    .role("app", irsa(issuer("prod"), LEDGER))
                    .annotated("prod", "payments", "ledger", roleArn("app")))
            .at("payments/ledger")
            .saying("no pod runs with it"),
        accepts("a pod that has ended")
            .in(
                account()
                    .cluster("prod")
                    .role("app", irsa(issuer("prod"), LEDGER))
                    .annotated("prod", "payments", "ledger", roleArn("app"))
                    .pod("prod", "payments", "ledger", "ledger", PodEdits.phase("Succeeded"))),
        accepts("a service account without annotation")
            .in(account().cluster("prod").serviceAccount("prod", "payments", "ledger")));
  }
}
