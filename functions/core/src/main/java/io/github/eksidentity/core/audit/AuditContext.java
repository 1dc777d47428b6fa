package io.github.eksidentity.core.audit;

import io.github.eksidentity.core.facts.Inventory;
import io.github.eksidentity.core.facts.Role;
import io.github.eksidentity.core.index.Index;
import java.time.Instant;

/// Everything that a rule may look at besides its subject.
///
/// @param now the time that the audit takes as now
public record AuditContext(Inventory inventory, Index index, Settings settings, Instant now) {
  /// The context of an audit of this inventory.
  public static AuditContext of(Inventory inventory, Settings settings, Instant now) {
    return new AuditContext(inventory, Index.of(inventory, settings.knownIssuers()), settings, now);
  }

  /// The context of a role as if the account had no other; the inventory still names the others.
  public AuditContext alone(Role role) {
    return new AuditContext(inventory, index.alone(role), settings, now);
  }
}
