package io.github.eksidentity.dynamodb;

import io.github.eksidentity.core.audit.Finding;
import io.github.eksidentity.core.drift.Run;
import io.github.eksidentity.core.drift.RunId;
import io.github.eksidentity.core.drift.TransitionKind;
import io.github.eksidentity.core.facts.Scope;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// Where an item is in the table.
record Key(String pk, String sk) {
  static final String PK = "PK";
  static final String SK = "SK";
  static final String LEASES = "LEASE";
  static final String MUTES = "MUTE";
  static final String FINDING = "FIND#";
  static final String EVENT = "EVT#";
  static final String SCOPE = "SCOPE#";
  static final String RUN = "RUN#";

  /// Stands where there is no cluster or no region.
  static final String NONE = "-";

  private static final String ACCOUNT = "ACCT#";

  /// Always nine digits of a second, so that the order of the texts is the order of the times.
  private static final DateTimeFormatter SORTABLE =
      new DateTimeFormatterBuilder().appendInstant(9).toFormatter(Locale.ROOT);

  /// A sort key has at most 1,024 bytes; nothing that AWS names comes near.
  private static final int LONGEST = 300;

  static String account(String account) {
    return ACCOUNT + name(account);
  }

  static String run(RunId run) {
    return RUN + run;
  }

  static Key of(Finding finding) {
    return new Key(
        account(finding.account()),
        FINDING
            + join(
                name(finding.region()),
                finding.cluster().map(Key::name).orElse(NONE),
                name(finding.id())));
  }

  static Key of(Run run) {
    return run(run.account(), run.now(), run.id().value());
  }

  /// @param now the run's
  static Key run(String account, Instant now, String id) {
    return new Key(account(account), RUN + join(sortable(now), id));
  }

  static Key event(RunId run, String finding, TransitionKind kind) {
    return new Key(run(run), EVENT + join(name(finding), kind.id()));
  }

  static Key scope(Run run, Scope scope) {
    return new Key(
        run(run.id()),
        SCOPE
            + join(
                name(run.account()),
                scope.region().map(Key::name).orElse(NONE),
                scope.cluster().map(Key::name).orElse(NONE),
                scope.kind().id()));
  }

  static Key lease(String account) {
    return new Key(LEASES, account(account));
  }

  static Key mute(String id) {
    return new Key(MUTES, name(id));
  }

  static Key of(Map<String, AttributeValue> item) {
    return new Key(Items.text(item, PK), Items.text(item, SK));
  }

  /// A time whose text order is its order.
  static String sortable(Instant time) {
    return SORTABLE.format(time);
  }

  static String join(String... parts) {
    return String.join("#", parts);
  }

  /// A name as a part of a key: it cannot be taken for two parts, and it fits.
  static String name(String name) {
    String text = wellFormed(name).replace("%", "%25").replace("#", "%23");
    return text.length() <= LONGEST
        ? text
        : text.substring(0, LONGEST / 2).replaceAll("\\p{Cs}", "?")
            + "~"
            + UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
  }

  /// The text with `?` for each half of a surrogate pair that stands alone, which UTF-8 cannot
  /// hold.
  static String wellFormed(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }

  Map<String, AttributeValue> attributes() {
    return Map.of(PK, AttributeValue.fromS(pk), SK, AttributeValue.fromS(sk));
  }
}
