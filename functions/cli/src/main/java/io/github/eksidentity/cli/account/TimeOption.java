package io.github.eksidentity.cli.account;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/// The time that is compared with dates.
public final class TimeOption {
  private static final Instant AFTER_ALL = Instant.parse("+10000-01-01T00:00:00Z");

  @Option(
      names = "--now",
      paramLabel = "TIME",
      description = "The time to take as now, as 2026-11-20T06:00:00Z.")
  private @Nullable String now;

  /// The time that was given, or the clock's.
  public Instant now(CommandLine command) {
    return parse(command, now).orElseGet(Instant::now);
  }

  /// The time that a value of `--now` says.
  static Optional<Instant> parse(CommandLine command, @Nullable String value) {
    try {
      Optional<Instant> time = Optional.ofNullable(value).map(Instant::parse);
      if (time.filter(at -> at.isBefore(Instant.EPOCH) || !at.isBefore(AFTER_ALL)).isPresent()) {
        throw new ParameterException(
            command, "--now needs a time between 1970 and 9999, not " + value);
      }
      return time;
    } catch (DateTimeParseException _) {
      throw new ParameterException(
          command, "--now needs a time such as 2026-11-20T06:00:00Z, not " + value);
    }
  }
}
