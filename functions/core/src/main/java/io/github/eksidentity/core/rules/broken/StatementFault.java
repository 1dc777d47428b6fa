package io.github.eksidentity.core.rules.broken;

import io.github.eksidentity.core.policy.tree.Condition;
import io.github.eksidentity.core.policy.tree.Text;
import java.util.List;
import java.util.Optional;

/// Why somebody whom an Allow statement means does not get in through a provider. Each kind belongs
/// to one rule.
sealed interface StatementFault {
  /// The statement is about other ways of assuming a role.
  record OtherAction() implements StatementFault {}

  /// A condition on the subject or audience whose key is not one of the provider's.
  ///
  /// @param right the key that the provider's tokens come with
  record ForeignKey(Condition condition, String right) implements StatementFault {}

  /// A condition on a key that never comes with the call of a pod.
  record UnsupportedKey(Condition condition) implements StatementFault {}

  /// A condition on a key of which it is not known whether it comes.
  record UnknownKey(Condition condition) implements StatementFault {}

  /// The audience's condition holds a subject, or the subject's an audience.
  record SwappedClaim(Condition condition, Text value) implements StatementFault {}

  /// A wildcard under an operator that takes it literally.
  record LiteralWildcard(Condition condition, Text value) implements StatementFault {}

  /// A subject that no token can carry.
  ///
  /// @param meant the subject that was evidently meant
  record MalformedSubject(Condition condition, Text value, Optional<String> meant)
      implements StatementFault {}

  /// A condition on the audience that no token of the cluster satisfies.
  record OtherAudience(Condition condition) implements StatementFault {}

  /// Conditions that hold for nobody, by themselves or together.
  record Contradiction(List<Condition> conditions) implements StatementFault {
    public Contradiction {
      conditions = List.copyOf(conditions);
    }
  }
}
