package io.github.eksidentity.core.rules.role;

import io.github.eksidentity.core.audit.Settings;
import io.github.eksidentity.core.facts.Inventory;
import io.github.eksidentity.core.facts.Role;
import io.github.eksidentity.core.facts.Scope;
import io.github.eksidentity.core.facts.Simulation;
import io.github.eksidentity.core.index.Index;
import io.github.eksidentity.core.permissions.RolePermissions;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// What IAM's policy simulator is to be asked about an account: nothing but the actions that
/// `role-permissions-missing` holds against a role.
public final class SimulationPlan {
  /// Each resource of an action is a call of its own.
  private static final int MOST_RESOURCES = 3;

  private SimulationPlan() {}

  /// The questions about all roles; none where the rule is not asked, or cannot decide.
  public static List<Simulation.Question> of(Inventory inventory, Settings settings) {
    if (!inventory.coverageOf(Scope.account(Scope.Kind.IAM_POLICIES)).isComplete()) {
      return List.of();
    }
    Index index = Index.of(inventory, settings.knownIssuers());
    return inventory.roles().parallelStream()
        .filter(role -> !role.serviceLinked())
        .flatMap(
            role ->
                Requirements.of(role, index, settings).all().stream()
                    .flatMap(requirement -> requirement.anyOf().stream())
                    .distinct()
                    .flatMap(action -> questions(role, action, index.permissions(role))))
        .toList();
  }

  /// The simulator says nothing of resources that it was not asked about: where the documents allow
  /// an action on some only, it is asked about those.
  static Stream<Simulation.Question> questions(
      Role role, String action, RolePermissions documents) {
    Set<String> resources = documents.resources(action);
    return resources.size() > MOST_RESOURCES
        ? Stream.of()
        : resources.stream().map(resource -> new Simulation.Question(role.arn(), action, resource));
  }
}
