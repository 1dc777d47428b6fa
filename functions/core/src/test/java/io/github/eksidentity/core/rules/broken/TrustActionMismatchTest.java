package io.github.eksidentity.core.rules.broken;

import static io.github.eksidentity.core.rules.TestAccount.account;
import static io.github.eksidentity.core.rules.TestAccount.clusterArn;
import static io.github.eksidentity.core.rules.TestAccount.issuer;
import static io.github.eksidentity.core.rules.TestAccount.providerArn;
import static io.github.eksidentity.core.rules.TestAccount.roleArn;
import static io.github.eksidentity.core.rules.Trusts.equalTo;
import static io.github.eksidentity.core.rules.Trusts.podIdentity;
import static io.github.eksidentity.core.rules.Trusts.policy;
import static io.github.eksidentity.core.rules.Trusts.web;

import io.github.eksidentity.core.audit.Severity;
import io.github.eksidentity.core.rules.Example;
import io.github.eksidentity.core.rules.RuleContract;
import io.github.eksidentity.core.rules.TestAccount;
import java.util.stream.Stream;

final class TrustActionMismatchTest extends RuleContract {
  private static final String ISSUER = issuer("prod");
  private static final String LEDGER = "system:serviceaccount:payments:ledger";

  TrustActionMismatchTest() {
    super(new TrustActionMismatch());
  }

  @Override
  public Stream<Example> examples() {
    return Stream.of(
        mended("a provider with sts:AssumeRole", "\"sts:AssumeRole\""),
        flags("the service of Pod Identity with the action of tokens")
            .in(account().cluster("prod").role("app", policy(service(""))))
            .at(roleArn("app"))
            .saying("pods.eks.amazonaws.com comes with other actions")
            .saying("Decide by which mechanism"),
        mended("a provider with the action of SAML", "[\"sts:AssumeRoleWithSAML\"]"),
        mended(
            "a provider with the actions of Pod Identity",
            "[\"sts:AssumeRole\", \"sts:TagSession\"]"),
        flags("the service of Pod Identity, and the role has an association")
            .in(
                account()
                    .cluster("prod")
                    .role("app", policy(service(", \"Condition\": " + equalTo(ISSUER, LEDGER))))
                    .association("prod", "payments", "ledger", roleArn("app")))
            .at(roleArn("app"))
            .admitting(roleArn("app"), "prod", LEDGER),
        flags("with the right action everybody would get in: decide")
            .in(
                account()
                    .cluster("prod")
                    .role("app", policy(web(providerArn(ISSUER), "\"sts:AssumeRole\"", "{}"))))
            .at(roleArn("app"))
            .saying("Decide which service accounts"),
        flags("everything but the right action")
            .in(
                account()
                    .cluster("prod")
                    .role(
                        "app",
                        policy(
                            web(ISSUER, equalTo(ISSUER, LEDGER))
                                .replace("\"Action\"", "\"NotAction\""))))
            .at(roleArn("app"))
            .saying("key=Optional[NotAction]"),
        flags("others get in by another statement")
            .in(
                account()
                    .cluster("prod")
                    .role(
                        "app",
                        policy(
                            web(ISSUER, equalTo(ISSUER, "system:serviceaccount:payments:worker")),
                            web(
                                providerArn(ISSUER),
                                "\"sts:AssumeRole\"",
                                equalTo(ISSUER, LEDGER)))))
            .at(roleArn("app"))
            .severity(Severity.HIGH)
            .admitting(roleArn("app"), "prod", LEDGER),
        accepts("a wildcard that covers the action").in(with("\"sts:AssumeRole*\"")),
        accepts("every action of STS").in(with("\"sts:*\"")),
        accepts("the letter case of an action does not count")
            .in(with("\"STS:assumerolewithwebidentity\"")),
        accepts("another statement admits the same service account")
            .in(
                account()
                    .cluster("prod")
                    .role(
                        "app",
                        policy(
                            web(providerArn(ISSUER), "\"sts:AssumeRole\"", equalTo(ISSUER, LEDGER)),
                            web(ISSUER, equalTo(ISSUER, LEDGER))))),
        accepts("a provider that is not of EKS")
            .in(
                account()
                    .cluster("prod")
                    .provider("gitlab.example.com")
                    .role(
                        "ci",
                        policy(
                            web(
                                providerArn("gitlab.example.com"),
                                "\"sts:AssumeRole\"",
                                "{\"StringEquals\": {\"gitlab.example.com:sub\":"
                                    + " \"project_path:shop/web\"}}")))),
        accepts("another statement has the actions of Pod Identity")
            .in(
                account()
                    .cluster("prod")
                    .role(
                        "app",
                        podIdentity(clusterArn("prod"), "payments", "ledger")
                            .replace("\n]}", ",\n" + service("") + "\n]}"))
                    .association("prod", "payments", "ledger", roleArn("app"))));
  }

  private static Example mended(String title, String action) {
    return flags(title)
        .in(with(action))
        .at(roleArn("app"))
        .saying("claim=Optional[sts:AssumeRoleWithWebIdentity]")
        .saying("AccessDenied: Not authorized to perform sts:AssumeRoleWithWebIdentity")
        .admitting(roleArn("app"), "prod", LEDGER);
  }

  private static TestAccount with(String action) {
    return account()
        .cluster("prod")
        .role("app", policy(web(providerArn(ISSUER), action, equalTo(ISSUER, LEDGER))));
  }

  private static String service(String condition) {
    return "{\"Effect\": \"Allow\", \"Principal\": {\"Service\": \"pods.eks.amazonaws.com\"},"
        + " \"Action\": \"sts:AssumeRoleWithWebIdentity\""
        + condition
        + "}";
  }
}
