package io.github.eksidentity.cli.policy;

import io.github.eksidentity.core.policy.evaluate.Decision;
import io.github.eksidentity.core.policy.evaluate.Request;
import io.github.eksidentity.core.policy.evaluate.TrustEvaluator;
import io.github.eksidentity.core.policy.tree.TrustPolicy;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The decisions about every action that one way to a role takes.
///
/// @param byAction in order, at least one
record Decisions(Map<String, Decision> byAction) {
  /// Decides each action.
  static Decisions of(TrustPolicy policy, Map<String, Request> requests) {
    Map<String, Decision> decisions = new LinkedHashMap<>();
    requests.forEach(
        (action, request) -> decisions.put(action, TrustEvaluator.evaluate(policy, request)));
    return new Decisions(decisions);
  }

  /// The action on which the whole depends: the first that is denied, else the first that is
  /// unknown, else the first.
  Map.Entry<String, Decision> decisive() {
    Collection<Map.Entry<String, Decision>> all = byAction.entrySet();
    for (String word : List.of("deny", "unknown")) {
      for (Map.Entry<String, Decision> entry : all) {
        if (word(entry.getValue()).equals(word)) {
          return entry;
        }
      }
    }
    return all.iterator().next();
  }

  /// allow only if every action is allowed, deny if one is denied, else unknown.
  String word() {
    return word(decisive().getValue());
  }

  /// allow, deny or unknown.
  static String word(Decision decision) {
    return switch (decision) {
      case Decision.Allowed _ -> "allow";
      case Decision.Denied _ -> "deny";
      case Decision.Unknown _ -> "unknown";
    };
  }
}
