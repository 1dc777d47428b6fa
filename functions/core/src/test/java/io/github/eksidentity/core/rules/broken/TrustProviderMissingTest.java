package io.github.eksidentity.core.rules.broken;

import static io.github.eksidentity.core.rules.TestAccount.REGION;
import static io.github.eksidentity.core.rules.TestAccount.account;
import static io.github.eksidentity.core.rules.TestAccount.issuer;
import static io.github.eksidentity.core.rules.TestAccount.issuerId;
import static io.github.eksidentity.core.rules.TestAccount.providerArn;
import static io.github.eksidentity.core.rules.TestAccount.roleArn;
import static io.github.eksidentity.core.rules.Trusts.equalTo;
import static io.github.eksidentity.core.rules.Trusts.irsa;
import static io.github.eksidentity.core.rules.Trusts.policy;
import static io.github.eksidentity.core.rules.Trusts.web;

import io.github.eksidentity.core.facts.Coverage;
import io.github.eksidentity.core.facts.Scope;
import io.github.eksidentity.core.rules.Example;
import io.github.eksidentity.core.rules.RoleEdits;
import io.github.eksidentity.core.rules.RuleContract;
import io.github.eksidentity.core.rules.SettingsEdits;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

final class TrustProviderMissingTest extends RuleContract {
  private static final String LEDGER = "system:serviceaccount:payments:ledger";
  private static final String OLD = issuer("old-prod");
  private static final Map<String, String> TAG = Map.of("alpha.eksctl.io/cluster-name", "prod");
  private static final Instant BEFORE = Instant.parse("2023-01-01T00:00:00Z");

  TrustProviderMissingTest() {
    super(new TrustProviderMissing());
  }

  @Override
  public Stream<Example> examples() {
    return Stream.of(
        flags("the issuer of a cluster that is gone, and its provider with it")
            .in(account().cluster("prod").role("app", irsa(OLD, LEDGER)))
            .at(roleArn("app"))
            .saying("the account has no such provider")
            .saying("No OpenIDConnect provider found in your account for https://" + OLD)
            .saying("nearest=Optional[" + providerArn(issuer("prod")) + "]")
            .saying("Decide which cluster's pods are to get in"),
        flags("the cluster was made again: a tag of the older role names it")
            .in(
                account()
                    .cluster("prod")
                    .role(
                        "app",
                        irsa(OLD, LEDGER),
                        role ->
                            RoleEdits.tags(TAG)
                                .apply(RoleEdits.created(Optional.of(BEFORE)).apply(role))))
            .at(roleArn("app"))
            .saying("cluster prod was made again, its name stands in a tag of the role")
            .saying("AccessDenied: Not authorized to perform sts:AssumeRoleWithWebIdentity")
            .admitting(roleArn("app"), "prod", LEDGER),
        flags("a role younger than the cluster that its tag names was never right")
            .in(account().cluster("prod").role("app", irsa(OLD, LEDGER), RoleEdits.tags(TAG)))
            .at(roleArn("app"))
            .saying("nearest=Optional[" + providerArn(issuer("prod")) + "]")
            .saying("Decide which cluster's pods are to get in"),
        flags("a typing error in the id")
            .in(account().cluster("prod").role("app", irsa(misspelt(issuer("prod")), LEDGER)))
            .at(roleArn("app"))
            .saying("cluster prod was meant")
            .saying("the name differs from it by a typing error")
            .admitting(roleArn("app"), "prod", LEDGER),
        flags("the keys test the cluster's issuer, the ARN names another")
            .in(
                account()
                    .cluster("prod")
                    .role("app", policy(web(OLD, equalTo(issuer("prod"), LEDGER)))))
            .at(roleArn("app"))
            .saying("the conditions test the claims of its issuer")
            .admitting(roleArn("app"), "prod", LEDGER),
        flags("the dual-stack host, while the exact one is registered")
            .in(account().cluster("prod").role("app", irsa(dualStack(), LEDGER)))
            .at(roleArn("app"))
            .saying("tokens do not carry the dual-stack host")
            .admitting(roleArn("app"), "prod", LEDGER),
        flags("the dual-stack host, and nothing is registered")
            .in(
                account()
                    .cluster("prod")
                    .withoutProvider(issuer("prod"))
                    .role("app", irsa(dualStack(), LEDGER)))
            .at(roleArn("app"))
            .saying("No OpenIDConnect provider found in your account for https://" + issuer("prod"))
            .admitting(roleArn("app"), "prod", LEDGER),
        flags("the issuer of a cluster in a region that is not enabled")
            .in(account().cluster("prod").role("app", irsa(issuer("ap-south-2", "x"), LEDGER)))
            .at(roleArn("app")),
        flags("a known issuer that is not registered")
            .in(account().cluster("prod").role("app", irsa(OLD, LEDGER)))
            .with(SettingsEdits.knownIssuers(OLD))
            .at(roleArn("app"))
            .saying("Register the issuer, which the settings call known"),
        flags("roles and providers alone were read, no cluster")
            .in(
                account()
                    .provider(issuer("prod"))
                    .role("app", irsa(OLD, LEDGER))
                    .coverage(Scope.region(REGION), new Coverage.Skipped("not asked for"))
                    .coverage(Scope.region("us-east-1"), new Coverage.Skipped("not asked for")))
            .at(roleArn("app")),
        accepts("the provider is there")
            .in(account().cluster("prod").role("app", irsa(issuer("prod"), LEDGER))),
        accepts("a cluster without its provider: the rule about the cluster speaks")
            .in(
                account()
                    .cluster("prod")
                    .withoutProvider(issuer("prod"))
                    .role("app", irsa(issuer("prod"), LEDGER)))
            .alsoFinding("provider-missing"),
        accepts("a dual-stack provider that is registered: the rule about it speaks")
            .in(
                account()
                    .cluster("prod")
                    .provider(dualStack())
                    .role("app", irsa(dualStack(), LEDGER)))
            .alsoFinding("provider-dual-stack-host"),
        accepts("the provider of the gone cluster is still there: its own rule speaks")
            .in(account().cluster("prod").provider(OLD).role("app", irsa(OLD, LEDGER)))
            .alsoFinding("trust-issuer-dead")
            .alsoFinding("provider-orphaned"),
        accepts("a provider of somebody else than EKS that is missing")
            .in(account().role("ci", irsa("gitlab.example.com", "project:app"))));
  }

  private static String misspelt(String issuer) {
    char last = issuer.charAt(issuer.length() - 1);
    return issuer.substring(0, issuer.length() - 1) + (last == '0' ? '1' : '0');
  }

  private static String dualStack() {
    return "oidc-eks.%s.api.aws/id/%s".formatted(REGION, issuerId(REGION, "prod"));
  }
}
