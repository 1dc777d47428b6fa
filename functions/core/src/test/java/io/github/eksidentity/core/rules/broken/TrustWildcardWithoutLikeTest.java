package io.github.eksidentity.core.rules.broken;

import static io.github.eksidentity.core.rules.TestAccount.account;
import static io.github.eksidentity.core.rules.TestAccount.issuer;
import static io.github.eksidentity.core.rules.TestAccount.roleArn;
import static io.github.eksidentity.core.rules.Trusts.equalTo;
import static io.github.eksidentity.core.rules.Trusts.policy;
import static io.github.eksidentity.core.rules.Trusts.web;

import io.github.eksidentity.core.audit.Severity;
import io.github.eksidentity.core.rules.Example;
import io.github.eksidentity.core.rules.RoleEdits;
import io.github.eksidentity.core.rules.RuleContract;
import io.github.eksidentity.core.rules.TestAccount;
import java.util.List;
import java.util.stream.Stream;

final class TrustWildcardWithoutLikeTest extends RuleContract {
  private static final String ISSUER = issuer("prod");
  private static final String LEDGER = "system:serviceaccount:payments:ledger";

  TrustWildcardWithoutLikeTest() {
    super(new TrustWildcardWithoutLike());
  }

  @Override
  public Stream<Example> examples() {
    return Stream.of(
        flags("a namespace's service accounts by StringEquals")
            .in(with(equalTo(ISSUER, "system:serviceaccount:payments:*")))
            .at(roleArn("app"))
            .saying("StringEquals takes the wildcard as a letter")
            .saying("claim=Optional[system:serviceaccount:payments:")
            .saying("AccessDenied: Not authorized to perform sts:AssumeRoleWithWebIdentity"),
        flags("the service accounts of the EFS CSI driver")
            .in(with(equalTo(ISSUER, "system:serviceaccount:kube-system:efs-csi-*")))
            .at(roleArn("app"))
            .admitting(
                roleArn("app"), "prod", "system:serviceaccount:kube-system:efs-csi-controller-sa")
            .admitting(roleArn("app"), "prod", "system:serviceaccount:kube-system:efs-csi-node-sa"),
        flags("an audience")
            .in(
                with(
                    "{\"StringEquals\": {\"%1$s:sub\": \"%2$s\", \"%1$s:aud\": \"sts.*\"}}"
                        .formatted(ISSUER, LEDGER)))
            .at(roleArn("app"))
            .saying("claim=Optional[sts.amazonaws.com]")
            .admitting(roleArn("app"), "prod", LEDGER),
        flags("a question mark, and letter case ignored")
            .in(
                with(
                    equalTo(ISSUER, "system:serviceaccount:payments:worker-?")
                        .replace("StringEquals", "StringEqualsIgnoreCase")))
            .at(roleArn("app")),
        flags("one value of several")
            .in(with(subjects(LEDGER, "system:serviceaccount:payments:worker-*")))
            .at(roleArn("app"))
            .severity(Severity.HIGH)
            .saying("value=Optional[system:serviceaccount:payments:worker-*]"),
        accepts("the wildcard counts under StringLike: trust-partial-wildcard speaks")
            .in(
                with(
                    "{\"StringLike\": {\"%1$s:sub\": \"system:serviceaccount:payments:worker-*\", \"%1$s:aud\": \"sts.amazonaws.com\"}}"
                        .formatted(ISSUER)))
            .alsoFinding("trust-partial-wildcard"),
        accepts("StringLike without a wildcard")
            .in(with(equalTo(ISSUER, LEDGER).replace("StringEquals", "StringLike"))),
        accepts("another statement has the same wildcard under StringLike")
            .in(
                account()
                    .cluster("prod")
                    .role(
                        "app",
                        policy(
                            web(ISSUER, equalTo(ISSUER, "system:serviceaccount:payments:w-*")),
                            web(
                                ISSUER,
                                "{\"StringLike\": {\"%1$s:sub\": \"system:serviceaccount:payments:w-*\", \"%1$s:aud\": \"sts.amazonaws.com\"}}"
                                    .formatted(ISSUER)))))
            .alsoFinding("trust-partial-wildcard"),
        accepts("an audience beside the right one")
            .in(
                with(
                    "{\"StringEquals\": {\"%1$s:sub\": \"%2$s\", \"%1$s:aud\": [\"sts.amazonaws.com\", \"sts.*.amazonaws.com\"]}}"
                        .formatted(ISSUER, LEDGER))),
        accepts("a wildcard under a key that never comes: trust-condition-key-mismatch speaks")
            .in(with(equalTo("https://" + ISSUER, "system:serviceaccount:payments:*")))
            .alsoFinding("trust-condition-key-mismatch"));
  }

  private static TestAccount with(String condition) {
    return account()
        .cluster("prod")
        .role(
            "app",
            policy(web(ISSUER, condition)),
            RoleEdits.attachedPolicies(
                List.of("arn:aws:iam::aws:policy/service-role/AmazonEFSCSIDriverPolicy")));
  }

  private static String subjects(String one, String other) {
    return "{\"StringEquals\": {\"%1$s:sub\": [\"%2$s\", \"%3$s\"], \"%1$s:aud\": \"sts.amazonaws.com\"}}"
        .formatted(ISSUER, one, other);
  }
}
