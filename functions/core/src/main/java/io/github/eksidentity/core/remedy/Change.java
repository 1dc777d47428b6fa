package io.github.eksidentity.core.remedy;

import java.util.List;

/// One change to an account that mends a finding. Changes are proposed, printed and proved by test;
/// nothing in this
/// program makes them.
public sealed interface Change {
  /// Replace a role's trust policy.
  ///
  /// @param before the policy as it is, JSON text
  /// @param after the whole corrected policy, JSON text
  record ReplaceTrustPolicy(String roleArn, String before, String after) implements Change {}

  /// Register a cluster's issuer.
  ///
  /// @param issuer without `https://`
  record CreateProvider(String issuer, List<String> clientIds) implements Change {
    public CreateProvider {
      clientIds = List.copyOf(clientIds);
    }
  }

  /// Remove an IAM OIDC provider.
  record DeleteProvider(String providerArn) implements Change {}

  /// Accept a further audience.
  record AddClientId(String providerArn, String clientId) implements Change {}

  /// No longer accept an audience.
  record RemoveClientId(String providerArn, String clientId) implements Change {}

  /// Remove a role with its policies.
  record DeleteRole(String roleArn) implements Change {}

  /// Attach a managed policy.
  record AttachPolicy(String roleArn, String policyArn) implements Change {}

  /// Detach a managed policy.
  record DetachPolicy(String roleArn, String policyArn) implements Change {}

  /// Write an inline policy.
  record PutInlinePolicy(String roleArn, String policyName, String document) implements Change {}

  /// Take a role out of an instance profile.
  record LeaveInstanceProfile(String roleArn, String instanceProfile) implements Change {}

  /// Install an add-on.
  record CreateAddon(String region, String cluster, String addon) implements Change {}

  /// Bring an add-on to the default version of its cluster.
  record UpdateAddon(String region, String cluster, String addon) implements Change {}

  /// Point an association at another role.
  record UpdateAssociationRole(String region, String cluster, String associationId, String roleArn)
      implements Change {}

  /// Remove an association.
  record DeleteAssociation(String region, String cluster, String associationId) implements Change {}
}
