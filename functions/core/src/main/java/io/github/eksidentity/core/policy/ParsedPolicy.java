package io.github.eksidentity.core.policy;

import java.util.List;
import java.util.Optional;

/// What the parser made of a trust document.
///
/// @param policy the policy, present exactly where no problem says that IAM would refuse the document
/// @param problems every problem found, in the order of their positions
public record ParsedPolicy(Optional<TrustPolicy> policy, List<Problem> problems) {
  public ParsedPolicy {
    problems = List.copyOf(problems);
  }
}
