package io.github.eksidentity.core.rules.serviceaccount;

import static io.github.eksidentity.core.rules.TestAccount.account;
import static io.github.eksidentity.core.rules.TestAccount.issuer;
import static io.github.eksidentity.core.rules.TestAccount.roleArn;
import static io.github.eksidentity.core.rules.Trusts.irsa;

import io.github.eksidentity.core.rules.Example;
import io.github.eksidentity.core.rules.RuleContract;
import io.github.eksidentity.core.rules.TestAccount;
import java.util.Map;
import java.util.stream.Stream;

final class AnnotationAudienceMismatchTest extends RuleContract {
  private static final String LEDGER = "system:serviceaccount:payments:ledger";

  AnnotationAudienceMismatchTest() {
    super(new AnnotationAudienceMismatch());
  }

  @Override
  public Stream<Example> examples() {
    return Stream.of(
        flags("an audience that the provider does not list")
            .in(with("vault", irsa(issuer("prod"), LEDGER)))
            .at("payments/ledger")
            .saying("Incorrect token audience")
            .admitting(roleArn("app"), "prod", LEDGER),
        flags("an audience that the provider lists and the trust policy does not take")
            .in(
                with("vault", irsa(issuer("prod"), LEDGER))
                    .provider(issuer("prod"), "sts.amazonaws.com", "vault"))
            .at("payments/ledger")
            .saying("takes another audience")
            .admitting(roleArn("app"), "prod", LEDGER),
        accepts("an audience of trust policy and annotation that the provider does not know")
            .in(with("vault", forAudience("vault")))
            .alsoFinding("trust-audience-mismatch"),
        accepts("the audience in all three places")
            .in(
                with("vault", forAudience("vault"))
                    .provider(issuer("prod"), "sts.amazonaws.com", "vault")),
        accepts("the default audience, spelt out")
            .in(with("sts.amazonaws.com", irsa(issuer("prod"), LEDGER))));
  }

  private static String forAudience(String audience) {
    return irsa(issuer("prod"), LEDGER).replace("sts.amazonaws.com", audience);
  }

  private static TestAccount with(String audience, String trust) {
    return account()
        .cluster("prod")
        .role("app", trust)
        .serviceAccount(
            "prod",
            "payments",
            "ledger",
            Map.of(
                "eks.amazonaws.com/role-arn",
                roleArn("app"),
                "eks.amazonaws.com/audience",
                audience))
        .pod("prod", "payments", "ledger", "ledger");
  }
}
