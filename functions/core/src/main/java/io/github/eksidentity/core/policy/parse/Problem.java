package io.github.eksidentity.core.policy.parse;

import io.github.eksidentity.core.json.Position;

/// Something wrong with a trust document, found by reading it alone.
///
/// @param fault of which kind it is
/// @param consequence what it means for the document
/// @param at the element at fault
/// @param message what is wrong and what was expected, in one sentence
/// @param iamSays the error that IAM gives when such a document is saved, or what STS answers to
/// the pod; never empty
public record Problem(
    Fault fault, Consequence consequence, Position at, String message, String iamSays) {

  /// What is wrong, as far as different rules report it.
  public enum Fault {
    /// IAM refuses the document, or it allows nothing.
    INVALID,
    /// A statement for EKS Pod Identity lacks `sts:TagSession`.
    NO_TAG_SESSION,
    /// The control plane of EKS stands where the service of Pod Identity is meant.
    CONTROL_PLANE,
    /// A condition tests a key that does not exist.
    NO_SUCH_KEY,
    /// A policy variable has no documented form.
    MALFORMED_VARIABLE
  }

  /// What becomes of a document with a problem.
  public enum Consequence {
    /// IAM refuses to store it.
    REJECTED_BY_IAM,
    /// IAM stores it and it lets no pod in.
    ACCEPTED_BUT_DEAD
  }
}
