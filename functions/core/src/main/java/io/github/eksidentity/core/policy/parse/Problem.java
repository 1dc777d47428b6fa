package io.github.eksidentity.core.policy.parse;

import io.github.eksidentity.core.json.Position;

/// Something wrong with a trust document, found by reading it alone.
///
/// @param rule id of the rule that reports it, from the catalogue
/// @param consequence what it means for the document
/// @param at the element at fault
/// @param message what is wrong and what was expected, in one sentence
/// @param iamSays the error that IAM gives when such a document is saved, or what STS answers to
/// the pod; never empty
public record Problem(
    String rule, Consequence consequence, Position at, String message, String iamSays) {

  /// What becomes of a document with a problem.
  public enum Consequence {
    /// IAM refuses to store it.
    REJECTED_BY_IAM,
    /// IAM stores it and it lets no pod in.
    ACCEPTED_BUT_DEAD
  }
}
