package io.github.eksidentity.core.policy.evaluate;

import io.github.eksidentity.core.policy.tree.LetterCase;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Reads the typed values of conditions; empty where a text is no such value.
public final class TypedValue {
  private static final int LONGEST_NUMBER = 64;
  private static final Pattern NUMBER = Pattern.compile("[+-]?[0-9]+(\\.[0-9]+)?");
  private static final Pattern EPOCH_SECONDS = Pattern.compile("[0-9]{1,11}");
  private static final Pattern YEAR = Pattern.compile("[0-9]{4}");
  private static final Pattern YEAR_MONTH = Pattern.compile("[0-9]{4}-[0-9]{2}");
  private static final Pattern DATE = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");
  private static final Pattern DATE_TIME =
      Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2}([.][0-9]{1,9})?)?");

  private TypedValue() {}

  /// A whole or decimal number.
  public static Optional<BigDecimal> number(String text) {
    return text.length() <= LONGEST_NUMBER && NUMBER.matcher(text).matches()
        ? Optional.of(new BigDecimal(text))
        : Optional.empty();
  }

  static Optional<Boolean> bool(String text) {
    return switch (LetterCase.foldAscii(text)) {
      case "true" -> Optional.of(true);
      case "false" -> Optional.of(false);
      default -> Optional.empty();
    };
  }

  /// The bytes of a base64 text, as a list so that they compare by value.
  static Optional<List<Byte>> binary(String text) {
    try {
      byte[] bytes = Base64.getDecoder().decode(text);
      Byte[] boxed = new Byte[bytes.length];
      Arrays.setAll(boxed, i -> bytes[i]);
      return Optional.of(List.of(boxed));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  /// A date in one of the forms of W3C's profile of ISO 8601, or in seconds since 1970. Four digits
  /// are both, and which of them IAM takes is not documented.
  ///
  /// Documented at <https://www.w3.org/TR/NOTE-datetime>.
  ///
  /// @return every moment that the text may mean, empty where it is no date
  public static Set<Instant> dates(String text) {
    try {
      if (YEAR.matcher(text).matches()) {
        return Set.of(
            startOf(LocalDate.of(Integer.parseInt(text), 1, 1)),
            Instant.ofEpochSecond(Long.parseLong(text)));
      }
      return Set.of(date(text));
    } catch (DateTimeException _) {
      return Set.of();
    }
  }

  private static Instant date(String text) {
    if (EPOCH_SECONDS.matcher(text).matches()) {
      return Instant.ofEpochSecond(Long.parseLong(text));
    }
    if (YEAR_MONTH.matcher(text).matches()) {
      return startOf(YearMonth.parse(text).atDay(1));
    }
    if (DATE.matcher(text).matches()) {
      return startOf(LocalDate.parse(text));
    }
    return DATE_TIME.matcher(text).matches()
        ? LocalDateTime.parse(text).toInstant(ZoneOffset.UTC)
        : OffsetDateTime.parse(text).toInstant();
  }

  private static Instant startOf(LocalDate day) {
    return day.atStartOfDay(ZoneOffset.UTC).toInstant();
  }
}
