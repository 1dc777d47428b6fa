package io.github.eksidentity.core.drift;

import io.github.eksidentity.core.audit.Settings;
import java.time.Duration;

/// Settings of the lifecycle. The defaults are [#DEFAULTS].
///
/// @param breakerPercent a run that would resolve more than this part of an account's open findings
/// and more than `breakerCount` is suspect, and its resolutions are held
/// @param breakerCount see `breakerPercent`
/// @param keepResolved how long a resolved finding is kept
public record DriftSettings(int breakerPercent, int breakerCount, Duration keepResolved) {
  /// More than 30 % and more than 10; 90 days.
  public static final DriftSettings DEFAULTS = new DriftSettings(30, 10, Duration.ofDays(90));

  /// What the user has set.
  public static DriftSettings of(Settings settings) {
    return new DriftSettings(
        settings.suspectPercent(), settings.suspectCount(), DEFAULTS.keepResolved());
  }

  public DriftSettings {
    if (breakerPercent < 0 || breakerPercent > 100 || breakerCount < 0) {
      throw new IllegalArgumentException("a percentage from 0 to 100 and a count from 0");
    }
    if (keepResolved.isNegative()) {
      throw new IllegalArgumentException("resolved findings are kept for a time from 0");
    }
  }

  /// Whether so many resolutions are more than one run is believed.
  boolean trips(int resolutions, int open) {
    return resolutions > breakerCount && 100L * resolutions > (long) breakerPercent * open;
  }
}
