package io.github.eksidentity.core.rules.broken;

import static io.github.eksidentity.core.rules.TestAccount.account;
import static io.github.eksidentity.core.rules.TestAccount.issuer;
import static io.github.eksidentity.core.rules.TestAccount.providerArn;
import static io.github.eksidentity.core.rules.TestAccount.roleArn;
import static io.github.eksidentity.core.rules.Trusts.equalTo;
import static io.github.eksidentity.core.rules.Trusts.irsa;
import static io.github.eksidentity.core.rules.Trusts.policy;
import static io.github.eksidentity.core.rules.Trusts.web;

import io.github.eksidentity.core.facts.OidcProvider;
import io.github.eksidentity.core.rules.Example;
import io.github.eksidentity.core.rules.RuleContract;
import io.github.eksidentity.core.rules.SettingsEdits;
import io.github.eksidentity.core.rules.TestAccount;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

final class TrustIssuerDeadTest extends RuleContract {
  private static final String LEDGER = "system:serviceaccount:payments:ledger";
  private static final String OLD = issuer("old-prod");
  private static final Map<String, String> TAG = Map.of("alpha.eksctl.io/cluster-name", "prod");
  private static final Instant BEFORE = Instant.parse("2023-01-01T00:00:00Z");

  TrustIssuerDeadTest() {
    super(new TrustIssuerDead());
  }

  @Override
  public Stream<Example> examples() {
    return Stream.of(
        flags("the cluster is gone, its provider and the role are still there")
            .in(orphan().role("app", irsa(OLD, LEDGER)))
            .at(roleArn("app"))
            .saying("no cluster of any enabled region has this issuer")
            .saying("Decide whether the role still serves a cluster")
            .alsoFinding("provider-orphaned"),
        flags("the cluster was made again under its name, which a tag of the old provider says")
            .in(tagged(BEFORE).role("app", irsa(OLD, LEDGER)))
            .at(roleArn("app"))
            .saying("the name of cluster prod stands in a tag of the provider")
            .saying("nearest=Optional[" + providerArn(issuer("prod")) + "]")
            .saying("AccessDenied: Not authorized to perform sts:AssumeRoleWithWebIdentity")
            .admitting(roleArn("app"), "prod", LEDGER)
            .alsoFinding("provider-orphaned"),
        flags("half moved: the role trusts the new cluster already")
            .in(
                tagged(BEFORE)
                    .role(
                        "app",
                        policy(
                            web(OLD, equalTo(OLD, LEDGER)),
                            web(issuer("prod"), equalTo(issuer("prod"), LEDGER)))))
            .at(roleArn("app"))
            .saying("Remove what is left of the old cluster")
            .admitting(roleArn("app"), "prod", LEDGER)
            .alsoFinding("provider-orphaned"),
        flags("the provider is younger than the cluster of the name: it may be of another one")
            .in(tagged(TestAccount.NOW).role("app", irsa(OLD, LEDGER)))
            .at(roleArn("app"))
            .saying("the name of cluster prod stands in a tag of the provider")
            .saying("Decide whether the role still serves a cluster")
            .alsoFinding("provider-orphaned"),
        flags("the name of a live cluster is part of the role's")
            .in(orphan().role("prod-app", irsa(OLD, LEDGER)))
            .at(roleArn("prod-app"))
            .saying("the name of cluster prod is part of the role's name")
            .saying("Decide whether the role still serves a cluster")
            .alsoFinding("provider-orphaned"),
        accepts("a live cluster")
            .in(account().cluster("prod").role("app", irsa(issuer("prod"), LEDGER))),
        accepts("an issuer of another account that the settings call known")
            .in(orphan().role("app", irsa(OLD, LEDGER)))
            .with(SettingsEdits.knownIssuers(OLD)),
        accepts("the provider is gone too: no token gets in at all, its own rule speaks")
            .in(account().cluster("prod").role("app", irsa(OLD, LEDGER)))
            .alsoFinding("trust-provider-missing"),
        accepts("a region that is not enabled: the cluster is another account's")
            .in(
                account()
                    .provider(issuer("ap-south-2", "x"))
                    .role("app", irsa(issuer("ap-south-2", "x"), LEDGER)))
            .alsoFinding("trust-issuer-foreign")
            .alsoFinding("provider-orphaned"));
  }

  private static TestAccount orphan() {
    return account().cluster("prod").provider(OLD);
  }

  private static TestAccount tagged(Instant made) {
    UnaryOperator<OidcProvider> tags =
        old ->
            new OidcProvider(
                old.arn(), old.url(), old.clientIds(), old.thumbprints(), Optional.of(made), TAG);
    return orphan().provider(OLD, tags);
  }
}
