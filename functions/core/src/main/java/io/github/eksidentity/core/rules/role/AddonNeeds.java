package io.github.eksidentity.core.rules.role;

import io.github.eksidentity.core.facts.Arn;
import io.github.eksidentity.core.facts.Role;
import io.github.eksidentity.core.facts.Subject;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// What a well-known add-on cannot do without. It is less than its published policy holds: what
/// only some of its features need is left out, so that a policy cut down on purpose is not held
/// against it.
///
/// @param serviceAccounts namespace and name, as its chart or manifest has them
/// @param needs one of each set must be allowed
/// @param sufficient names of AWS's managed policies that hold all of it
/// @param source address of its published policy
record AddonNeeds(
    String name,
    Set<String> serviceAccounts,
    List<Set<String>> needs,
    Set<String> sufficient,
    String source) {
  private static final List<AddonNeeds> ALL =
      List.of(
          new AddonNeeds(
              "AWS Load Balancer Controller",
              Set.of("kube-system/aws-load-balancer-controller"),
              each(
                  "elasticloadbalancing:CreateLoadBalancer",
                  "elasticloadbalancing:CreateTargetGroup",
                  "elasticloadbalancing:CreateListener",
                  "elasticloadbalancing:RegisterTargets",
                  "elasticloadbalancing:DescribeLoadBalancers",
                  "elasticloadbalancing:AddTags",
                  "ec2:DescribeSubnets",
                  "ec2:DescribeSecurityGroups"),
              Set.of(),
              "https://github.com/kubernetes-sigs/aws-load-balancer-controller/blob/main/docs/install/iam_policy.json"),
          new AddonNeeds(
              "Amazon EBS CSI driver",
              Set.of("kube-system/ebs-csi-controller-sa"),
              each(
                  "ec2:CreateVolume",
                  "ec2:AttachVolume",
                  "ec2:DetachVolume",
                  "ec2:DeleteVolume",
                  "ec2:DescribeVolumes",
                  "ec2:DescribeInstances"),
              Set.of("AmazonEBSCSIDriverPolicy", "AmazonEBSCSIDriverPolicyV2"),
              "https://github.com/kubernetes-sigs/aws-ebs-csi-driver/blob/master/docs/example-iam-policy.json"),
          new AddonNeeds(
              "Amazon EFS CSI driver",
              Set.of("kube-system/efs-csi-controller-sa"),
              each(
                  "elasticfilesystem:DescribeAccessPoints",
                  "elasticfilesystem:DescribeFileSystems"),
              Set.of("AmazonEFSCSIDriverPolicy"),
              "https://github.com/kubernetes-sigs/aws-efs-csi-driver/blob/master/docs/iam-policy-example.json"),
          new AddonNeeds(
              "Mountpoint for Amazon S3 CSI driver",
              Set.of("kube-system/s3-csi-driver-sa"),
              each("s3:ListBucket", "s3:GetObject"),
              Set.of("AmazonS3ReadOnlyAccess", "AmazonS3FullAccess"),
              "https://docs.aws.amazon.com/eks/latest/userguide/s3-csi-create.html"),
          new AddonNeeds(
              "Cluster Autoscaler",
              Set.of(
                  "kube-system/cluster-autoscaler",
                  "kube-system/cluster-autoscaler-aws-cluster-autoscaler"),
              each(
                  "autoscaling:DescribeAutoScalingGroups",
                  "autoscaling:DescribeAutoScalingInstances",
                  "autoscaling:SetDesiredCapacity",
                  "autoscaling:TerminateInstanceInAutoScalingGroup"),
              Set.of("AutoScalingFullAccess"),
              "https://github.com/kubernetes/autoscaler/blob/master/cluster-autoscaler/cloudprovider/aws/README.md"),
          new AddonNeeds(
              "Karpenter",
              Set.of("kube-system/karpenter", "karpenter/karpenter"),
              each(
                  "ec2:CreateFleet",
                  "ec2:RunInstances",
                  "ec2:CreateLaunchTemplate",
                  "ec2:CreateTags",
                  "ec2:TerminateInstances",
                  "ec2:DescribeInstances",
                  "ec2:DescribeInstanceTypes",
                  "ec2:DescribeSubnets",
                  "ec2:DescribeSecurityGroups",
                  "iam:PassRole"),
              Set.of(),
              "https://karpenter.sh/docs/reference/cloudformation/"),
          new AddonNeeds(
              "ExternalDNS",
              Set.of("external-dns/external-dns", "kube-system/external-dns"),
              List.of(
                  Set.of("route53:ChangeResourceRecordSets", "servicediscovery:RegisterInstance"),
                  Set.of("route53:ListHostedZones", "servicediscovery:ListNamespaces")),
              Set.of("AmazonRoute53FullAccess"),
              "https://kubernetes-sigs.github.io/external-dns/latest/docs/tutorials/aws/"),
          new AddonNeeds(
              "External Secrets",
              Set.of("external-secrets/external-secrets"),
              List.of(
                  Set.of(
                      "secretsmanager:GetSecretValue",
                      "secretsmanager:BatchGetSecretValue",
                      "ssm:GetParameter",
                      "ssm:GetParameters")),
              Set.of("SecretsManagerReadWrite", "AmazonSSMReadOnlyAccess"),
              "https://external-secrets.io/latest/provider/aws-secrets-manager/"),
          new AddonNeeds(
              "cert-manager",
              Set.of("cert-manager/cert-manager"),
              each("route53:GetChange", "route53:ChangeResourceRecordSets"),
              Set.of("AmazonRoute53FullAccess"),
              "https://cert-manager.io/docs/configuration/acme/dns01/route53/"),
          new AddonNeeds(
              "Amazon VPC CNI",
              Set.of("kube-system/aws-node"),
              List.of(
                  Set.of("ec2:AssignPrivateIpAddresses", "ec2:AssignIpv6Addresses"),
                  Set.of("ec2:DescribeInstances"),
                  Set.of("ec2:DescribeNetworkInterfaces")),
              Set.of("AmazonEKS_CNI_Policy"),
              "https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AmazonEKS_CNI_Policy.html"));

  AddonNeeds {
    serviceAccounts = Set.copyOf(serviceAccounts);
    needs = List.copyOf(needs);
    sufficient = Set.copyOf(sufficient);
  }

  private static List<Set<String>> each(String... actions) {
    return Stream.of(actions).map(Set::of).toList();
  }

  /// Every add-on whose needs are known.
  static List<AddonNeeds> all() {
    return ALL;
  }

  /// The add-on that runs with this service account.
  ///
  /// @param subject as `system:serviceaccount:kube-system:aws-node`
  static Optional<AddonNeeds> of(String subject) {
    if (!subject.startsWith(Subject.PREFIX)) {
      return Optional.empty();
    }
    String name = subject.substring(Subject.PREFIX.length()).replace(':', '/');
    return ALL.stream().filter(addon -> addon.serviceAccounts().contains(name)).findFirst();
  }

  /// Whether a managed policy of AWS that is attached holds all of it.
  boolean satisfiedBy(Role role) {
    return role.attachedPolicies().stream()
        .flatMap(arn -> Arn.parse(arn).stream())
        .filter(arn -> arn.account().equals("aws"))
        .map(arn -> arn.resource().substring(arn.resource().lastIndexOf('/') + 1))
        .anyMatch(sufficient::contains);
  }
}
