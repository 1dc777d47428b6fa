package io.github.eksidentity.core.rules.broken;

import static io.github.eksidentity.core.rules.TestAccount.ID;
import static io.github.eksidentity.core.rules.TestAccount.account;
import static io.github.eksidentity.core.rules.TestAccount.issuer;
import static io.github.eksidentity.core.rules.TestAccount.providerArn;
import static io.github.eksidentity.core.rules.TestAccount.roleArn;
import static io.github.eksidentity.core.rules.Trusts.equalTo;
import static io.github.eksidentity.core.rules.Trusts.irsa;
import static io.github.eksidentity.core.rules.Trusts.policy;
import static io.github.eksidentity.core.rules.Trusts.web;

import io.github.eksidentity.core.rules.Example;
import io.github.eksidentity.core.rules.RuleContract;
import java.util.stream.Stream;

final class TrustPartitionMismatchTest extends RuleContract {
  private static final String LEDGER = "system:serviceaccount:payments:ledger";

  TrustPartitionMismatchTest() {
    super(new TrustPartitionMismatch());
  }

  @Override
  public Stream<Example> examples() {
    return Stream.of(
        flags("the ARN of the cluster's provider, with the partition of China")
            .in(account().cluster("prod").role("app", named("aws-cn", ID, issuer("prod"))))
            .at(roleArn("app"))
            .saying("the provider is of partition aws-cn, the role of aws")
            .saying("nearest=Optional[" + providerArn(issuer("prod")) + "]")
            .saying("AccessDenied: Not authorized to perform sts:AssumeRoleWithWebIdentity")
            .admitting(roleArn("app"), "prod", LEDGER),
        flags("another account too: correcting the name corrects both")
            .in(
                account()
                    .cluster("prod")
                    .role("app", named("aws-us-gov", "444455556666", issuer("prod"))))
            .at(roleArn("app"))
            .admitting(roleArn("app"), "prod", LEDGER),
        flags("an issuer of no cluster of the account")
            .in(
                account()
                    .cluster("prod")
                    .role("app", named("aws-us-gov", ID, issuer("us-gov-west-1", "prod"))))
            .at(roleArn("app"))
            .saying("Decide whose pods are to get in"),
        flags("a pattern of service accounts is not moved")
            .in(
                account()
                    .cluster("prod")
                    .role(
                        "app",
                        policy(
                            web(
                                arn("aws-cn", ID, issuer("prod")),
                                "\"sts:AssumeRoleWithWebIdentity\"",
                                """
                                {"StringLike": {"%1$s:sub": "system:serviceaccount:payments:*",
                                  "%1$s:aud": "sts.amazonaws.com"}}\
                                """
                                    .formatted(issuer("prod"))))))
            .at(roleArn("app"))
            .saying("the statement would let in more than named service accounts"),
        accepts("the role's own partition")
            .in(account().cluster("prod").role("app", irsa(issuer("prod"), LEDGER))),
        accepts("a provider of somebody else than EKS")
            .in(
                account()
                    .role(
                        "ci",
                        policy(
                            web(
                                arn("aws-cn", ID, "gitlab.example.com"),
                                "\"sts:AssumeRoleWithWebIdentity\"",
                                equalTo("gitlab.example.com", "project:app"))))));
  }

  private static String named(String partition, String account, String issuer) {
    return policy(
        web(
            arn(partition, account, issuer),
            "\"sts:AssumeRoleWithWebIdentity\"",
            equalTo(issuer, LEDGER)));
  }

  private static String arn(String partition, String account, String issuer) {
    return "arn:%s:iam::%s:oidc-provider/%s".formatted(partition, account, issuer);
  }
}
