package io.github.eksidentity.report.fix;

import io.github.eksidentity.core.facts.AwsAnnotations;
import io.github.eksidentity.core.facts.Pod;
import io.github.eksidentity.core.remedy.Change;
import io.github.eksidentity.report.Samples;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// One change of every kind, against roles, providers and clusters of the test account.
final class Changes {
  static final String POLICY = "arn:aws:iam::aws:policy/ReadOnlyAccess";
  static final String CLUSTER = "arn:aws:eks:eu-west-1:111122223333:cluster/payments";
  static final Pod.Workload WORKLOAD = new Pod.Workload("Deployment", "ledger", "worker");
  static final String ROLE = Samples.role("payments/ledger");

  /// A policy with a variable, which Terraform must not take for a template of its own, and with an
  /// apostrophe, which the shell must not take for a quote.
  static final String INLINE =
      """
      {"Version": "2012-10-17", "Statement": [{"Sid": "Own", "Effect": "Allow",
        "Action": ["s3:GetObject"], "Resource": "arn:aws:s3:::ledger/${aws:PrincipalTag/team}/it's/*",
        "Condition": {"Bool": {"aws:SecureTransport": true}}}]}\
      """;

  private Changes() {}

  static Change replaceTrust() {
    return new Change.ReplaceTrustPolicy(
        ROLE,
        Samples.trust("StringEquals", "system:serviceaccount:payments:*"),
        Samples.trust("StringLike", "system:serviceaccount:payments:*"));
  }

  static Change createProvider() {
    return new Change.CreateProvider(Samples.ISSUER, List.of("sts.amazonaws.com"));
  }

  /// In an order in which they can be made one after the other.
  static List<Change> all() {
    return List.of(
        createProvider(),
        new Change.AddClientId(Samples.PROVIDER, "vault's"),
        new Change.RemoveClientId(Samples.PROVIDER, "vault's"),
        replaceTrust(),
        new Change.AttachPolicy(ROLE, POLICY),
        new Change.DetachPolicy(ROLE, POLICY),
        new Change.PutInlinePolicy(ROLE, "read", INLINE),
        new Change.LeaveInstanceProfile(ROLE, "nodes"),
        new Change.DeleteRole(ROLE),
        new Change.DeleteProvider(Samples.PROVIDER),
        new Change.CreateAddon("eu-west-1", "payments", "eks-pod-identity-agent"),
        new Change.UpdateAddon("eu-west-1", "payments", "vpc-cni"),
        new Change.UpdateAssociationRole("eu-west-1", "payments", "a-1234", ROLE),
        new Change.DeleteAssociation("eu-west-1", "payments", "a-1234"),
        new Change.CreateServiceAccount(
            CLUSTER, "ledger", "worker", new TreeMap<>(Map.of(AwsAnnotations.ROLE_ARN, ROLE))),
        new Change.AnnotateServiceAccount(
            CLUSTER, "ledger", "worker", AwsAnnotations.AUDIENCE, "it's ${mine}"),
        new Change.RemoveServiceAccountAnnotation(
            CLUSTER, "ledger", "worker", AwsAnnotations.AUDIENCE),
        new Change.SetServiceAccount(CLUSTER, WORKLOAD, "worker"),
        new Change.SetVariable(CLUSTER, WORKLOAD, "app", "NO_PROXY", "169.254.170.23,it's"),
        new Change.RemoveVariables(
            CLUSTER, WORKLOAD, "app", List.of("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY")),
        new Change.RemovePodAnnotation(CLUSTER, WORKLOAD, AwsAnnotations.SKIP_CONTAINERS),
        new Change.RestartWorkload(CLUSTER, WORKLOAD));
  }
}
