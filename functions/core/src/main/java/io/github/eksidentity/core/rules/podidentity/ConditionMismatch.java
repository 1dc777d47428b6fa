package io.github.eksidentity.core.rules.podidentity;

import io.github.eksidentity.core.audit.Evidence;
import io.github.eksidentity.core.json.Position;
import io.github.eksidentity.core.policy.evaluate.Decision;
import io.github.eksidentity.core.policy.tree.Condition;
import io.github.eksidentity.core.policy.tree.Effect;
import io.github.eksidentity.core.policy.tree.Statement;
import io.github.eksidentity.core.policy.tree.Text;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// A condition that shuts an association out: one of an Allow statement that does not hold, or a
/// Deny statement that matches.
record ConditionMismatch(Statement statement, Condition condition) {

  /// What shuts the association out although a statement that names Pod Identity covers what it
  /// needs; empty where nothing does for certain.
  static List<ConditionMismatch> of(AssociationTrust one) {
    Set<ConditionMismatch> mismatches = new LinkedHashSet<>();
    for (String action : one.actions()) {
      List<Statement> doors = one.doors(action);
      if (!doors.isEmpty() && one.decide(action) instanceof Decision.Denied denied) {
        if (denied.explicit()) {
          for (Statement denial : one.denials(action)) {
            denial.conditions().forEach(met -> mismatches.add(new ConditionMismatch(denial, met)));
          }
        } else {
          for (Statement door : doors) {
            one.failing(door, action)
                .forEach(failed -> mismatches.add(new ConditionMismatch(door, failed)));
          }
        }
      }
    }
    return List.copyOf(mismatches);
  }

  /// Why it cannot be said whether the association is let in.
  static Optional<String> unknown(AssociationTrust one) {
    List<String> reasons = new ArrayList<>();
    for (String action : one.actions()) {
      if (!one.doors(action).isEmpty() && one.decide(action) instanceof Decision.Unknown unknown) {
        reasons.add(unknown.reason());
      }
    }
    return reasons.stream().findFirst();
  }

  /// What two associations have in common that are shut out by the same conditions.
  static Set<Position> cause(List<ConditionMismatch> mismatches) {
    return mismatches.stream()
        .map(mismatch -> mismatch.condition().keyAt())
        .collect(Collectors.toUnmodifiableSet());
  }

  /// The claim against the condition.
  Evidence evidence(AssociationTrust one) {
    Optional<List<String>> claim = one.claim(condition);
    Evidence evidence =
        Evidence.in(statement, condition, summary(one, claim))
            .withValue(String.join(", ", condition.values().stream().map(Text::value).toList()));
    return claim.map(values -> evidence.withClaim(String.join(", ", values))).orElse(evidence);
  }

  private String summary(AssociationTrust one, Optional<List<String>> claim) {
    String key = condition.key().toLowerCase(Locale.ROOT);
    if (statement.effect() == Effect.DENY) {
      return "this Deny matches the association";
    }
    if (key.startsWith("aws:principaltag/")) {
      return "the tags of Pod Identity come as aws:RequestTag, this key never comes";
    }
    if (key.startsWith("aws:requesttag/") && one.association().disableSessionTags()) {
      return "session tags are switched off for the association"
          + (one.association().sessionPolicy().isPresent()
              ? " because it has a session policy, so this key never comes"
              : ", so this key never comes");
    }
    if (key.endsWith(":sub") || key.endsWith(":aud")) {
      return "this is a key of OIDC tokens, it never comes with Pod Identity";
    }
    return claim.isPresent()
        ? "the call has another value"
        : "this key does not come with a call of Pod Identity";
  }
}
