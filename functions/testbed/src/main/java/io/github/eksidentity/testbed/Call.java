package io.github.eksidentity.testbed;

/// One call that the test bed received.
///
/// @param service as in the credential scope of the signature: `iam`, `sts`, `eks`, `account`,
/// `cloudtrail`
/// @param action as `DescribeCluster`
/// @param region of the signature; meaningful for EKS only
/// @param resource what the call names: role, provider, cluster or `cluster/association`; empty for
/// lists of an account
public record Call(String service, String action, String region, String resource) {
  /// The IAM action that the call needs, as `eks:DescribeCluster`.
  public String permission() {
    return service + ":" + action;
  }
}
