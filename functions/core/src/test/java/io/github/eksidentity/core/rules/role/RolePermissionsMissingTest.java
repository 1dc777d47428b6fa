package io.github.eksidentity.core.rules.role;

import static io.github.eksidentity.core.rules.TestAccount.account;
import static io.github.eksidentity.core.rules.TestAccount.clusterArn;
import static io.github.eksidentity.core.rules.TestAccount.issuer;
import static io.github.eksidentity.core.rules.TestAccount.roleArn;
import static io.github.eksidentity.core.rules.Trusts.irsa;

import io.github.eksidentity.core.audit.Settings;
import io.github.eksidentity.core.audit.Severity;
import io.github.eksidentity.core.facts.Coverage;
import io.github.eksidentity.core.facts.PolicyDocument;
import io.github.eksidentity.core.facts.Role;
import io.github.eksidentity.core.facts.Scope;
import io.github.eksidentity.core.facts.Simulation;
import io.github.eksidentity.core.facts.Simulation.Decision;
import io.github.eksidentity.core.facts.Simulation.Limit;
import io.github.eksidentity.core.facts.Simulation.Question;
import io.github.eksidentity.core.rules.Example;
import io.github.eksidentity.core.rules.RoleEdits;
import io.github.eksidentity.core.rules.RuleContract;
import io.github.eksidentity.core.rules.SettingsEdits;
import io.github.eksidentity.core.rules.TestAccount;
import io.github.eksidentity.core.rules.Trusts;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

final class RolePermissionsMissingTest extends RuleContract {
  private static final String LEDGER = "system:serviceaccount:payments:ledger";
  private static final String DNS = "system:serviceaccount:external-dns:external-dns";
  private static final String BOUNDARY = "arn:aws:iam::111122223333:policy/boundary";

  private static final String CHANGE_RECORDS = "route53:ChangeResourceRecordSets";
  private static final String BUCKET = "arn:aws:s3:::ledger/*";
  private static final Scope SIMULATIONS = Scope.account(Scope.Kind.SIMULATIONS);
  private static final Coverage FAILED = new Coverage.Failed("throttled", Optional.empty());
  private static final Coverage DENIED =
      new Coverage.Partial("denied", Optional.of("iam:SimulatePrincipalPolicy"));

  RolePermissionsMissingTest() {
    super(new RolePermissionsMissing());
  }

