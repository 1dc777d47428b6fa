package io.github.eksidentity.core.facts;

/// What EKS's webhook writes into the containers of a bound pod, beside the variables of
/// [AwsVariables].
///
/// Documented at
/// <https://github.com/aws/amazon-eks-pod-identity-webhook/blob/master/pkg/handler/handler.go>.
public final class Injected {
  /// Volume of the token for STS.
  public static final String IRSA_VOLUME = "aws-iam-token";

  /// Where the token for STS is mounted.
  public static final String IRSA_MOUNT = "/var/run/secrets/eks.amazonaws.com/serviceaccount";

  /// The token for STS.
  public static final String IRSA_TOKEN_FILE = IRSA_MOUNT + "/token";

  /// Volume of the token for the Pod Identity agent.
  public static final String POD_IDENTITY_VOLUME = "eks-pod-identity-token";

  /// Where the token for the Pod Identity agent is mounted.
  public static final String POD_IDENTITY_MOUNT =
      "/var/run/secrets/pods.eks.amazonaws.com/serviceaccount";

  /// The token for the Pod Identity agent.
  public static final String POD_IDENTITY_TOKEN_FILE =
      POD_IDENTITY_MOUNT + "/eks-pod-identity-token";

  /// Audience of the token for the Pod Identity agent.
  public static final String POD_IDENTITY_AUDIENCE = "pods.eks.amazonaws.com";

  /// Where the Pod Identity agent answers.
  public static final String POD_IDENTITY_URI = "http://169.254.170.23/v1/credentials";

  /// Where the Pod Identity agent answers in a cluster of IPv6.
  public static final String POD_IDENTITY_URI_V6 = "http://[fd00:ec2::23]/v1/credentials";

  /// The token for the API server, which Kubernetes itself mounts and STS does not take.
  public static final String API_TOKEN_FILE = "/var/run/secrets/kubernetes.io/serviceaccount/token";

  /// Label with which a pod asks EKS's webhook to leave it alone.
  public static final String SKIP_LABEL = "eks.amazonaws.com/skip-pod-identity-webhook";

  private Injected() {}
}
