package io.github.eksidentity.core.policy.admit;

/// How much work an answer may still take. A document that IAM stores can have patterns whose
/// overlaps are as many as the stars; who asks gets Unknown then, and gets it soon.
///
/// One unit is some nanoseconds of a processor, before the code is compiled well.
final class Work {
  /// Who gets in by one statement through one provider: an audit asks it of every role.
  static final long ADMISSION = 6_000_000;

  /// What changes between two policies, over all ways in.
  static final long COMPARISON = 60_000_000;

  private long left;

  Work(long most) {
    this.left = most;
  }

  /// Takes some of it; false, from then on, where there is not so much left.
  boolean spend(long units) {
    left = units > left ? -1 : left - units;
    return left >= 0;
  }

  /// Whether there was not enough.
  boolean exhausted() {
    return left < 0;
  }
}