  @Override
  public Stream<Example> examples() {
    return Stream.of(
        flags("an action that the settings name, by the role's name")
            .in(with(LEDGER, allowing("ec2:DescribeInstances", "*")))
            .with(needing("app", "ec2:CreateTags", "ec2:DescribeInstances"))
            .at(roleArn("app"))
            .saying("no policy of the role allows ec2:CreateTags; the settings say"),
        flags("an action that the policy of a bucket may allow, by a pattern of the role's ARN")
            .in(with(LEDGER, allowing("ec2:DescribeInstances", "*")))
            .with(needing("arn:aws:iam::*:role/a*", "s3:PutObject"))
            .at(roleArn("app"))
            .severity(Severity.MEDIUM),
        flags("ExternalDNS, known by the subject that the trust names")
            .in(with(DNS, allowing("route53:List*", "*")))
            .at(roleArn("app"))
            .saying("route53:ChangeResourceRecordSets")
            .saying("ExternalDNS needs it"),
        flags("the EBS CSI driver, known by its association")
            .in(
                account()
                    .cluster("prod")
                    .role(
                        "app",
                        Trusts.podIdentity(
                            clusterArn("prod"), "kube-system", "ebs-csi-controller-sa"),
                        allowing("ec2:Describe*", "*"))
                    .association("prod", "kube-system", "ebs-csi-controller-sa", roleArn("app")))
            .at(roleArn("app"))
            .saying("ec2:CreateVolume"),
        flags("a permissions boundary that leaves the action out")
            .in(
                with(
                        DNS,
                        old ->
                            RoleEdits.permissionsBoundary(Optional.of(BOUNDARY))
                                .apply(allowing("route53:*", "*").apply(old)))
                    .managedPolicy(
                        BOUNDARY,
                        "{\"Statement\": [{\"Effect\": \"Allow\", \"Action\": \"s3:*\","
                            + " \"Resource\": \"*\"}]}"))
            .at(roleArn("app"))
            .saying("the permissions boundary " + BOUNDARY + " leaves out"),
        flags("no policy at all")
            .in(with(DNS, RoleEdits.inlinePolicies(List.of())))
            .at(roleArn("app"))
            .saying("read from the documents of the role's policies and less certain"),
        flags("what the organisation takes away, which no document of the account shows")
            .in(
                with(DNS, allowing("route53:*", "*"))
                    .simulation(said("route53:ListHostedZones", "*", Decision.ALLOWED))
                    .simulation(
                        said(CHANGE_RECORDS, "*", Decision.IMPLICIT_DENY, Limit.ORGANIZATION)))
            .at(roleArn("app"))
            .saying("IAM's policy simulator says implicitDeny to " + CHANGE_RECORDS)
            .saying("a service control policy of the organisation leaves it out"),
        flags("a refusal that no policy of a resource can lift")
            .in(
                with(LEDGER, allowing("s3:*", BUCKET))
                    .simulation(said("s3:PutObject", BUCKET, Decision.EXPLICIT_DENY)))
            .with(needing("app", "s3:PutObject"))
            .at(roleArn("app"))
            .saying("says explicitDeny to s3:PutObject on " + BUCKET),
        flags("a refusal that the policy of a bucket may lift")
            .in(
                with(LEDGER, allowing("ec2:*", "*"))
                    .simulation(said("s3:PutObject", "*", Decision.IMPLICIT_DENY)))
            .with(needing("app", "s3:PutObject"))
            .at(roleArn("app"))
            .severity(Severity.MEDIUM),
        flags("documents that allow nothing, where the simulator failed")
            .in(with(DNS, RoleEdits.inlinePolicies(List.of())).coverage(SIMULATIONS, FAILED))
            .at(roleArn("app")),
        undecided("documents alone would accept, but the simulator failed")
            .in(with(DNS, allowing("route53:*", "*")).coverage(SIMULATIONS, FAILED))
            .at(roleArn("app")),
        undecided("a policy that was not read may allow it")
            .in(
                with(
                    DNS,
                    RoleEdits.attachedPolicies(
                        List.of("arn:aws:iam::111122223333:policy/unknown"))))
            .at(roleArn("app")),
        accepts("a hosted zone is enough for ExternalDNS")
            .in(
                with(
                    DNS,
                    old ->
                        RoleEdits.inlinePolicies(
                                List.of(
                                    policy(
                                        "route53:ChangeResourceRecordSets",
                                        "arn:aws:route53:::hostedzone/Z1"),
                                    policy("route53:ListHostedZones", "*")))
                            .apply(old))),
        accepts("the managed policy that AWS made for it")
            .in(
                with(
                    "system:serviceaccount:kube-system:aws-node",
                    RoleEdits.attachedPolicies(
                        List.of("arn:aws:iam::aws:policy/AmazonEKS_CNI_Policy")))),
        accepts("another role does the work")
            .in(with(DNS, allowing("sts:AssumeRole", "arn:aws:iam::999988887777:role/dns"))),
        accepts("what the simulator allows, whatever the documents seem to say")
            .in(
                with(DNS, allowing("s3:GetObject", "*"))
                    .simulation(said("route53:ListHostedZones", "*", Decision.ALLOWED))
                    .simulation(said(CHANGE_RECORDS, "*", Decision.ALLOWED))),
        accepts("a condition whose key the simulator had no value for")
            .in(
                with(LEDGER, allowing("s3:PutObject", "*"))
                    .simulation(
                        new Simulation(
                            new Question(roleArn("app"), "s3:PutObject", "*"),
                            Decision.IMPLICIT_DENY,
                            Set.of("aws:SourceVpce"),
                            Set.of())))
            .with(needing("app", "s3:PutObject")),
        accepts("the simulator was not asked about the bucket that the role may write to")
            .in(
                with(LEDGER, allowing("s3:PutObject", BUCKET))
                    .simulation(said("s3:PutObject", "*", Decision.IMPLICIT_DENY)))
            .with(needing("app", "s3:PutObject")),
        accepts("the simulator must not be asked")
            .in(with(DNS, allowing("route53:*", "*")).coverage(SIMULATIONS, DENIED)),
        accepts("a role that the settings do not name")
            .in(with(LEDGER, UnaryOperator.identity()))
            .with(needing("other", "s3:PutObject")));
  }

  private static TestAccount with(String subject, UnaryOperator<Role> change) {
    return account().cluster("prod").role("app", irsa(issuer("prod"), subject), change);
  }

  private static UnaryOperator<Role> allowing(String action, String resource) {
    return RoleEdits.inlinePolicies(List.of(policy(action, resource)));
  }

  private static PolicyDocument policy(String action, String resource) {
    return new PolicyDocument(
        "inline " + action,
        """
        {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "%s",
          "Resource": "%s"}]}\
        """
            .formatted(action, resource));
  }

  private static Simulation said(
      String action, String resource, Decision decision, Limit... limits) {
    return new Simulation(
        new Question(roleArn("app"), action, resource), decision, Set.of(), Set.of(limits));
  }

  private static Settings needing(String role, String... actions) {
    return SettingsEdits.requiredActions(Map.of(role, Set.of(actions)));
  }
}
