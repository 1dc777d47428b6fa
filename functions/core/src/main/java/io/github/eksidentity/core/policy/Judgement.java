package io.github.eksidentity.core.policy;

/// Whether one element of a statement holds, and why.
///
/// @param why one sentence without a full stop; empty only where nothing is to be explained
record Judgement(Truth truth, String why) {
  static Judgement unknown(String why) {
    return new Judgement(Truth.UNKNOWN, why);
  }

  Judgement not() {
    return new Judgement(truth.not(), why);
  }

  Judgement withTruth(Truth other) {
    return new Judgement(other, why);
  }
}
