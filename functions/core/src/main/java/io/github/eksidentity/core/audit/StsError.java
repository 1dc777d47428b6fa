package io.github.eksidentity.core.audit;

/// What the pod's user sees when a link is broken. The three errors of STS separate three layers:
/// provider, audience, trust policy.
public enum StsError {
  /// No provider for the token's issuer in the role's account.
  NO_PROVIDER(
      "InvalidIdentityToken: No OpenIDConnect provider found in your account for https://<issuer>"),
  /// The token's audience is not among the provider's client ids; the trust policy is not reached.
  INCORRECT_AUDIENCE("InvalidIdentityToken: Incorrect token audience"),
  /// The trust policy does not allow it, or the role does not exist.
  NOT_AUTHORIZED("AccessDenied: Not authorized to perform sts:AssumeRoleWithWebIdentity"),
  /// The next role of a chain does not trust the caller.
  ASSUME_ROLE_DENIED("AccessDenied: User is not authorized to perform: sts:AssumeRole"),
  /// The Pod Identity agent gets no credentials from EKS Auth.
  NO_POD_IDENTITY_CREDENTIALS(
      "AccessDeniedException from EKS Auth; the SDK reports that it could not load credentials from"
          + " the container endpoint"),
  /// No agent answers on the node.
  AGENT_UNREACHABLE("Connect timeout on endpoint URL: http://169.254.170.23/v1/credentials"),
  /// STS is switched off in the region.
  REGION_DISABLED("RegionDisabledException: STS is not activated in this region for account");

  private final String text;

  StsError(String text) {
    this.text = text;
  }

  /// The error's text; `<issuer>` stands for the cluster's issuer.
  public String text() {
    return text;
  }
}
