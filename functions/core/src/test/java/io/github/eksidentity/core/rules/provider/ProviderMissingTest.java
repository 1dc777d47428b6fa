package io.github.eksidentity.core.rules.provider;

import static io.github.eksidentity.core.rules.TestAccount.REGION;
import static io.github.eksidentity.core.rules.TestAccount.account;
import static io.github.eksidentity.core.rules.TestAccount.clusterArn;
import static io.github.eksidentity.core.rules.TestAccount.issuer;
import static io.github.eksidentity.core.rules.TestAccount.issuerId;
import static io.github.eksidentity.core.rules.TestAccount.roleArn;
import static io.github.eksidentity.core.rules.Trusts.irsa;

import io.github.eksidentity.core.facts.Coverage;
import io.github.eksidentity.core.facts.Scope;
import io.github.eksidentity.core.rules.ClusterEdits;
import io.github.eksidentity.core.rules.Example;
import io.github.eksidentity.core.rules.RuleContract;
import io.github.eksidentity.core.rules.TestAccount;
import io.github.eksidentity.core.rules.Trusts;
import java.util.Optional;
import java.util.stream.Stream;

final class ProviderMissingTest extends RuleContract {
  private static final String LEDGER = "system:serviceaccount:payments:ledger";

  ProviderMissingTest() {
    super(new ProviderMissing());
  }

  @Override
  public Stream<Example> examples() {
    return Stream.of(
        flags("a role trusts a cluster whose issuer is not registered")
            .in(unregistered().role("app", irsa(issuer("prod"), LEDGER)))
            .at(clusterArn("prod"))
            .saying("No OpenIDConnect provider found in your account for https://" + issuer("prod"))
            .saying(roleArn("app"))
            .saying("eksctl utils associate-iam-oidc-provider --cluster prod")
            .admitting(roleArn("app"), "prod", LEDGER),
        flags("the cluster is being updated and still runs its pods")
            .in(
                unregistered()
                    .role("app", irsa(issuer("prod"), LEDGER))
                    .onCluster("prod", ClusterEdits.status("UPDATING")))
            .at(clusterArn("prod")),
        flags("no role trusts it, but a service account is annotated with a role")
            .in(
                unregistered()
                    .cluster("other")
                    .role("app", irsa(issuer("other"), LEDGER))
                    .annotated("other", "payments", "ledger", roleArn("app"))
                    .pod("other", "payments", "ledger", "ledger")
                    .annotated("prod", "payments", "ledger", roleArn("app"))
                    .pod("prod", "payments", "ledger", "ledger"))
            .at(clusterArn("prod"))
            .saying("service account payments/ledger of cluster prod is annotated"),
        undecided("no role trusts it, and service accounts could not be read")
            .in(
                unregistered()
                    .kubernetes("prod")
                    .coverage(
                        Scope.cluster(Scope.Kind.SERVICE_ACCOUNTS, REGION, "prod"),
                        new Coverage.Failed("connection refused", Optional.empty())))
            .at(clusterArn("prod"))
            .alsoFinding("cluster-not-readable"),
        accepts("an annotation with a role of another account, which has a provider of its own")
            .in(
                unregistered()
                    .annotated("prod", "payments", "ledger", "arn:aws:iam::999988887777:role/app")
                    .pod("prod", "payments", "ledger", "ledger")),
        accepts("the provider is there")
            .in(account().cluster("prod").role("app", irsa(issuer("prod"), LEDGER))),
        accepts("nobody uses IRSA: a cluster with Pod Identity only needs no provider")
            .in(
                unregistered()
                    .role("app", Trusts.podIdentity(clusterArn("prod"), "payments", "ledger"))
                    .association("prod", "payments", "ledger", roleArn("app"))),
        accepts("a cluster that is being made has no issuer yet")
            .in(
                unregistered()
                    .role("app", irsa(issuer("prod"), LEDGER))
                    .onCluster("prod", ClusterEdits.status("CREATING"))),
        accepts("a cluster without issuer")
            .in(unregistered().onCluster("prod", ClusterEdits.issuer(Optional.empty()))),
        accepts("a dual-stack provider for the same id: its own rule speaks")
            .in(
                unregistered()
                    .provider(dualStack("prod"))
                    .role("app", irsa(issuer("prod"), LEDGER)))
            .alsoFinding("provider-dual-stack-host"),
        accepts("a provider with a trailing slash: its own rule speaks")
            .in(
                unregistered()
                    .provider(issuer("prod") + "/")
                    .role("app", irsa(issuer("prod"), LEDGER)))
            .alsoFinding("provider-url-malformed"));
  }

  private static TestAccount unregistered() {
    return account().cluster("prod").withoutProvider(issuer("prod"));
  }

  private static String dualStack(String cluster) {
    return "oidc-eks.%s.api.aws/id/%s".formatted(REGION, issuerId(REGION, cluster));
  }
}
