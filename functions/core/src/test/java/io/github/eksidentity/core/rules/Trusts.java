package io.github.eksidentity.core.rules;

import java.util.Arrays;
import java.util.stream.Collectors;

/// Trust documents for tests, as text.
public final class Trusts {
  /// The trust that the EKS guide recommends for Pod Identity, without scoping conditions.
  public static final String POD_IDENTITY =
      policy(
          """
          {"Effect": "Allow", "Principal": {"Service": "pods.eks.amazonaws.com"},
           "Action": ["sts:AssumeRole", "sts:TagSession"]}\
          """);

  private Trusts() {}

  /// A policy of these statements.
  public static String policy(String... statements) {
    return Arrays.stream(statements)
        .collect(
            Collectors.joining(",\n", "{\"Version\": \"2012-10-17\", \"Statement\": [\n", "\n]}"));
  }

  /// The trust that IRSA needs for one subject: exact subject, exact audience.
  public static String irsa(String issuer, String subject) {
    return policy(web(issuer, equalTo(issuer, subject)));
  }

  /// The Condition object of a right IRSA trust.
  public static String equalTo(String issuer, String subject) {
    return """
    {"StringEquals": {"%1$s:sub": "%2$s", "%1$s:aud": "sts.amazonaws.com"}}\
    """
        .formatted(issuer, subject);
  }

  /// A web identity statement of the account's provider for this issuer with a Condition object.
  public static String web(String issuer, String condition) {
    return web(
        "arn:aws:iam::" + TestAccount.ID + ":oidc-provider/" + issuer,
        "\"sts:AssumeRoleWithWebIdentity\"",
        condition);
  }

  /// A web identity statement.
  ///
  /// @param action JSON value
  /// @param condition JSON object
  public static String web(String federated, String action, String condition) {
    return """
    {"Effect": "Allow", "Principal": {"Federated": "%s"}, "Action": %s, "Condition": %s}\
    """
        .formatted(federated, action, condition);
  }

  /// A Pod Identity trust scoped to one service account of one cluster by tags.
  public static String podIdentity(String clusterArn, String namespace, String serviceAccount) {
    return policy(
        """
        {"Effect": "Allow", "Principal": {"Service": "pods.eks.amazonaws.com"},
         "Action": ["sts:AssumeRole", "sts:TagSession"],
         "Condition": {"StringEquals": {"aws:RequestTag/eks-cluster-arn": "%s",
           "aws:RequestTag/kubernetes-namespace": "%s",
           "aws:RequestTag/kubernetes-service-account": "%s"}}}\
        """
            .formatted(clusterArn, namespace, serviceAccount));
  }
}
