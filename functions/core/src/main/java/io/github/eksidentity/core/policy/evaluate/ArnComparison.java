package io.github.eksidentity.core.policy.evaluate;

import io.github.eksidentity.core.policy.tree.Glob;
import io.github.eksidentity.core.policy.tree.Truth;
import java.util.List;

/// Compares ARNs component by component: no wildcard of the first five crosses a colon. ArnEquals
/// and ArnLike do the same.
///
/// Documented at
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html>,
/// ARN condition operators.
final class ArnComparison {
  private static final int COMPONENTS = 6;

  private ArnComparison() {}

  /// Unknown where one of them has fewer than the six components of an ARN: what then happens is
  /// not documented.
  static Truth matches(Glob pattern, String actual) {
    List<Glob> wanted = pattern.split(':', COMPONENTS);
    String[] parts = actual.split(":", COMPONENTS);
    if (wanted.size() < COMPONENTS || parts.length < COMPONENTS) {
      return Truth.UNKNOWN;
    }
    for (int i = 0; i < COMPONENTS; i++) {
      if (!wanted.get(i).matches(parts[i])) {
        return Truth.NO;
      }
    }
    return Truth.YES;
  }
}
