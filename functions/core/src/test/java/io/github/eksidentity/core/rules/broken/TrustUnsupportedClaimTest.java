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

final class TrustUnsupportedClaimTest extends RuleContract {
  private static final String ISSUER = issuer("prod");
  private static final String LEDGER = "system:serviceaccount:payments:ledger";

  TrustUnsupportedClaimTest() {
    super(new TrustUnsupportedClaim());
  }

  @Override
  public Stream<Example> examples() {
    return Stream.of(
        flags("the namespace as a claim of its own")
            .in(with(ISSUER + ":namespace", "payments"))
            .at(roleArn("app"))
            .saying("STS offers no such claim of a token of EKS")
            .saying("nearest=Optional[" + ISSUER + ":sub]")
            .saying("AccessDenied: Not authorized to perform sts:AssumeRoleWithWebIdentity")
            .admitting(roleArn("app"), "prod", LEDGER),
        flags("the organisation of a caller")
            .in(with("aws:PrincipalOrgID", "o-abcdef1234"))
            .at(roleArn("app"))
            .saying("the call is not signed")
            .saying("Decide what the condition is to protect from"),
        flags("an external id")
            .in(with("sts:ExternalId", "payments"))
            .at(roleArn("app"))
            .saying("does not come with AssumeRoleWithWebIdentity"),
        flags("the claim of Kubernetes by its own name")
            .in(with("kubernetes.io:namespace", "payments"))
            .at(roleArn("app"))
            .admitting(roleArn("app"), "prod", LEDGER),
        flags("the namespace, and it is another one than the subject's")
            .in(with(ISSUER + ":namespace", "web"))
            .at(roleArn("app"))
            .saying("Decide what the condition"),
        flags("session tags, which come with Pod Identity only")
            .in(with("aws:RequestTag/kubernetes-namespace", "payments"))
            .at(roleArn("app"))
            .admitting(roleArn("app"), "prod", LEDGER),
        flags("the subject under another name")
            .in(
                account()
                    .cluster("prod")
                    .role(
                        "app",
                        policy(
                            web(
                                ISSUER,
                                "{\"StringEquals\": {\"%1$s:subject\": \"%2$s\", \"%1$s:aud\": \"sts.amazonaws.com\"}}"
                                    .formatted(ISSUER, LEDGER)))))
            .at(roleArn("app"))
            .saying("Decide what the condition"),
        flags("others get in by another statement")
            .in(
                account()
                    .cluster("prod")
                    .role(
                        "app",
                        policy(
                            web(ISSUER, equalTo(ISSUER, "system:serviceaccount:payments:worker")),
                            web(ISSUER, condition("aws:PrincipalAccount", "111122223333")))))
            .at(roleArn("app"))
            .severity(Severity.MEDIUM),
        accepts("subject and audience alone")
            .in(
                account()
                    .cluster("prod")
                    .role("app", policy(web(ISSUER, equalTo(ISSUER, LEDGER))))),
        accepts("another statement admits the service account without it")
            .in(
                account()
                    .cluster("prod")
                    .role(
                        "app",
                        policy(
                            web(ISSUER, equalTo(ISSUER, LEDGER)),
                            web(ISSUER, condition("aws:PrincipalAccount", "111122223333"))))),
        accepts("a session name, which comes with the call")
            .in(with("sts:RoleSessionName", "ledger")),
        undecided("a key of AWS of which it is not known whether it comes")
            .in(with("aws:ViaAWSService", "false"))
            .at(roleArn("app")));
  }

  private static TestAccount with(String key, String value) {
    return account().cluster("prod").role("app", policy(web(ISSUER, condition(key, value))));
  }

  private static String condition(String key, String value) {
    return "{\"StringEquals\": {\"%1$s:sub\": \"%2$s\", \"%1$s:aud\": \"sts.amazonaws.com\", \"%3$s\": \"%4$s\"}}"
        .formatted(ISSUER, LEDGER, key, value);
  }
}
