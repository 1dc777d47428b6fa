package io.github.eksidentity.core.rules.provider;

import static io.github.eksidentity.core.rules.TestAccount.REGION;
import static io.github.eksidentity.core.rules.TestAccount.account;
import static io.github.eksidentity.core.rules.TestAccount.issuer;
import static io.github.eksidentity.core.rules.TestAccount.issuerId;
import static io.github.eksidentity.core.rules.TestAccount.providerArn;
import static io.github.eksidentity.core.rules.TestAccount.roleArn;
import static io.github.eksidentity.core.rules.Trusts.irsa;

import io.github.eksidentity.core.audit.Severity;
import io.github.eksidentity.core.rules.ClusterEdits;
import io.github.eksidentity.core.rules.Example;
import io.github.eksidentity.core.rules.RuleContract;
import io.github.eksidentity.core.rules.TestAccount;
import java.util.Optional;
import java.util.stream.Stream;

final class ProviderDualStackHostTest extends RuleContract {
  private static final String LEDGER = "system:serviceaccount:payments:ledger";
  private static final String DUAL_STACK =
      "oidc-eks.%s.api.aws/id/%s".formatted(REGION, issuerId(REGION, "prod"));

  ProviderDualStackHostTest() {
    super(new ProviderDualStackHost());
  }

  @Override
  public Stream<Example> examples() {
    return Stream.of(
        flags("only the dual-stack host is registered, the role names the real issuer")
            .in(dualStackOnly().role("app", irsa(issuer("prod"), LEDGER)))
            .at(providerArn(DUAL_STACK))
            .saying("No OpenIDConnect provider found in your account for https://" + issuer("prod"))
            .admitting(roleArn("app"), "prod", LEDGER),
        flags("only the dual-stack host is registered, and the role names it")
            .in(dualStackOnly().role("app", irsa(DUAL_STACK, LEDGER)))
            .at(providerArn(DUAL_STACK))
            .saying(roleArn("app"))
            .admitting(roleArn("app"), "prod", LEDGER),
        flags("both hosts are registered and a role names the wrong one")
            .in(
                account()
                    .cluster("prod")
                    .provider(DUAL_STACK)
                    .role("app", irsa(DUAL_STACK, LEDGER)))
            .at(providerArn(DUAL_STACK))
            .admitting(roleArn("app"), "prod", LEDGER),
        flags("both hosts are registered and no role names the wrong one")
            .in(
                account()
                    .cluster("prod")
                    .provider(DUAL_STACK)
                    .role("app", irsa(issuer("prod"), LEDGER)))
            .at(providerArn(DUAL_STACK))
            .severity(Severity.LOW)
            .admitting(roleArn("app"), "prod", LEDGER),
        accepts("DescribeCluster gives the dual-stack host: then it is the truth")
            .in(
                account()
                    .cluster("prod")
                    .withoutProvider(issuer("prod"))
                    .onCluster("prod", ClusterEdits.issuer(Optional.of(DUAL_STACK)))
                    .provider(DUAL_STACK)
                    .role("app", irsa(DUAL_STACK, LEDGER))),
        accepts("the host that tokens carry")
            .in(account().cluster("prod").role("app", irsa(issuer("prod"), LEDGER))));
  }

  private static TestAccount dualStackOnly() {
    return account().cluster("prod").withoutProvider(issuer("prod")).provider(DUAL_STACK);
  }
}
