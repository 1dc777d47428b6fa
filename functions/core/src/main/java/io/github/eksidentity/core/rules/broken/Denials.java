package io.github.eksidentity.core.rules.broken;

import io.github.eksidentity.core.index.PodRequests;
import io.github.eksidentity.core.index.RoleTrust;
import io.github.eksidentity.core.policy.evaluate.Decision;
import io.github.eksidentity.core.policy.evaluate.Request;
import io.github.eksidentity.core.policy.evaluate.TrustEvaluator;
import io.github.eksidentity.core.policy.tree.Condition;
import io.github.eksidentity.core.policy.tree.Effect;
import io.github.eksidentity.core.policy.tree.KeyNames;
import io.github.eksidentity.core.policy.tree.PrincipalKind;
import io.github.eksidentity.core.policy.tree.Statement;
import io.github.eksidentity.core.policy.tree.TrustPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Deny statements that shut out everybody whom the Allow statements admit.
final class Denials {
  /// What sets associations apart: a Deny that tests it may be about some of them only.
  private static final KeyNames UNDETERMINED =
      PodRequests.UNDETERMINED.and(
          "aws:sourceaccount",
          "aws:sourcearn",
          "aws:sourceorgid",
          "aws:sourceorgpaths",
          "aws:requesttag/*",
          "aws:tagkeys");

  private Denials() {}

  /// The Deny statements because of which nobody gets in by a statement that lets somebody in by
  /// itself: those of which one is enough, or else all of them.
  static List<Statement> of(PodStatement way) {
    List<Statement> all = way.policy().statements(Effect.DENY);
    List<Statement> enough =
        all.stream().filter(denial -> way.beside(List.of(denial)).nobody()).toList();
    if (!enough.isEmpty()) {
      return enough;
    }
    return way.beside(all).nobody() ? all : List.of();
  }

  /// The Deny statements that match every call of Pod Identity, for an action that some statement
  /// allows it.
  static List<Statement> ofPodIdentity(RoleTrust trust) {
    List<Statement> found = new ArrayList<>();
    for (String action : PodRequests.POD_IDENTITY) {
      if (trust.podDoors().stream().anyMatch(door -> door.actions().covers(action))) {
        trust.policy().stream()
            .flatMap(policy -> policy.statements(Effect.DENY).stream())
            .filter(denial -> !found.contains(denial))
            .filter(denial -> matches(denial, action, trust))
            .forEach(found::add);
      }
    }
    return found;
  }

  private static boolean matches(Statement denial, String action, RoleTrust trust) {
    Statement allow = denial.allowing();
    TrustPolicy policy = trust.policy().orElseThrow();
    return TrustEvaluator.withoutTrace(policy.with(List.of(allow)), podIdentity(trust, action))
        instanceof Decision.Allowed;
  }

  private static Request podIdentity(RoleTrust trust, String action) {
    return new Request(
        PrincipalKind.SERVICE,
        RoleTrust.POD_IDENTITY,
        trust.role().account(),
        action,
        Map.of(),
        UNDETERMINED);
  }

  /// The conditions of a Deny statement that hold for everybody because their key never comes.
  static Stream<Condition> vacuous(Statement denial, PodStatement way) {
    return denial.conditions().stream()
        .filter(condition -> !way.comes(condition.key()))
        .filter(condition -> condition.operator().trueWhenAbsent());
  }
}
