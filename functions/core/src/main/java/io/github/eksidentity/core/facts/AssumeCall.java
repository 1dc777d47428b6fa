package io.github.eksidentity.core.facts;

import java.time.Instant;
import java.util.Optional;

/// A call of AssumeRoleWithWebIdentity that CloudTrail recorded. The record is in the account of
/// the role and in the region of the STS endpoint that was called.
///
/// Documented at <https://docs.aws.amazon.com/IAM/latest/UserGuide/cloudtrail-integration.html>.
///
/// @param id CloudTrail's event id
/// @param region region of the STS endpoint; the global endpoint's is the partition's home region
/// @param roleArn as the caller gave it, empty where the record does not say
/// @param providerArn the token's provider, empty where STS found none
/// @param subject the token's subject, as `system:serviceaccount:payments:ledger`
/// @param audience the token's audience; known for most successes only
/// @param errorCode as `AccessDenied`; empty where the call succeeded
/// @param userAgent tells the SDK and its version
public record AssumeCall(
    String id,
    Instant time,
    String region,
    Optional<String> roleArn,
    Optional<String> providerArn,
    Optional<String> subject,
    Optional<String> audience,
    Optional<String> errorCode,
    Optional<String> userAgent) {

  /// Whether STS refused.
  public boolean denied() {
    return errorCode.isPresent();
  }
}
