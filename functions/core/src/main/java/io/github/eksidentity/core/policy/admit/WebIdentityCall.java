package io.github.eksidentity.core.policy.admit;

import io.github.eksidentity.core.policy.evaluate.Request;
import io.github.eksidentity.core.policy.tree.KeyNames;
import io.github.eksidentity.core.policy.tree.PrincipalKind;
import java.util.List;
import java.util.Map;

/// A way into a role by web identity: everything of the request but the subject.
///
/// @param providerArn provider that vouches for the token
/// @param issuer its issuer, without `https://`
/// @param audience audience of the token
/// @param roleAccount account of the role; a provider of another account lets nobody in
/// @param undetermined keys of which nothing is known, as in [Request]
public record WebIdentityCall(
    String providerArn, String issuer, String audience, String roleAccount, KeyNames undetermined) {
  /// The action of IRSA.
  public static final String ACTION = "sts:AssumeRoleWithWebIdentity";

  /// The condition key that carries the subject.
  public String subjectKey() {
    return issuer + ":sub";
  }

  /// The condition key that carries the audience.
  public String audienceKey() {
    return issuer + ":aud";
  }

  /// The request of one subject.
  public Request request(String subject) {
    return new Request(
        PrincipalKind.FEDERATED,
        providerArn,
        roleAccount,
        ACTION,
        Map.of(
            subjectKey(),
            List.of(subject),
            audienceKey(),
            List.of(audience),
            "aws:FederatedProvider",
            List.of(providerArn)),
        undetermined);
  }
}
