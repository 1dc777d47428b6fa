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

final class PodGlobalStsTest extends RuleContract {
  private static final String LEDGER = "system:serviceaccount:payments:ledger";

  PodGlobalStsTest() {
    super(new PodGlobalSts());
  }

  @Override
  public Stream<Example> examples() {
    return Stream.of(
        flags("the annotation")
            .in(
                account()
                    .cluster("prod")
                    .role("app", irsa(issuer("prod"), LEDGER))
                    .serviceAccount(
                        "prod",
                        "payments",
                        "ledger",
                        Map.of(
                            "eks.amazonaws.com/role-arn",
                            roleArn("app"),
                            "eks.amazonaws.com/sts-regional-endpoints",
                            "false"))
                    .pod("prod", "payments", "ledger", "ledger"))
            .at("payments/ledger")
            .saying("switches the regional endpoint off"),
        flags("the variable, set in the template")
            .in(
                irsaBound()
                    .podOfTemplate(
                        "prod",
                        "payments",
                        "ledger",
                        "ledger",
                        PodEdits.variable("app", "AWS_STS_REGIONAL_ENDPOINTS", "legacy")))
            .at("payments/ledger")
            .saying("legacy"),
        accepts("the default").in(irsaBound().pod("prod", "payments", "ledger", "ledger")));
  }

  private static TestAccount irsaBound() {
    return account()
        .cluster("prod")
        .role("app", irsa(issuer("prod"), LEDGER))
        .annotated("prod", "payments", "ledger", roleArn("app"));
  }
}
