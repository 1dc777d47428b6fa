package io.github.eksidentity.cli.command;

import io.github.eksidentity.cli.store.RecordedAudit;
import io.github.eksidentity.cli.store.StoreOptions;
import io.github.eksidentity.core.audit.AuditContext;
import io.github.eksidentity.core.audit.Auditor;
import io.github.eksidentity.core.audit.Settings;
import io.github.eksidentity.core.drift.Digest;
import io.github.eksidentity.core.drift.LoggedStore;
import io.github.eksidentity.core.drift.Observed;
import io.github.eksidentity.core.drift.RunScope;
import io.github.eksidentity.core.rules.Rules;
import io.github.eksidentity.report.alert.AlertMail;
import io.github.eksidentity.report.alert.FindingsPlace;
import io.github.eksidentity.report.page.TextOptions;
import io.github.eksidentity.report.text.RunText;
import io.github.eksidentity.snapshot.Snapshot;
import io.github.eksidentity.snapshot.SnapshotFiles;
import io.github.eksidentity.snapshot.SnapshotReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The demo's account on two days: on the second one fault is mended, one is made, a role is given
/// to another service account, and one region is no longer read.
final class DemoDays {
  private static final Duration A_DAY = Duration.ofDays(1);
  private static final String LOST_REGION = "regions/us-east-1/";

  /// What somebody changed overnight.
  private record Edit(String file, String old, String current) {}

  private static final List<Edit> OVERNIGHT =
      List.of(
          new Edit(
              "authorization-details.json",
              "arn:aws:iam::aws:policy/AdministratorAccess",
              "arn:aws:iam::aws:policy/AmazonEKSClusterPolicy"),
          new Edit(
              "authorization-details.json",
              "system:serviceaccount:argocd:bootstrap\"",
              "system:serviceaccount:argocd:installer\""),
          new Edit(
              "open-id-connect-providers/prod-eu.json",
              "\"sts.amazonaws.com\"",
              "\"sts.amazonaws.com.cn\""));

  private final LoggedStore store = new LoggedStore(_ -> {});
  private final SnapshotFiles files;

  /// @param files of the first day
  DemoDays(SnapshotFiles files) {
    this.files = files;
  }

  /// What the two runs change, and the mail after the second.
  String told(TextOptions options) {
    Snapshot first = SnapshotReader.read(files, false);
    Instant at = first.takenAt().orElse(Instant.EPOCH);
    RecordedAudit one = record(first, at);
    RecordedAudit two = record(SnapshotReader.read(nextDay(), false), at.plus(A_DAY));
    return RunText.summary(one.recorded(), options)
        + "\nThe next day\n"
        + RunText.summary(two.recorded(), options)
        + "\nThe mail about it\n\n"
        + AlertMail.of(
                Digest.of(store, two.recorded().run()), new FindingsPlace.Option(Optional.empty()))
            .orElse("")
            .indent(2);
  }

  private RecordedAudit record(Snapshot facts, Instant at) {
    Auditor auditor = new Auditor(Rules.all());
    return RecordedAudit.of(
        new StoreOptions.Open(store, Duration.ZERO, () -> {}),
        facts.inventory().account().id(),
        at,
        RunScope.ALL,
        Settings.DEFAULTS,
        (now, mutes) ->
            Observed.of(
                auditor, AuditContext.of(facts.inventory(), Settings.DEFAULTS, now), mutes));
  }

  private SnapshotFiles nextDay() {
    Map<String, byte[]> next = new HashMap<>();
    for (String name : files.names()) {
      if (!name.startsWith(LOST_REGION)) {
        next.put(name, files.read(name));
      }
    }
    for (Edit edit : OVERNIGHT) {
      next.computeIfPresent(edit.file(), (_, bytes) -> edited(bytes, edit));
    }
    next.put(
        "errors.json",
        bytes(
            """
            [{"scope": "eks/us-east-1", "error": "AccessDeniedException",
              "message": "not authorized to perform: eks:ListClusters"}]
            """));
    return SnapshotFiles.of(next);
  }

  private static byte[] edited(byte[] content, Edit edit) {
    return bytes(new String(content, StandardCharsets.UTF_8).replace(edit.old(), edit.current()));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
