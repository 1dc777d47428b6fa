package io.github.eksidentity.core.rules.serviceaccount;

import static io.github.eksidentity.core.rules.TestAccount.account;
import static io.github.eksidentity.core.rules.TestAccount.issuer;
import static io.github.eksidentity.core.rules.TestAccount.roleArn;
import static io.github.eksidentity.core.rules.Trusts.irsa;

import io.github.eksidentity.core.rules.Example;
import io.github.eksidentity.core.rules.PodEdits;
import io.github.eksidentity.core.rules.RuleContract;
import io.github.eksidentity.core.rules.TestAccount;
import io.github.eksidentity.core.rules.Trusts;
import java.util.Optional;
import java.util.stream.Stream;

final class ServiceAccountNotAnnotatedTest extends RuleContract {
  private static final String LEDGER = "system:serviceaccount:payments:ledger";

  ServiceAccountNotAnnotatedTest() {
    super(new ServiceAccountNotAnnotated());
  }

  @Override
  public Stream<Example> examples() {
    return Stream.of(
        flags("a trust policy that names the service account, and pods that use it")
            .in(named().pod("prod", "payments", "ledger", "ledger"))
            .at("payments/ledger")
            .saying(roleArn("app"))
            .admitting(roleArn("app"), "prod", LEDGER),
        flags("two roles: which one is meant is for people to decide")
            .in(
                named()
                    .role("other", irsa(issuer("prod"), LEDGER))
                    .pod("prod", "payments", "ledger", "ledger"))
            .at("payments/ledger")
            .saying(roleArn("other")),
        accepts("no pods").in(named()),
        accepts("a role that admits it by a wildcard")
            .in(
                account()
                    .cluster("prod")
                    .role(
                        "app",
                        Trusts.policy(
                            Trusts.web(
                                issuer("prod"),
                                "{\"StringLike\": {\"%1$s:sub\": \"system:serviceaccount:payments:*\"}, \"StringEquals\": {\"%1$s:aud\": \"sts.amazonaws.com\"}}"
                                    .formatted(issuer("prod")))))
                    .serviceAccount("prod", "payments", "ledger")
                    .pod("prod", "payments", "ledger", "ledger"))
            .alsoFinding("trust-any-service-account"),
        accepts("variables that the template sets itself")
            .in(
                named()
                    .podOfTemplate(
                        "prod",
                        "payments",
                        "ledger",
                        "ledger",
                        PodEdits.projecting("app", "/own", Optional.of("sts.amazonaws.com"))
                                .andThen(PodEdits.variable("app", "AWS_ROLE_ARN", roleArn("app")))
                                .andThen(
                                    PodEdits.variable(
                                        "app", "AWS_WEB_IDENTITY_TOKEN_FILE", "/own/token"))
                            ::apply)),
        accepts("an annotation")
            .in(
                account()
                    .cluster("prod")
                    .role("app", irsa(issuer("prod"), LEDGER))
                    .annotated("prod", "payments", "ledger", roleArn("app"))
                    .pod("prod", "payments", "ledger", "ledger")));
  }

  private static TestAccount named() {
    return account()
        .cluster("prod")
        .role("app", irsa(issuer("prod"), LEDGER))
        .serviceAccount("prod", "payments", "ledger");
  }
}
