package io.github.eksidentity.core.rules.role;

import io.github.eksidentity.core.audit.Rule;
import io.github.eksidentity.core.audit.Settings;
import io.github.eksidentity.core.facts.Inventory;
import io.github.eksidentity.core.facts.Simulation;
import java.util.List;

/// The rules about roles, in the order of the catalogue.
public final class RoleRules {
  /// Every rule of the chapter.
  public static final List<Rule> ALL =
      List.of(new RoleNoPermissions(), new RolePermissionsMissing(), new RoleUnused());

  private RoleRules() {}

  /// What IAM's policy simulator is to be asked about an account; nothing where no rule would hold
  /// the answers against a role.
  public static List<Simulation.Question> questions(Inventory inventory, Settings settings) {
    return settings.disabledRules().contains(RolePermissionsMissing.ID)
        ? List.of()
        : SimulationPlan.of(inventory, settings);
  }
}
