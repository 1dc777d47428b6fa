package io.github.eksidentity.core.audit;

import java.util.Locale;

/// A step of the way from a pod to its role, in the order in which a person would look.
public enum ExplainStep {
  /// The issuer of the cluster's tokens.
  ISSUER,
  /// The provider of that issuer in the role's account.
  PROVIDER,
  /// The token's audience, against the provider.
  AUDIENCE,
  /// The annotation or association; Pod Identity wins where both are there.
  BINDING,
  /// The role exists.
  ROLE,
  /// The role's trust lets this subject in.
  TRUST,
  /// The second role of an association.
  TARGET_ROLE,
  /// The role's policies.
  PERMISSIONS,
  /// Variables and token in the running pods.
  POD,
  /// Other credentials or settings that come first.
  SHADOWING,
  /// The Pod Identity agent, or STS.
  ENDPOINT,
  /// When the role was last used.
  USE;

  /// Stable name, as `target-role`.
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// Whether the way is in doubt where the step is unknown.
  public boolean decides() {
    return this != USE;
  }
}
