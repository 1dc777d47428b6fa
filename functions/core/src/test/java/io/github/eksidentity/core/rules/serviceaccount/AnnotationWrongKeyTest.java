package io.github.eksidentity.core.rules.serviceaccount;

import static io.github.eksidentity.core.rules.TestAccount.account;
import static io.github.eksidentity.core.rules.TestAccount.issuer;
import static io.github.eksidentity.core.rules.TestAccount.roleArn;
import static io.github.eksidentity.core.rules.Trusts.irsa;

import io.github.eksidentity.core.rules.Example;
import io.github.eksidentity.core.rules.PodEdits;
import io.github.eksidentity.core.rules.RuleContract;
import io.github.eksidentity.core.rules.TestAccount;
import java.util.Map;
import java.util.stream.Stream;

final class AnnotationWrongKeyTest extends RuleContract {
  private static final String LEDGER = "system:serviceaccount:payments:ledger";

  AnnotationWrongKeyTest() {
    super(new AnnotationWrongKey());
  }

  @Override
  public Stream<Example> examples() {
    return Stream.of(
        flags("a key that is almost the right one")
            .in(with(Map.of("eks.amazonaws.com/role", roleArn("app"))))
            .at("payments/ledger")
            .saying("EKS does not read this key")
            .admitting(roleArn("app"), "prod", LEDGER),
        flags("a misspelt key whose value is no ARN")
            .in(with(Map.of("eks.amazonaws.com/role-am", "app")))
            .at("payments/ledger")
            .admitting(roleArn("app"), "prod", LEDGER),
        flags("the key of kiam, with the name of a role")
            .in(with(Map.of("iam.amazonaws.com/role", "app")))
            .at("payments/ledger")
            .saying("kiam")
            .admitting(roleArn("app"), "prod", LEDGER),
        flags("the right annotation on the pods instead")
            .in(
                account()
                    .cluster("prod")
                    .role("app", irsa(issuer("prod"), LEDGER))
                    .serviceAccount("prod", "payments", "ledger")
                    .podOfTemplate(
                        "prod",
                        "payments",
                        "ledger",
                        "ledger",
                        PodEdits.annotations(Map.of("eks.amazonaws.com/role-arn", roleArn("app")))))
            .at("payments/ledger")
            .saying("deployment/ledger")
            .admitting(roleArn("app"), "prod", LEDGER),
        flags("a role that does not admit the service account")
            .in(
                with(Map.of("iam.amazonaws.com/role", "other"))
                    .role("other", irsa(issuer("prod"), "system:serviceaccount:payments:api"))
                    .serviceAccount("prod", "payments", "api")
                    .annotated("prod", "payments", "api", roleArn("other"))
                    .pod("prod", "payments", "api", "api"))
            .at("payments/ledger"),
        accepts("a key of kiam that stayed beside the right annotation")
            .in(
                with(
                    Map.of(
                        "iam.amazonaws.com/role",
                        "app",
                        "eks.amazonaws.com/role-arn",
                        roleArn("app")))),
        accepts("an annotation about something else")
            .in(with(Map.of("eks.amazonaws.com/audience", "sts.amazonaws.com")))
            .alsoFinding("service-account-not-annotated"));
  }

  private static TestAccount with(Map<String, String> annotations) {
    return account()
        .cluster("prod")
        .role("app", irsa(issuer("prod"), LEDGER))
        .serviceAccount("prod", "payments", "ledger", annotations)
        .pod("prod", "payments", "ledger", "ledger");
  }
}
