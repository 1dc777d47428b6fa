package io.github.eksidentity.core.drift;

import java.util.List;

/// Does not believe a run that would resolve a large part of an account at once: a mistake in
/// reading looks just like that. What the run before held and this run says again is believed.
final class CircuitBreaker {
  private CircuitBreaker() {}

  /// The steps, with the resolutions held where there are too many that nothing confirms.
  ///
  /// @param open how many findings of the account are open or unverified
  static List<FindingProgress> hold(
      List<FindingProgress> steps, int open, DriftSettings settings, RunId run) {
    int unconfirmed = (int) steps.stream().filter(step -> isUnconfirmed(step, run)).count();
    if (!settings.trips(unconfirmed, open)) {
      return steps;
    }
    return steps.stream().map(step -> isUnconfirmed(step, run) ? step.held(run) : step).toList();
  }

  /// What this same run held, before it died, is not confirmed by its retry.
  private static boolean isUnconfirmed(FindingProgress step, RunId run) {
    return step.resolves()
        && step.stored().flatMap(FindingState::heldBy).map(run::equals).orElse(true);
  }
}
