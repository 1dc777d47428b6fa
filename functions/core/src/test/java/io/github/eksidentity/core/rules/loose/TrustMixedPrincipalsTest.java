package io.github.eksidentity.core.rules.loose;

import static io.github.eksidentity.core.rules.TestAccount.account;
import static io.github.eksidentity.core.rules.TestAccount.clusterArn;
import static io.github.eksidentity.core.rules.TestAccount.issuer;
import static io.github.eksidentity.core.rules.TestAccount.providerArn;
import static io.github.eksidentity.core.rules.TestAccount.roleArn;
import static io.github.eksidentity.core.rules.Trusts.equalTo;
import static io.github.eksidentity.core.rules.Trusts.irsa;
import static io.github.eksidentity.core.rules.Trusts.policy;
import static io.github.eksidentity.core.rules.Trusts.web;

import io.github.eksidentity.core.audit.Severity;
import io.github.eksidentity.core.rules.Example;
import io.github.eksidentity.core.rules.RoleEdits;
import io.github.eksidentity.core.rules.RuleContract;
import io.github.eksidentity.core.rules.TestAccount;
import java.util.List;
import java.util.stream.Stream;

final class TrustMixedPrincipalsTest extends RuleContract {
  private static final String ISSUER = issuer("prod");

  TrustMixedPrincipalsTest() {
    super(new TrustMixedPrincipals());
  }

  @Override
  public Stream<Example> examples() {
    return Stream.of(
        flags("the root of the account")
            .in(beside("\"AWS\": \"arn:aws:iam::111122223333:root\"", "sts:AssumeRole", ""))
            .at(roleArn("app")),
        flags("an account by its number")
            .in(beside("\"AWS\": \"444455556666\"", "sts:*", ""))
            .at(roleArn("app")),
        flags("everybody")
            .in(beside("\"AWS\": \"*\"", "sts:AssumeRole", ""))
            .at(roleArn("app"))
            .severity(Severity.CRITICAL),
        flags("everybody of an organisation")
            .in(
                beside(
                    "\"AWS\": \"*\"",
                    "sts:AssumeRole",
                    ", \"Condition\": {\"StringEquals\": {\"aws:PrincipalOrgID\":"
                        + " \"o-a1b2c3d4e5\"}}"))
            .at(roleArn("app")),
        flags("EC2")
            .in(beside("\"Service\": \"ec2.amazonaws.com\"", "sts:AssumeRole", ""))
            .at(roleArn("app"))
            .saying("ec2.amazonaws.com"),
        flags("GitHub Actions")
            .in(
                beside(
                    "\"Federated\": \"" + providerArn("token.actions.githubusercontent.com") + "\"",
                    "sts:AssumeRoleWithWebIdentity",
                    ", \"Condition\": {\"StringEquals\":"
                        + " {\"token.actions.githubusercontent.com:sub\":"
                        + " \"repo:acme/app:ref:refs/heads/main\"}}"))
            .at(roleArn("app")),
        flags("an instance profile")
            .in(
                account()
                    .cluster("prod")
                    .role(
                        "app",
                        irsa(ISSUER, "system:serviceaccount:payments:ledger"),
                        RoleEdits.instanceProfiles(List.of("nodes"))))
            .at(roleArn("app"))
            .saying("nodes"),
        flags("everybody, where the conditions name an EKS issuer")
            .in(
                account()
                    .cluster("prod")
                    .role(
                        "app",
                        policy(
                            """
                            {"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "sts:AssumeRoleWithWebIdentity",
                             "Condition": %s}\
                            """
                                .formatted(
                                    equalTo(ISSUER, "system:serviceaccount:payments:ledger")))))
            .at(roleArn("app")),
        accepts("IRSA and Pod Identity together: a migration")
            .in(
                account()
                    .cluster("prod")
                    .role(
                        "app",
                        policy(
                            web(ISSUER, equalTo(ISSUER, "system:serviceaccount:payments:ledger")),
                            """
                            {"Effect": "Allow", "Principal": {"Service": "pods.eks.amazonaws.com"},
                             "Action": ["sts:AssumeRole", "sts:TagSession"],
                             "Condition": {"StringEquals": {"aws:RequestTag/eks-cluster-arn": "%s",
                               "aws:RequestTag/kubernetes-namespace": "payments",
                               "aws:RequestTag/kubernetes-service-account": "ledger"}}}\
                            """
                                .formatted(clusterArn("prod"))))),
        accepts("the role itself")
            .in(beside("\"AWS\": \"" + roleArn("app") + "\"", "sts:AssumeRole", "")),
        accepts("the role itself, as a Terraform module writes it")
            .in(
                beside(
                    "\"AWS\": \"arn:aws:iam::111122223333:root\"",
                    "sts:AssumeRole",
                    ", \"Condition\": {\"ArnLike\": {\"aws:PrincipalArn\": \""
                        + roleArn("app")
                        + "\"}}")),
        accepts("a role for GitHub alone")
            .in(
                account()
                    .role(
                        "ci",
                        policy(
                            second(
                                "\"Federated\": \""
                                    + providerArn("token.actions.githubusercontent.com")
                                    + "\"",
                                "sts:AssumeRoleWithWebIdentity",
                                "")))),
        accepts("a role for EC2 alone, in its instance profile")
            .in(
                account()
                    .role(
                        "node",
                        policy(second("\"Service\": \"ec2.amazonaws.com\"", "sts:AssumeRole", "")),
                        RoleEdits.instanceProfiles(List.of("nodes")))));
  }

  private static TestAccount beside(String principal, String action, String condition) {
    return account()
        .cluster("prod")
        .role(
            "app",
            policy(
                web(ISSUER, equalTo(ISSUER, "system:serviceaccount:payments:ledger")),
                second(principal, action, condition)));
  }

  private static String second(String principal, String action, String condition) {
    return "{\"Effect\": \"Allow\", \"Principal\": {%s}, \"Action\": \"%s\"%s}"
        .formatted(principal, action, condition);
  }
}
