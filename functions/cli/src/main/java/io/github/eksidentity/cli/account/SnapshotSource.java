package io.github.eksidentity.cli.account;

import static java.time.temporal.ChronoUnit.SECONDS;

import io.github.eksidentity.cli.console.Console;
import io.github.eksidentity.core.audit.Settings;
import io.github.eksidentity.core.facts.Inventory;
import io.github.eksidentity.snapshot.Snapshot;
import io.github.eksidentity.snapshot.SnapshotReader;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// What a snapshot is made from: a live account, or another snapshot.
public final class SnapshotSource {
  @Mixin private SourceOptions source = new SourceOptions();

  @Option(
      names = "--snapshot",
      paramLabel = "PATH",
      description =
          "Make it from this directory or zip instead of a live account; no credentials are used.")
  private @Nullable String snapshot;

  @Option(
      names = "--tolerate-errors",
      description = "A broken file of that snapshot fails its scope instead of the command.")
  private boolean tolerateErrors;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "Settings in YAML, which say how far back --trail goes; without it ./"
              + SettingsFile.DEFAULT_NAME
              + " if it is there.")
  private @Nullable String config;

  /// Refuses what makes no sense together.
  public void check(CommandLine command) {
    source.checkBeside(command, "reads", snapshot, tolerateErrors);
  }

  /// Everything that can be read. What comes from a snapshot was taken when that was.
  public Snapshot read(Console console, TalkOptions talk) {
    if (snapshot != null) {
      return SnapshotReader.read(console.path(snapshot), tolerateErrors);
    }
    Instant now = Instant.now().truncatedTo(SECONDS);
    return new Snapshot(live(console, now, talk), Optional.of(now));
  }

  /// Only the trail's length is set for it, so no settings are read without one.
  private Inventory live(Console console, Instant now, TalkOptions talk) {
    Settings settings =
        source.trail()
            ? SettingsFile.read(console, Optional.ofNullable(config))
            : Settings.DEFAULTS;
    return LiveAccount.read(source, settings, now, console, talk.showsProgress(console));
  }
}
