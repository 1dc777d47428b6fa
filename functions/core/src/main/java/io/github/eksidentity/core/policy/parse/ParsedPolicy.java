package io.github.eksidentity.core.policy.parse;

import io.github.eksidentity.core.json.Position;
import io.github.eksidentity.core.policy.tree.TrustPolicy;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// What the parser made of a trust document.
///
/// @param policy the policy, present wherever the text has the shape of one: also where IAM would
/// refuse it for its size or for a name in it, so that it can be evaluated all the same. Empty
/// where a member stands twice in an object: readers disagree which of them counts
/// @param problems every problem found, in the order of their positions
public record ParsedPolicy(Optional<TrustPolicy> policy, List<Problem> problems) {
  public ParsedPolicy {
    problems = problems.stream().sorted(Comparator.comparing(Problem::at)).toList();
  }

  /// Whether IAM would store the document: no problem says otherwise.
  public boolean accepted() {
    return problems.stream()
        .noneMatch(problem -> problem.consequence() == Problem.Consequence.REJECTED_BY_IAM);
  }

  static ParsedPolicy unreadable(Position at, String message, String iamSays) {
    Problems problems = new Problems();
    problems.refuse(at, message, iamSays);
    return new ParsedPolicy(Optional.empty(), problems.list());
  }
}
