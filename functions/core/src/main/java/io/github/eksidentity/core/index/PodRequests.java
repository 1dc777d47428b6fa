package io.github.eksidentity.core.index;

import io.github.eksidentity.core.facts.Arn;
import io.github.eksidentity.core.facts.Association;
import io.github.eksidentity.core.facts.Cluster;
import io.github.eksidentity.core.policy.admit.WebIdentityCall;
import io.github.eksidentity.core.policy.evaluate.Request;
import io.github.eksidentity.core.policy.tree.KeyNames;
import io.github.eksidentity.core.policy.tree.PrincipalKind;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The calls to STS by which a pod reaches its role, as a trust policy sees them.
public final class PodRequests {
  /// Audience of the tokens that EKS's webhook projects, the same in every partition.
  public static final String DEFAULT_AUDIENCE = "sts.amazonaws.com";

  /// The action of IRSA.
  public static final String WEB_IDENTITY = WebIdentityCall.ACTION;

  /// The actions of Pod Identity; the second only while session tags are on.
  public static final List<String> POD_IDENTITY = List.of("sts:AssumeRole", "sts:TagSession");

  /// Keys that may come with any request and whose values no configuration tells.
  public static final KeyNames UNDETERMINED =
      KeyNames.of(
          "aws:sourceip",
          "aws:vpcsourceip",
          "aws:sourcevpc",
          "aws:sourcevpcarn",
          "aws:sourcevpce",
          "aws:vpce*",
          "aws:useragent",
          "aws:referer",
          "aws:requestedregion",
          "aws:securetransport",
          "aws:currenttime",
          "aws:epochtime",
          "aws:resourceaccount",
          "aws:resourcetag/*",
          "aws:resourceorgid",
          "aws:resourceorgpaths",
          "iam:resourcetag/*",
          "sts:rolesessionname",
          "sts:durationseconds",
          "sts:sourceidentity",
          "aws:originidentity/*",
          "aws:transactioncontext/*");

  /// Those of Pod Identity, besides which only session tags come.
  public static final KeyNames UNDETERMINED_UNTAGGED =
      UNDETERMINED.and("aws:sourceorgid", "aws:sourceorgpaths");

  /// Those of Pod Identity with session tags: nobody knows the pod's name in advance.
  public static final KeyNames UNDETERMINED_TAGGED =
      UNDETERMINED_UNTAGGED.and(
          "aws:requesttag/kubernetes-pod-name", "aws:requesttag/kubernetes-pod-uid");

  private PodRequests() {}

  /// AssumeRoleWithWebIdentity with a token of a cluster. The call is unsigned, so no key about a
  /// calling principal is present.
  ///
  /// Documented at
  /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-wif>.
  ///
  /// @param providerArn provider in the role's account
  /// @param issuer without `https://`
  public static Request webIdentity(
      String roleArn, String providerArn, String issuer, String subject, String audience) {
    return new WebIdentityCall(providerArn, issuer, audience, account(roleArn), UNDETERMINED)
        .request(subject);
  }

  /// One action of EKS Pod Identity for an association. Session tags that name the pod have a value
  /// nobody knows in advance.
  ///
  /// Documented at <https://docs.aws.amazon.com/eks/latest/userguide/pod-id-abac.html>.
  public static Request podIdentity(Cluster cluster, Association association, String action) {
    return podIdentity(
        cluster.arn(),
        association.namespace(),
        association.serviceAccount(),
        !association.disableSessionTags(),
        account(association.roleArn()),
        action);
  }

  /// The same for an association of which no more is known, with a role of the cluster's account.
  public static Request podIdentity(
      String clusterArn,
      String namespace,
      String serviceAccount,
      boolean sessionTags,
      String action) {
    return podIdentity(
        clusterArn, namespace, serviceAccount, sessionTags, account(clusterArn), action);
  }

  /// The same with a role that may be of another account.
  ///
  /// @param roleAccount account of the role
  public static Request podIdentity(
      String clusterArn,
      String namespace,
      String serviceAccount,
      boolean sessionTags,
      String roleAccount,
      String action) {
    Map<String, List<String>> context = new TreeMap<>();
    context.put("aws:SourceAccount", List.of(account(clusterArn)));
    context.put("aws:SourceArn", List.of(clusterArn));
    if (sessionTags) {
      context.put("aws:RequestTag/kubernetes-namespace", List.of(namespace));
      context.put("aws:RequestTag/kubernetes-service-account", List.of(serviceAccount));
      context.put("aws:RequestTag/eks-cluster-arn", List.of(clusterArn));
      context.put("aws:RequestTag/eks-cluster-name", List.of(clusterName(clusterArn)));
      context.put(
          "aws:TagKeys",
          List.of(
              "kubernetes-namespace",
              "kubernetes-service-account",
              "eks-cluster-arn",
              "eks-cluster-name",
              "kubernetes-pod-name",
              "kubernetes-pod-uid"));
    }
    return new Request(
        PrincipalKind.SERVICE,
        RoleTrust.POD_IDENTITY,
        roleAccount,
        action,
        context,
        sessionTags ? UNDETERMINED_TAGGED : UNDETERMINED_UNTAGGED);
  }

  private static String clusterName(String clusterArn) {
    return clusterArn.substring(clusterArn.lastIndexOf('/') + 1);
  }

  private static String account(String arn) {
    return Arn.parse(arn).map(Arn::account).orElse("");
  }
}
