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

final class TokenExpirationInvalidTest extends RuleContract {
  private static final String LEDGER = "system:serviceaccount:payments:ledger";

  TokenExpirationInvalidTest() {
    super(new TokenExpirationInvalid());
  }

  @Override
  public Stream<Example> examples() {
    return Stream.of(
        flags("a text").in(with("1h")).at("payments/ledger").saying("no whole number"),
        flags("too short").in(with("60")).at("payments/ledger").saying("below the shortest"),
        flags("too long").in(with("604800")).at("payments/ledger").saying("86400"),
        accepts("the shortest").in(with("600")),
        accepts("the longest").in(with("86400")),
        accepts("a pod that says it better")
            .in(
                account()
                    .cluster("prod")
                    .role("app", irsa(issuer("prod"), LEDGER))
                    .serviceAccount("prod", "payments", "ledger", annotations("60"))
                    .podOfTemplate(
                        "prod",
                        "payments",
                        "ledger",
                        "ledger",
                        PodEdits.annotations(
                            Map.of("eks.amazonaws.com/token-expiration", "3600")))));
  }

  private static Map<String, String> annotations(String seconds) {
    return Map.of(
        "eks.amazonaws.com/role-arn",
        roleArn("app"),
        "eks.amazonaws.com/token-expiration",
        seconds);
  }

  private static TestAccount with(String seconds) {
    return account()
        .cluster("prod")
        .role("app", irsa(issuer("prod"), LEDGER))
        .serviceAccount("prod", "payments", "ledger", annotations(seconds))
        .pod("prod", "payments", "ledger", "ledger");
  }
}
