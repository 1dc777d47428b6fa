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

import io.github.eksidentity.core.rules.Example;
import io.github.eksidentity.core.rules.RuleContract;
import io.github.eksidentity.core.rules.TestAccount;
import java.util.stream.Stream;

final class TrustDeniedTest extends RuleContract {
  private static final String ISSUER = issuer("prod");
  private static final String LEDGER = "system:serviceaccount:payments:ledger";

  TrustDeniedTest() {
    super(new TrustDenied());
  }

  @Override
  public Stream<Example> examples() {
    return Stream.of(
        flags("a negated operator on a misspelt key")
            .in(
                with(
                    "{\"StringNotEquals\": {\"https://%s:sub\": \"%s\"}}"
                        .formatted(ISSUER, LEDGER)))
            .at(roleArn("app"))
            .saying("StringNotEquals is true because the key never comes")
            .saying("nearest=Optional[" + ISSUER + ":sub]")
            .saying("AccessDenied: Not authorized to perform sts:AssumeRoleWithWebIdentity")
            .admitting(roleArn("app"), "prod", LEDGER),
        flags("a Deny without condition")
            .in(with("{}"))
            .at(roleArn("app"))
            .saying("this Deny matches everybody who is allowed")
            .saying("claim=Optional[" + LEDGER + "]")
            .saying("Decide whom the Deny is to keep out"),
        flags("a wildcard that StringNotEquals takes literally")
            .in(
                with(
                    "{\"StringNotEquals\": {\"%s:sub\": \"system:serviceaccount:payments:*\"}}"
                        .formatted(ISSUER)))
            .at(roleArn("app"))
            .saying("takes the wildcard as a letter")
            .admitting(roleArn("app"), "prod", LEDGER),
        flags("a Deny of the one who is allowed")
            .in(with(equalTo(ISSUER, LEDGER)))
            .at(roleArn("app")),
        flags("two Deny statements that leave nobody")
            .in(
                account()
                    .cluster("prod")
                    .role(
                        "app",
                        policy(
                            web(
                                ISSUER,
                                "{\"StringEquals\": {\"%1$s:sub\": [\"%2$s\", \"system:serviceaccount:payments:worker\"], \"%1$s:aud\": \"sts.amazonaws.com\"}}"
                                    .formatted(ISSUER, LEDGER)),
                            deny(equalTo(ISSUER, LEDGER)),
                            deny(equalTo(ISSUER, "system:serviceaccount:payments:worker")))))
            .at(roleArn("app"))
            .saying("statement=Optional[1]")
            .saying("statement=Optional[2]"),
        flags("a Deny of the service of Pod Identity")
            .in(
                account()
                    .cluster("prod")
                    .role(
                        "app",
                        podIdentity(clusterArn("prod"), "payments", "ledger")
                            .replace(
                                "\n]}",
                                ",\n"
                                    + "{\"Effect\": \"Deny\", \"Principal\": {\"Service\":"
                                    + " \"pods.eks.amazonaws.com\"}, \"Action\": \"sts:*\"}\n"
                                    + "]}"))
                    .association("prod", "payments", "ledger", roleArn("app")))
            .at(roleArn("app"))
            .saying("this Deny matches every call of Pod Identity"),
        accepts("a Deny of another service account")
            .in(with(equalTo(ISSUER, "system:serviceaccount:payments:worker"))),
        accepts("a Deny of some of those who are allowed")
            .in(
                account()
                    .cluster("prod")
                    .role(
                        "app",
                        policy(
                            web(
                                ISSUER,
                                "{\"StringEquals\": {\"%1$s:sub\": [\"%2$s\", \"system:serviceaccount:payments:worker\"], \"%1$s:aud\": \"sts.amazonaws.com\"}}"
                                    .formatted(ISSUER, LEDGER)),
                            deny(equalTo(ISSUER, LEDGER))))),
        accepts("a Deny that spares those who are allowed")
            .in(with("{\"StringNotEquals\": {\"%s:sub\": \"%s\"}}".formatted(ISSUER, LEDGER))),
        accepts("nobody is allowed anyway: trust-wildcard-without-like speaks")
            .in(
                account()
                    .cluster("prod")
                    .role(
                        "app",
                        policy(
                            web(ISSUER, equalTo(ISSUER, "system:serviceaccount:payments:*")),
                            deny("{}"))))
            .alsoFinding("trust-wildcard-without-like"),
        undecided("a Deny by an address that is not known in advance")
            .in(with("{\"NotIpAddress\": {\"aws:SourceIp\": \"192.0.2.0/24\"}}"))
            .at(roleArn("app")));
  }

  private static TestAccount with(String condition) {
    return account()
        .cluster("prod")
        .role("app", policy(web(ISSUER, equalTo(ISSUER, LEDGER)), deny(condition)));
  }

  private static String deny(String condition) {
    return web(providerArn(ISSUER), "\"sts:AssumeRoleWithWebIdentity\"", condition)
        .replace("Allow", "Deny");
  }
}
