package io.github.eksidentity.cli;

import io.github.eksidentity.core.audit.Settings;
import io.github.eksidentity.snapshot.Snapshot;
import io.github.eksidentity.snapshot.SnapshotReader;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/// What a snapshot is made from: a live account, or another snapshot.
final class SnapshotSource {
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

  /// Refuses what makes no sense together.
  void check(CommandLine command) {
    source.check(command);
    if (snapshot != null && source.given()) {
      throw new ParameterException(
          command,
          "--snapshot reads files; --profile, --region, --role-arn, --external-id,"
              + " --endpoint-url, --clusters, --kubeconfig and --trail are for live accounts.");
    }
    if (snapshot == null && tolerateErrors) {
      throw new ParameterException(command, "--tolerate-errors is for --snapshot.");
    }
  }

  /// Everything that can be read. What comes from a snapshot was taken when that was.
  Snapshot read(Console console, TalkOptions talk) {
    return snapshot == null
        ? new Snapshot(
            LiveAccount.read(source, Settings.DEFAULTS, console, talk.showsProgress(console)),
            Optional.of(Instant.now().truncatedTo(ChronoUnit.SECONDS)))
        : SnapshotReader.read(console.path(snapshot), tolerateErrors);
  }
}
