package io.github.eksidentity.core.rules.loose;

import static io.github.eksidentity.core.rules.TestAccount.account;
import static io.github.eksidentity.core.rules.TestAccount.issuer;
import static io.github.eksidentity.core.rules.TestAccount.roleArn;
import static io.github.eksidentity.core.rules.Trusts.policy;
import static io.github.eksidentity.core.rules.Trusts.web;

import io.github.eksidentity.core.audit.Severity;
import io.github.eksidentity.core.rules.Example;
import io.github.eksidentity.core.rules.RoleEdits;
import io.github.eksidentity.core.rules.RuleContract;
import io.github.eksidentity.core.rules.TestAccount;
import java.util.List;
import java.util.stream.Stream;

final class TrustPartialWildcardTest extends RuleContract {
  private static final String ISSUER = issuer("prod");

  TrustPartialWildcardTest() {
    super(new TrustPartialWildcard());
  }

  @Override
  public Stream<Example> examples() {
    return Stream.of(
        flags("a namespace that begins alike")
            .in(with(subject("StringLike", "\"system:serviceaccount:team-a*:ledger\"")))
            .at(roleArn("app"))
            .saying("system:serviceaccount:team-a-other:ledger"),
        flags("a name that begins alike")
            .in(with(subject("StringLike", "\"system:serviceaccount:payments:ledger-*\"")))
            .at(roleArn("app"))
            .saying("system:serviceaccount:payments:ledger-other"),
        flags("a wildcard that swallows the colon")
            .in(with(subject("StringLike", "\"system:serviceaccount:team-a*app\"")))
            .at(roleArn("app"))
            .saying("across the colon")
            .saying("system:serviceaccount:team-a-other:unrelated-app"),
        flags("a part of a name in any namespace")
            .in(with(subject("StringLike", "\"system:serviceaccount:*:app-*\"")))
            .at(roleArn("app"))
            .severity(Severity.HIGH),
        flags("one letter left open")
            .in(with(subject("StringLike", "\"system:serviceaccount:payments:ledger-?\"")))
            .at(roleArn("app"))
            .saying("ledger-x"),
        flags("the pattern of the EFS CSI driver's documentation")
            .in(with(subject("StringLike", "\"system:serviceaccount:kube-system:efs-csi-*\"")))
            .at(roleArn("app"))
            .saying("EFS CSI driver's documentation")
            .admitting(
                roleArn("app"), "prod", "system:serviceaccount:kube-system:efs-csi-controller-sa")
            .admitting(roleArn("app"), "prod", "system:serviceaccount:kube-system:efs-csi-node-sa"),
        undecided("a wildcard, from an address range that is not known")
            .in(
                with(
                    """
                    {"StringEquals": {"%1$s:aud": "sts.amazonaws.com"}, "IpAddress": {"aws:SourceIp": "10.0.0.0/8"},
                     "StringLike": {"%1$s:sub": "system:serviceaccount:team-a*:ledger"}}\
                    """
                        .formatted(ISSUER)))
            .at(roleArn("app")),
        accepts("a pattern without wildcard")
            .in(with(subject("StringLike", "\"system:serviceaccount:payments:ledger\""))));
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

  /// A Condition object with the right audience and one more operator on the subject.
  private static String subject(String operator, String value) {
    return """
    {"StringEquals": {"%1$s:aud": "sts.amazonaws.com"}, "%2$s": {"%1$s:sub": %3$s}}\
    """
        .formatted(ISSUER, operator, value);
  }
}
