package io.github.eksidentity.core.policy.evaluate;

import io.github.eksidentity.core.policy.tree.Truth;

/// Whether one element of a statement holds, and why.
///
/// @param why one sentence without a full stop; empty only where nothing is to be explained
public record ReasonedTruth(Truth truth, String why) {
  static ReasonedTruth unknown(String why) {
    return new ReasonedTruth(Truth.UNKNOWN, why);
  }

  ReasonedTruth not() {
    return new ReasonedTruth(truth.not(), why);
  }

  /// The stronger of the two.
  ReasonedTruth or(ReasonedTruth other) {
    return other.truth.compareTo(truth) > 0 ? other : this;
  }

  ReasonedTruth withTruth(Truth other) {
    return new ReasonedTruth(other, why);
  }
}
