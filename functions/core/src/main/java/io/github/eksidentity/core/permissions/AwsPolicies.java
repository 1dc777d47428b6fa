package io.github.eksidentity.core.permissions;

import io.github.eksidentity.core.facts.Arn;
import io.github.eksidentity.core.facts.PolicyDocument;
import java.util.Map;
import java.util.Optional;

/// Managed policies of AWS that are known without reading them.
///
/// Documented at
/// <https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html>.
final class AwsPolicies {
  private static final Map<String, String> WHOLE =
      Map.of("policy/AdministratorAccess", allow("*"), "policy/IAMFullAccess", allow("iam:*"));

  /// The statement that matters here; the policies allow more.
  private static final Map<String, String> IN_PART =
      Map.of(
          "policy/AmazonEKSWorkerNodePolicy",
          allow("eks-auth:AssumeRoleForPodIdentity"),
          "policy/AmazonEKSWorkerNodeMinimalPolicy",
          allow("eks-auth:AssumeRoleForPodIdentity"));

  private AwsPolicies() {}

  /// The whole policy of AWS with this ARN.
  static Optional<PolicyDocument> whole(String arn) {
    return find(WHOLE, arn);
  }

  /// What is known of the policy of AWS with this ARN, which allows more.
  static Optional<PolicyDocument> inPart(String arn) {
    return find(IN_PART, arn);
  }

  private static Optional<PolicyDocument> find(Map<String, String> documents, String arn) {
    return Arn.parse(arn)
        .filter(parts -> parts.service().equals("iam") && parts.account().equals("aws"))
        .map(parts -> documents.getOrDefault(parts.resource(), ""))
        .filter(document -> !document.isEmpty())
        .map(document -> new PolicyDocument(arn, document));
  }

  private static String allow(String action) {
    return """
    {"Statement": [{"Effect": "Allow", "Action": "%s", "Resource": "*"}]}\
    """
        .formatted(action);
  }
}
