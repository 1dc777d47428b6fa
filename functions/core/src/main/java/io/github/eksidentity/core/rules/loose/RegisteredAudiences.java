package io.github.eksidentity.core.rules.loose;

import io.github.eksidentity.core.audit.AuditContext;
import io.github.eksidentity.core.facts.OidcProvider;
import io.github.eksidentity.core.index.AdmittingStatement;
import io.github.eksidentity.core.index.PodRequests;
import java.util.List;

/// What rules share about the audiences of a provider.
final class RegisteredAudiences {
  private RegisteredAudiences() {}

  /// The audiences that the provider of this door accepts; none where it is not known.
  static List<String> registered(AdmittingStatement admitted, AuditContext context) {
    return context
        .index()
        .provider(admitted.door().principal().value())
        .map(OidcProvider::clientIds)
        .orElse(List.of());
  }

  /// Whether the provider accepts the audience of EKS's tokens and no other.
  static boolean onlyDefault(AdmittingStatement admitted, AuditContext context) {
    return registered(admitted, context).equals(List.of(PodRequests.DEFAULT_AUDIENCE));
  }
}
