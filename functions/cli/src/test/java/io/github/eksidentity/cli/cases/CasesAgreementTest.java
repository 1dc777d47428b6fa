package io.github.eksidentity.cli.cases;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.eksidentity.core.audit.AuditContext;
import io.github.eksidentity.core.audit.Auditor;
import io.github.eksidentity.core.audit.MuteList;
import io.github.eksidentity.core.audit.Settings;
import io.github.eksidentity.core.explain.Agreement;
import io.github.eksidentity.core.facts.Inventory;
import io.github.eksidentity.core.rules.Rules;
import io.github.eksidentity.snapshot.Snapshot;
import io.github.eksidentity.snapshot.SnapshotException;
import io.github.eksidentity.snapshot.SnapshotReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What explain says of every service account of every case is what the audit says of it.
final class CasesAgreementTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /// Cases with an account of their own that the reader takes: the limits are timed elsewhere.
  static List<String> accounts() throws IOException {
    return CasesTest.ids().stream()
        .filter(id -> !id.startsWith("limits-") && !id.startsWith("sec-"))
        .filter(id -> Files.exists(CaseFolder.CASES.resolve(id).resolve("snapshot")))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("accounts")
  void explainAgreesWithTheAudit(String id, @TempDir Path work) throws Exception {
    Path folder = CaseFolder.CASES.resolve(id);
    JsonNode one = MAPPER.readTree(folder.resolve("case.json").toFile());
    CaseFolder.layOut(one, folder, work);
    Snapshot snapshot;
    try {
      snapshot = SnapshotReader.read(work.resolve("snapshot"), false);
    } catch (SnapshotException _) {
      return;
    }
    Inventory inventory = snapshot.inventory();
    AuditContext context =
        AuditContext.of(inventory, Settings.DEFAULTS, Instant.parse("2026-11-20T06:00:00Z"));
    List<String> faults =
        Agreement.faults(
            context, new Auditor(Rules.all()).audit(context, new MuteList(List.of(), Set.of())));
    assertEquals(List.of(), faults, () -> String.join("\n", faults));
  }
}
