package io.github.eksidentity.core.facts;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/// The annotations of service accounts and pods that are about AWS. No other annotation is kept:
/// people write anything into them, and an audit has no use for it.
///
/// Documented at <https://github.com/aws/amazon-eks-pod-identity-webhook#readme>.
public final class AwsAnnotations {
  /// ARN of the role, on a service account.
  public static final String ROLE_ARN = "eks.amazonaws.com/role-arn";

  /// ARN of the role by which images are pulled, on a service account; the credential provider of
  /// ECR reads it.
  ///
  /// @see <a href="https://github.com/kubernetes/cloud-provider-aws/pull/1281">cloud-provider-aws:
  /// service account tokens for image pulls</a>
  public static final String ECR_ROLE_ARN = "eks.amazonaws.com/ecr-role-arn";

  /// Audience of the projected token, on a service account.
  public static final String AUDIENCE = "eks.amazonaws.com/audience";

  /// `true` or `false`, on a service account.
  public static final String STS_REGIONAL_ENDPOINTS = "eks.amazonaws.com/sts-regional-endpoints";

  /// Seconds, on a service account or a pod.
  public static final String TOKEN_EXPIRATION = "eks.amazonaws.com/token-expiration";

  /// Names of containers with commas between them and no space, on a pod.
  public static final String SKIP_CONTAINERS = "eks.amazonaws.com/skip-containers";

  /// Helm's mark: the release that owns the object and would write it again.
  public static final String HELM_RELEASE = "meta.helm.sh/release-name";

  private static final List<String> WORDS =
      List.of("amazon", "aws", "eks.", "eks/", "iam.", "iam/", "kiam", "kube2iam", "irsa");
  private static final Set<String> ENDINGS = Set.of("role-arn", "rolearn", "role_arn", "iam-role");

  private AwsAnnotations() {}

  /// Whether an annotation is kept: its key has to do with AWS or with roles, or its value is an
  /// ARN.
  public static boolean kept(String key, String value) {
    String lower = key.toLowerCase(Locale.ROOT);
    return key.equals(HELM_RELEASE)
        || WORDS.stream().anyMatch(lower::contains)
        || ENDINGS.stream().anyMatch(lower::endsWith)
        || value.strip().startsWith("arn:");
  }
}
