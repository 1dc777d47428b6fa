package io.github.eksidentity.snapshot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.github.eksidentity.core.audit.Assessment;
import io.github.eksidentity.core.audit.Auditor;
import io.github.eksidentity.core.audit.Settings;
import io.github.eksidentity.core.facts.Inventory;
import io.github.eksidentity.core.redact.Redaction;
import io.github.eksidentity.core.rules.Rules;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.NavigableMap;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Redaction holds for inventories that are as odd as they can be.
class RedactedSnapshotTest {
  private static final byte[] SALT = {1, 2, 3};
  private static final Instant NOW = Instant.parse("2026-11-20T06:00:00Z");

  static LongStream seeds() {
    return LongStream.range(0, 100);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void itIsAuditedAlikeAndReadsBack(long seed) {
    Snapshot snapshot = new RandomInventory(seed).snapshot();
    Inventory redacted = Redaction.of(snapshot.inventory(), SALT);
    assertEquals(verdicts(snapshot.inventory()), verdicts(redacted));
    assertEquals(redacted, Redaction.of(snapshot.inventory(), SALT));

    NavigableMap<String, byte[]> files =
        SnapshotWriter.files(new Snapshot(redacted, snapshot.takenAt()));
    Snapshot read = SnapshotReader.read(SnapshotFiles.of(files), false);
    assertEquals(redacted.sorted(), read.inventory().sorted());
    files.forEach(
        (name, bytes) ->
            assertFalse(
                new String(bytes, StandardCharsets.UTF_8)
                    .contains(snapshot.inventory().account().id()),
                name));
  }

  private static List<String> verdicts(Inventory inventory) {
    Assessment assessment = new Auditor(Rules.all()).audit(inventory, Settings.DEFAULTS, NOW);
    return Stream.concat(
            assessment.findings().stream().map(one -> one.rule() + " " + one.severity()),
            assessment.undecided().stream().map(one -> one.rule() + " undecided"))
        .sorted()
        .toList();
  }
}
