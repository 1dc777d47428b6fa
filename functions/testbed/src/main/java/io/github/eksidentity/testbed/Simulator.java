package io.github.eksidentity.testbed;

import io.github.eksidentity.core.facts.Inventory;
import io.github.eksidentity.core.facts.Role;
import io.github.eksidentity.core.facts.Simulation;
import io.github.eksidentity.core.facts.Simulation.Decision;
import io.github.eksidentity.core.facts.Simulation.Limit;
import io.github.eksidentity.core.facts.Simulation.Question;
import io.github.eksidentity.core.permissions.Permission;
import io.github.eksidentity.core.permissions.RolePermissions;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// IAM's policy simulator: says again what the account has recorded of it, and works out from the
/// policies what it has not.
final class Simulator {
  private final Inventory inventory;
  private final Map<Question, Simulation> recorded;

  Simulator(Inventory inventory) {
    this.inventory = inventory;
    recorded =
        inventory.simulations().stream()
            .collect(Collectors.toMap(Simulation::question, Function.identity(), (a, _) -> a));
  }

  /// One answer for each action and resource of the request; empty where there is no such role.
  Optional<List<Simulation>> answers(WireRequest request) {
    String arn = request.parameter("PolicySourceArn");
    List<String> resources = members(request, "ResourceArns");
    return inventory.roles().stream()
        .filter(role -> role.arn().equals(arn))
        .findFirst()
        .map(
            role ->
                members(request, "ActionNames").stream()
                    .flatMap(
                        action ->
                            (resources.isEmpty() ? List.of(Question.ANY) : resources)
                                .stream().map(on -> answer(role, new Question(arn, action, on))))
                    .toList());
  }

  private static List<String> members(WireRequest request, String list) {
    return IntStream.iterate(1, number -> number + 1)
        .mapToObj(number -> request.token(list + ".member." + number))
        .takeWhile(Optional::isPresent)
        .flatMap(Optional::stream)
        .toList();
  }

  private Simulation answer(Role role, Question question) {
    return Optional.ofNullable(recorded.get(question)).orElseGet(() -> workedOut(role, question));
  }

  private Simulation workedOut(Role role, Question question) {
    RolePermissions documents = RolePermissions.of(role, inventory.managedPolicies());
    return switch (documents.on(question.action(), question.resource())) {
      case Permission.Allowed _ -> new Simulation(question, Decision.ALLOWED, Set.of(), Set.of());
      case Permission.NotAllowed(String reason) ->
          new Simulation(
              question,
              reason.contains(" denies ") ? Decision.EXPLICIT_DENY : Decision.IMPLICIT_DENY,
              Set.of(),
              reason.startsWith("the permissions boundary")
                  ? EnumSet.of(Limit.BOUNDARY)
                  : Set.of());
      case Permission.Undetermined _ ->
          new Simulation(
              question, Decision.IMPLICIT_DENY, keys(documents, question.action()), Set.of());
    };
  }

  /// The condition keys on which an action hangs; one that stands for any where the policy that may
  /// name some is not in the account.
  private static Set<String> keys(RolePermissions documents, String action) {
    Set<String> keys = new TreeSet<>();
    documents.policies().stream()
        .flatMap(policy -> policy.statements().stream())
        .filter(statement -> statement.coversAction(action))
        .forEach(statement -> keys.addAll(statement.conditionKeys()));
    return keys.isEmpty() ? Set.of("aws:PrincipalTag/team") : keys;
  }
}
