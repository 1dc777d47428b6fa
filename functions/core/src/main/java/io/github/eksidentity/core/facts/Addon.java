package io.github.eksidentity.core.facts;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// An EKS add-on of a cluster.
///
/// @param status EKS's word, as `ACTIVE` or `DEGRADED`
/// @param serviceAccountRoleArn the IRSA role that EKS writes on the add-on's service account
/// @param associations ARNs of the associations that the add-on owns
public record Addon(
    String name,
    String version,
    String status,
    Optional<String> serviceAccountRoleArn,
    List<String> associations,
    List<HealthIssue> health,
    Map<String, String> tags) {
  /// Name of the add-on that runs the Pod Identity agent.
  public static final String POD_IDENTITY_AGENT = "eks-pod-identity-agent";

  public Addon {
    associations = List.copyOf(associations);
    health = List.copyOf(health);
    tags = Map.copyOf(tags);
  }
}
