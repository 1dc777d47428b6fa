package io.github.eksidentity.snapshot;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;

/// Times as AWS writes them.
final class Times {
  private static final int MOST_DIGITS = 12;
  private static final int NANO_DIGITS = 9;

  private static final Instant AFTER_ALL = Instant.parse("+10000-01-01T00:00:00Z");

  private Times() {}

  /// A time in ISO 8601 of the years in which something can have happened.
  ///
  /// @throws DateTimeException if it is no time, or one before 1970 or after 9999
  static Instant parse(String text) {
    Instant time = Instant.parse(text);
    if (time.isBefore(Instant.EPOCH) || !time.isBefore(AFTER_ALL)) {
      throw new DateTimeException("no time that a snapshot can be of");
    }
    return time;
  }

  /// Seconds since 1970, with a fraction.
  ///
  /// @throws DateTimeException if it is no time, however large the number
  static Instant ofEpochSeconds(String number) {
    BigDecimal seconds = new BigDecimal(number);
    if (seconds.precision() - (long) seconds.scale() > MOST_DIGITS
        || Math.abs((long) seconds.scale()) > 1000) {
      throw new DateTimeException("too large");
    }
    BigDecimal whole = seconds.setScale(0, RoundingMode.FLOOR);
    BigDecimal nanos =
        seconds.subtract(whole).movePointRight(NANO_DIGITS).setScale(0, RoundingMode.FLOOR);
    return Instant.ofEpochSecond(whole.longValueExact(), nanos.longValueExact());
  }
}
