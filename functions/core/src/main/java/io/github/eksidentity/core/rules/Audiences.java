package io.github.eksidentity.core.rules;

import io.github.eksidentity.core.audit.Admitted;
import io.github.eksidentity.core.audit.AuditContext;
import io.github.eksidentity.core.audit.PodRequests;
import io.github.eksidentity.core.facts.OidcProvider;
import java.util.List;

/// What rules share about the audiences of a provider.
final class Audiences {
  private Audiences() {}

  /// The audiences that the provider of this door accepts; none where it is not known.
  static List<String> registered(Admitted admitted, AuditContext context) {
    return context
        .index()
        .provider(admitted.door().principal().value())
        .map(OidcProvider::clientIds)
        .orElse(List.of());
  }

  /// Whether the provider accepts the audience of EKS's tokens and no other.
  static boolean onlyDefault(Admitted admitted, AuditContext context) {
    return registered(admitted, context).equals(List.of(PodRequests.DEFAULT_AUDIENCE));
  }
}
