package io.github.eksidentity.core.audit;

import io.github.eksidentity.core.json.Position;
import io.github.eksidentity.core.policy.tree.Condition;
import io.github.eksidentity.core.policy.tree.Statement;
import io.github.eksidentity.core.policy.tree.Text;
import java.util.Comparator;
import java.util.Optional;

/// One exact observation behind a finding.
///
/// @param summary the observation in one sentence; stable from run to run: no ages, counts of pods
/// or dates of use
/// @param statement index of the trust policy's statement, from 0
/// @param key condition key or element at fault
/// @param value what stands there
/// @param claim what a pod would present instead
/// @param nearest the nearest thing that exists or would match
/// @param at where it stands in the trust document
/// @param stable whether the observation's texts stay the same while nothing but time passes; where
/// they do not, as counts and ages, a difference from run to run is not a change of the finding
public record Evidence(
    String summary,
    Optional<Integer> statement,
    Optional<String> key,
    Optional<String> value,
    Optional<String> claim,
    Optional<String> nearest,
    Optional<Position> at,
    boolean stable) {
  /// An order that is the same from run to run.
  static final Comparator<Evidence> BY_SUMMARY =
      Comparator.comparing(Evidence::summary)
          .thenComparing(evidence -> evidence.key().orElse(""))
          .thenComparing(evidence -> evidence.value().orElse(""));

  /// An observation that is not about a statement.
  public static Evidence of(String summary) {
    return new Evidence(
        summary,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        true);
  }

  /// An observation about a statement as a whole.
  public static Evidence in(Statement statement, String summary) {
    return of(summary).withStatement(statement.index()).withAt(statement.at());
  }

  /// An observation about one value of a condition.
  public static Evidence in(Statement statement, Condition condition, Text value, String summary) {
    return of(summary)
        .withStatement(statement.index())
        .withKey(condition.key())
        .withValue(value.value())
        .withAt(value.at());
  }

  /// An observation about a condition's key.
  public static Evidence in(Statement statement, Condition condition, String summary) {
    return of(summary)
        .withStatement(statement.index())
        .withKey(condition.key())
        .withAt(condition.keyAt());
  }

  public Evidence withStatement(int index) {
    return new Evidence(summary, Optional.of(index), key, value, claim, nearest, at, stable);
  }

  public Evidence withKey(String text) {
    return new Evidence(summary, statement, Optional.of(text), value, claim, nearest, at, stable);
  }

  public Evidence withValue(String text) {
    return new Evidence(summary, statement, key, Optional.of(text), claim, nearest, at, stable);
  }

  public Evidence withClaim(String text) {
    return new Evidence(summary, statement, key, value, Optional.of(text), nearest, at, stable);
  }

  public Evidence withNearest(String text) {
    return new Evidence(summary, statement, key, value, claim, Optional.of(text), at, stable);
  }

  public Evidence withAt(Position position) {
    return new Evidence(
        summary, statement, key, value, claim, nearest, Optional.of(position), stable);
  }

  /// The same observation, said to differ from run to run without anything having changed.
  public Evidence passing() {
    return new Evidence(summary, statement, key, value, claim, nearest, at, false);
  }
}
