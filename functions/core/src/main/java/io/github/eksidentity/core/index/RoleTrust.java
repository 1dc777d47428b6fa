package io.github.eksidentity.core.index;

import io.github.eksidentity.core.facts.Role;
import io.github.eksidentity.core.policy.parse.ParsedPolicy;
import io.github.eksidentity.core.policy.tree.Statement;
import io.github.eksidentity.core.policy.tree.TrustPolicy;
import java.util.List;
import java.util.Optional;

/// A role's trust policy, seen from EKS.
///
/// @param parsed the document and its problems
/// @param webDoors ways in by IRSA: Allow statements that name an EKS provider, once for each
/// provider named
/// @param podDoors ways in by Pod Identity: Allow statements that name `pods.eks.amazonaws.com`
public record RoleTrust(
    Role role, ParsedPolicy parsed, List<TrustedProvider> webDoors, List<Statement> podDoors) {
  /// The service principal of EKS Pod Identity, the same in every partition.
  public static final String POD_IDENTITY = "pods.eks.amazonaws.com";

  public RoleTrust {
    webDoors = List.copyOf(webDoors);
    podDoors = List.copyOf(podDoors);
  }

  /// The policy, empty where IAM would refuse the document.
  public Optional<TrustPolicy> policy() {
    return parsed.accepted() ? parsed.policy() : Optional.empty();
  }

  /// Whether the role is meant for pods at all.
  public boolean forPods() {
    return !webDoors.isEmpty() || !podDoors.isEmpty();
  }
}
