package io.github.eksidentity.core.rules.loose;

import static io.github.eksidentity.core.rules.TestAccount.account;
import static io.github.eksidentity.core.rules.TestAccount.clusterArn;
import static io.github.eksidentity.core.rules.TestAccount.issuer;
import static io.github.eksidentity.core.rules.TestAccount.roleArn;
import static io.github.eksidentity.core.rules.Trusts.irsa;
import static io.github.eksidentity.core.rules.Trusts.policy;

import io.github.eksidentity.core.audit.Severity;
import io.github.eksidentity.core.facts.PolicyDocument;
import io.github.eksidentity.core.rules.Example;
import io.github.eksidentity.core.rules.RoleEdits;
import io.github.eksidentity.core.rules.RuleContract;
import io.github.eksidentity.core.rules.TestAccount;
import io.github.eksidentity.core.rules.Trusts;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

final class RolePrivilegedTest extends RuleContract {
  private static final String ISSUER = issuer("prod");

  RolePrivilegedTest() {
    super(new RolePrivileged());
  }

  @Override
  public Stream<Example> examples() {
    return Stream.of(
        flags("every action on every resource")
            .in(allowing("*", "*"))
            .at(roleArn("app"))
            .saying("policy inline"),
        flags("AdministratorAccess, known by its name")
            .in(attached("arn:aws:iam::aws:policy/AdministratorAccess"))
            .at(roleArn("app")),
        flags("every action of IAM")
            .in(allowing("iam:*", "*"))
            .at(roleArn("app"))
            .saying("iam:CreatePolicyVersion"),
        flags("its own managed policy can be rewritten, as any")
            .in(allowing("iam:CreatePolicyVersion", "arn:aws:iam::111122223333:policy/*"))
            .at(roleArn("app")),
        flags("any role can be passed to a function")
            .in(
                with(
                    "{\"Effect\": \"Allow\", \"Action\": [\"iam:PassRole\", \"lambda:*\"],"
                        + " \"Resource\": \"*\"}"))
            .at(roleArn("app"))
            .saying("lambda:CreateFunction"),
        flags("every role of the account can be assumed")
            .in(allowing("sts:AssumeRole", "*"))
            .at(roleArn("app"))
            .severity(Severity.HIGH),
        flags("administrator rights by Pod Identity")
            .in(
                account()
                    .cluster("prod")
                    .role(
                        "app",
                        Trusts.podIdentity(clusterArn("prod"), "payments", "ledger"),
                        RoleEdits.attachedPolicies(
                            List.of("arn:aws:iam::aws:policy/AdministratorAccess")))
                    .association("prod", "payments", "ledger", roleArn("app")))
            .at(roleArn("app")),
        undecided("everything, unless a condition denies it")
            .in(
                with(
                    "{\"Effect\": \"Allow\", \"Action\": \"*\", \"Resource\": \"*\"}, {\"Effect\":"
                        + " \"Deny\", \"Action\": \"*\", \"Resource\": \"*\", \"Condition\":"
                        + " {\"StringNotEquals\": {\"aws:RequestedRegion\": \"eu-west-1\"}}}"))
            .at(roleArn("app")),
        undecided("a policy that was not read")
            .in(attached("arn:aws:iam::111122223333:policy/own"))
            .at(roleArn("app")),
        accepts("one node role may be passed, as Karpenter needs it")
            .in(
                with(
                    "{\"Effect\": \"Allow\", \"Action\": \"ec2:RunInstances\", \"Resource\":"
                        + " \"*\"}, {\"Effect\": \"Allow\", \"Action\": \"iam:PassRole\","
                        + " \"Resource\": \"arn:aws:iam::111122223333:role/KarpenterNodeRole\"}")),
        accepts("any role may be passed to one service only")
            .in(
                with(
                    "{\"Effect\": \"Allow\", \"Action\": \"ec2:*\", \"Resource\": \"*\"},"
                        + " {\"Effect\": \"Allow\", \"Action\": \"iam:PassRole\", \"Resource\":"
                        + " \"*\", \"Condition\": {\"StringEquals\": {\"iam:PassedToService\":"
                        + " \"eks.amazonaws.com\"}}}")),
        accepts("power without IAM")
            .in(
                with(
                    "{\"Effect\": \"Allow\", \"NotAction\": [\"iam:*\", \"organizations:*\","
                        + " \"account:*\"], \"Resource\": \"*\"}")),
        accepts("everything, within a boundary that leaves IAM out")
            .in(
                account()
                    .cluster("prod")
                    .managedPolicy(
                        "arn:aws:iam::111122223333:policy/boundary",
                        document(
                            "{\"Effect\": \"Allow\", \"Action\": \"s3:*\", \"Resource\": \"*\"}"))
                    .role(
                        "app",
                        irsa(ISSUER, "system:serviceaccount:payments:ledger"),
                        old ->
                            RoleEdits.permissionsBoundary(
                                    Optional.of("arn:aws:iam::111122223333:policy/boundary"))
                                .apply(
                                    RoleEdits.attachedPolicies(
                                            List.of("arn:aws:iam::aws:policy/AdministratorAccess"))
                                        .apply(old)))),
        accepts("an administrator that no pod can be")
            .in(
                account()
                    .role(
                        "admin",
                        policy(
                            "{\"Effect\": \"Allow\", \"Principal\": {\"AWS\":"
                                + " \"arn:aws:iam::111122223333:root\"}, \"Action\":"
                                + " \"sts:AssumeRole\"}"),
                        RoleEdits.attachedPolicies(
                            List.of("arn:aws:iam::aws:policy/AdministratorAccess")))));
  }

  private static TestAccount allowing(String action, String resource) {
    return with(
        "{\"Effect\": \"Allow\", \"Action\": \"%s\", \"Resource\": \"%s\"}"
            .formatted(action, resource));
  }

  private static TestAccount with(String statements) {
    return account()
        .cluster("prod")
        .role(
            "app",
            irsa(ISSUER, "system:serviceaccount:payments:ledger"),
            RoleEdits.inlinePolicies(List.of(new PolicyDocument("inline", document(statements)))));
  }

  private static TestAccount attached(String arn) {
    return account()
        .cluster("prod")
        .role(
            "app",
            irsa(ISSUER, "system:serviceaccount:payments:ledger"),
            RoleEdits.attachedPolicies(List.of(arn)));
  }

  private static String document(String statements) {
    return "{\"Version\": \"2012-10-17\", \"Statement\": [" + statements + "]}";
  }
}
