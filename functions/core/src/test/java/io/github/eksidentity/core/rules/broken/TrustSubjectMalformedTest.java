package io.github.eksidentity.core.rules.broken;

import static io.github.eksidentity.core.rules.TestAccount.account;
import static io.github.eksidentity.core.rules.TestAccount.issuer;
import static io.github.eksidentity.core.rules.TestAccount.roleArn;
import static io.github.eksidentity.core.rules.Trusts.equalTo;
import static io.github.eksidentity.core.rules.Trusts.policy;
import static io.github.eksidentity.core.rules.Trusts.web;

import io.github.eksidentity.core.audit.Severity;
import io.github.eksidentity.core.rules.Example;
import io.github.eksidentity.core.rules.RuleContract;
import io.github.eksidentity.core.rules.TestAccount;
import java.util.stream.Stream;

final class TrustSubjectMalformedTest extends RuleContract {
  private static final String ISSUER = issuer("prod");
  private static final String LEDGER = "system:serviceaccount:payments:ledger";

  TrustSubjectMalformedTest() {
    super(new TrustSubjectMalformed());
  }

  @Override
  public Stream<Example> examples() {
    return Stream.of(
        mended("namespace/name", "system:serviceaccount:payments/ledger"),
        mended("a capital letter", "system:serviceaccount:Payments:ledger"),
        mended("white space", " system:serviceaccount:payments:ledger "),
        mended("no prefix", "payments:ledger"),
        mended("no prefix, with a slash", "payments/ledger"),
        mended("half a prefix", "serviceaccount:payments:ledger"),
        mended("an s too much", "system:serviceaccounts:payments:ledger"),
        mended("a hyphen too much", "system:service-account:payments:ledger"),
        mended("an empty part", "system:serviceaccount::payments:ledger"),
        flags("no audience: the fix names it")
            .in(with("{\"StringEquals\": {\"%s:sub\": \"payments:ledger\"}}".formatted(ISSUER)))
            .at(roleArn("app"))
            .admitting(roleArn("app"), "prod", LEDGER),
        flags("the group of a namespace's service accounts")
            .in(with(equalTo(ISSUER, "system:serviceaccounts:payments")))
            .at(roleArn("app"))
            .saying("tokens carry no groups")
            .saying("Decide which service account is meant"),
        flags("a name without namespace").in(with(equalTo(ISSUER, "ledger"))).at(roleArn("app")),
        flags("a user").in(with(equalTo(ISSUER, "system:node:ip-10-0-0-1"))).at(roleArn("app")),
        flags("a name that Kubernetes does not accept")
            .in(with(equalTo(ISSUER, "system:serviceaccount:payments:ledger_api")))
            .at(roleArn("app")),
        flags("a pattern that no subject fits")
            .in(with(like("system:serviceaccounts:payments:*")))
            .at(roleArn("app")),
        flags("one value of several")
            .in(with(subjects(LEDGER, "payments/worker")))
            .at(roleArn("app"))
            .severity(Severity.HIGH)
            .admitting(roleArn("app"), "prod", "system:serviceaccount:payments:worker"),
        accepts("the right form stands beside the wrong one")
            .in(with(subjects(LEDGER, "payments/ledger"))),
        accepts("another statement admits the service account")
            .in(
                account()
                    .cluster("prod")
                    .role(
                        "app",
                        policy(
                            web(ISSUER, equalTo(ISSUER, "payments/ledger")),
                            web(ISSUER, equalTo(ISSUER, LEDGER))))),
        accepts("letter case is ignored")
            .in(
                with(
                    equalTo(ISSUER, "system:serviceaccount:Payments:Ledger")
                        .replace("StringEquals", "StringEqualsIgnoreCase"))),
        accepts("dots in a name and digits in a namespace")
            .in(with(equalTo(ISSUER, "system:serviceaccount:2024-payments:ledger.v2"))),
        accepts("a pattern without the prefix that subjects fit: trust-any-namespace speaks")
            .in(with(like("*:ledger")))
            .alsoFinding("trust-any-namespace"),
        accepts("only exclusions: trust-negative-only speaks")
            .in(
                with(
                    "{\"StringNotEquals\": {\"%1$s:sub\": \"payments/ledger\"}, \"StringEquals\": {\"%1$s:aud\": \"sts.amazonaws.com\"}}"
                        .formatted(ISSUER)))
            .alsoFinding("trust-negative-only"));
  }

  private static Example mended(String title, String value) {
    return flags(title)
        .in(with(equalTo(ISSUER, value)))
        .at(roleArn("app"))
        .saying("nearest=Optional[" + LEDGER + "]")
        .saying("AccessDenied: Not authorized to perform sts:AssumeRoleWithWebIdentity")
        .admitting(roleArn("app"), "prod", LEDGER);
  }

  private static TestAccount with(String condition) {
    return account().cluster("prod").role("app", policy(web(ISSUER, condition)));
  }

  private static String like(String pattern) {
    return "{\"StringLike\": {\"%1$s:sub\": \"%2$s\", \"%1$s:aud\": \"sts.amazonaws.com\"}}"
        .formatted(ISSUER, pattern);
  }

  private static String subjects(String one, String other) {
    return "{\"StringEquals\": {\"%1$s:sub\": [\"%2$s\", \"%3$s\"], \"%1$s:aud\": \"sts.amazonaws.com\"}}"
        .formatted(ISSUER, one, other);
  }
}
