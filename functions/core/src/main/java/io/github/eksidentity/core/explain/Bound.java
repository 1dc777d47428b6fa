package io.github.eksidentity.core.explain;

import io.github.eksidentity.core.facts.Association;
import io.github.eksidentity.core.index.Binding;
import io.github.eksidentity.core.index.PodRequests;
import java.util.Optional;

/// What binds a service account to a role, or is taken to bind it.
///
/// @param role ARN of the role; an annotation may hold any text
/// @param association of Pod Identity
/// @param audience of the tokens of IRSA
public record Bound(
    Mechanism mechanism, String role, Optional<Association> association, String audience) {

  static Bound of(Binding binding) {
    return switch (binding) {
      case Binding.PodIdentity(_, Association association) -> by(association);
      case Binding.Irsa irsa -> byToken(irsa.roleArn(), irsa.audience());
    };
  }

  static Bound by(Association association) {
    return new Bound(Mechanism.POD_IDENTITY, association.roleArn(), Optional.of(association), "");
  }

  /// By IRSA, with the tokens that EKS's webhook projects by default.
  static Bound byToken(String role) {
    return byToken(role, PodRequests.DEFAULT_AUDIENCE);
  }

  private static Bound byToken(String role, String audience) {
    return new Bound(Mechanism.IRSA, role, Optional.empty(), audience);
  }

  /// The second role of an association.
  public Optional<String> targetRole() {
    return association.flatMap(Association::targetRoleArn);
  }
}
