package io.github.eksidentity.core.drift;

import java.time.Instant;
import java.util.regex.Pattern;

/// The name of one audit of one account. Whoever asks for the same audit again uses the same id, so
/// that a retry is the same run.
///
/// @param value 1 to 200 letters, digits and `. _ : -`
public record RunId(String value) implements Comparable<RunId> {
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9._:-]{1,200}");

  public RunId {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "a run id is 1 to 200 letters, digits, dots, colons, underscores and hyphens");
    }
  }

  /// The run of an event: one event may ask for several accounts.
  public static RunId ofEvent(String eventId, String account) {
    return new RunId(eventId + "-" + account);
  }

  /// The run of an audit that no event asked for.
  ///
  /// @param now the time that the audit takes as now
  public static RunId of(String account, Instant now) {
    return new RunId(account + "-" + now);
  }

  @Override
  public int compareTo(RunId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
