package io.github.eksidentity.core.rules.serviceaccount;

import static io.github.eksidentity.core.rules.TestAccount.NOW;
import static io.github.eksidentity.core.rules.TestAccount.account;
import static io.github.eksidentity.core.rules.TestAccount.issuer;
import static io.github.eksidentity.core.rules.TestAccount.roleArn;
import static io.github.eksidentity.core.rules.Trusts.irsa;

import io.github.eksidentity.core.facts.LastUsed;
import io.github.eksidentity.core.rules.Example;
import io.github.eksidentity.core.rules.PodEdits;
import io.github.eksidentity.core.rules.RoleEdits;
import io.github.eksidentity.core.rules.RuleContract;
import java.time.Duration;
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
                    .role(
                        "app",
                        irsa(issuer("prod"), LEDGER),
                        RoleEdits.lastUsed(new LastUsed.At(NOW.minus(Duration.ofDays(100)))))
                    .annotated("prod", "payments", "ledger", roleArn("app")))
            .at("payments/ledger")
            .saying("no pod runs with it")
            .alsoFinding("role-unused"),
        flags("beside a controller that can ask for its tokens")
            .in(
                account()
                    .cluster("prod")
                    .role(
                        "app",
                        irsa(issuer("prod"), LEDGER),
                        RoleEdits.lastUsed(new LastUsed.At(NOW.minus(Duration.ofDays(100)))))
                    .annotated("prod", "payments", "ledger", roleArn("app"))
                    .pod("prod", "eso", "external-secrets", "external-secrets"))
            .at("payments/ledger")
            .saying("External Secrets")
            .alsoFinding("role-unused"),
        accepts("a role that was used lately, by whoever asks for tokens itself")
            .in(
                account()
                    .cluster("prod")
                    .role("app", irsa(issuer("prod"), LEDGER))
                    .annotated("prod", "payments", "ledger", roleArn("app"))),
        accepts("an annotation without a value")
            .in(account().cluster("prod").annotated("prod", "payments", "ledger", ""))
            .alsoFinding("annotation-malformed-arn"),
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
