package io.github.eksidentity.core.rules.provider;

import static io.github.eksidentity.core.rules.TestAccount.account;

import io.github.eksidentity.core.audit.Severity;
import io.github.eksidentity.core.facts.Quotas;
import io.github.eksidentity.core.rules.Example;
import io.github.eksidentity.core.rules.RuleContract;
import io.github.eksidentity.core.rules.SettingsEdits;
import io.github.eksidentity.core.rules.TestAccount;
import java.util.OptionalInt;
import java.util.stream.Stream;

final class ProviderQuotaNearTest extends RuleContract {
  ProviderQuotaNearTest() {
    super(new ProviderQuotaNear());
  }

  @Override
  public Stream<Example> examples() {
    return Stream.of(
        flags("90 of 100, whatever they are for")
            .in(providers(90))
            .at(TestAccount.ID)
            .saying("90 OIDC providers of at most 100"),
        flags("as many as the account may have")
            .in(providers(100))
            .at(TestAccount.ID)
            .severity(Severity.HIGH),
        flags("a limit that AWS tells")
            .in(providers(9).quotas(new Quotas(OptionalInt.empty(), OptionalInt.of(10))))
            .at(TestAccount.ID),
        accepts("89 of 100").in(providers(89)),
        accepts("a raised limit in the settings")
            .in(providers(150))
            .with(SettingsEdits.providerLimit(500)));
  }

  private static TestAccount providers(int count) {
    TestAccount account = account();
    for (int i = 0; i < count; i++) {
      account.provider("idp" + i + ".example.com");
    }
    return account;
  }
}
