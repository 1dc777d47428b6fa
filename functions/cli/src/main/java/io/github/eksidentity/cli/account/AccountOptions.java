package io.github.eksidentity.cli.account;

import io.github.eksidentity.cli.console.Console;
import io.github.eksidentity.cli.store.TableAccess;
import io.github.eksidentity.core.audit.AuditContext;
import io.github.eksidentity.core.audit.Auditor;
import io.github.eksidentity.core.audit.Settings;
import io.github.eksidentity.snapshot.Snapshot;
import io.github.eksidentity.snapshot.SnapshotReader;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/// Which account is looked at, live or in files, and as of when.
public final class AccountOptions {
  @Mixin private SourceOptions source = new SourceOptions();

  @Option(
      names = "--snapshot",
      paramLabel = "PATH",
      description =
          "Read this directory or zip instead of a live account; no credentials are used.")
  private @Nullable String snapshot;

  @Option(
      names = "--tolerate-errors",
      description = "A broken file of the snapshot fails its scope instead of the command.")
  private boolean tolerateErrors;

  @Option(
      names = "--now",
      paramLabel = "TIME",
      description =
          "The time to take as now, as 2026-11-20T06:00:00Z. Of a snapshot, by default the time"
              + " when it was taken.")
  private @Nullable String now;

  /// Reads the account and audits it.
  ///
  /// @throws ParameterException where the options make no sense together
  public Audited audit(CommandLine command, Console console, RuleOptions rules, TalkOptions talk) {
    check(command);
    Optional<Instant> asked = now(command);
    Auditor auditor = rules.auditor(command);
    Settings settings = rules.settings(console);
    rules.refuseNone(command, settings);
    Snapshot facts = facts(console, settings, asked, talk);
    Instant at = asked.or(facts::takenAt).orElseGet(Instant::now);
    return Audited.of(auditor, AuditContext.of(facts.inventory(), settings, at));
  }

  /// The table of a store is reached with the same profile. Its region and endpoint are found as
  /// the SDK finds them, since the audit's are those of what is audited.
  public TableAccess table() {
    return new TableAccess(source.profile(), Optional.empty(), Optional.empty());
  }

  /// The regions of a live account that were asked for, none for all.
  public List<String> regions() {
    return source.regions();
  }

  /// The time that was asked for.
  public Optional<Instant> now(CommandLine command) {
    return TimeOption.parse(command, now);
  }

  /// Refuses what makes no sense together.
  public void check(CommandLine command) {
    source.checkBeside(command, "audits", snapshot, tolerateErrors);
  }

  /// Everything that can be read of the account.
  ///
  /// @param settings of the rules that will look at it
  /// @param asked the time that was asked for
  public Snapshot facts(
      Console console, Settings settings, Optional<Instant> asked, TalkOptions talk) {
    if (snapshot != null) {
      return SnapshotReader.read(console.path(snapshot), tolerateErrors);
    }
    Instant at = asked.orElseGet(Instant::now);
    return new Snapshot(
        LiveAccount.read(source, settings, at, console, talk.showsProgress(console)),
        Optional.of(at));
  }
}
