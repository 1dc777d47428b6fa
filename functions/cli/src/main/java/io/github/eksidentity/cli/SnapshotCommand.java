package io.github.eksidentity.cli;

import io.github.eksidentity.core.audit.Settings;
import io.github.eksidentity.core.facts.Inventory;
import io.github.eksidentity.snapshot.Snapshot;
import io.github.eksidentity.snapshot.SnapshotWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Reads a live account into files.
@Command(
    name = "snapshot",
    mixinStandardHelpOptions = true,
    description = "Reads a live account into a directory or a zip, for audits without credentials.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  eks-identity snapshot account.zip --profile prod",
      "  eks-identity snapshot account --region eu-west-1",
      "  eks-identity audit --snapshot account.zip"
    })
final class SnapshotCommand implements Callable<Integer> {
  private final Console console;

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private SourceOptions source = new SourceOptions();
  @Mixin private TalkOptions talk = new TalkOptions();

  @Parameters(
      paramLabel = "PATH",
      description =
          "Where to: a zip where it ends in .zip, otherwise a directory. Nothing is overwritten.")
  private String target = "";

  SnapshotCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    source.check(spec.commandLine());
    Path path = console.path(target);
    boolean zip = target.toLowerCase(Locale.ROOT).endsWith(".zip");
    refuseToOverwrite(path);
    Inventory inventory =
        LiveAccount.read(source, Settings.DEFAULTS, console, talk.showsProgress(console));
    Snapshot snapshot =
        new Snapshot(inventory, Optional.of(Instant.now().truncatedTo(ChronoUnit.SECONDS)));
    if (zip) {
      SnapshotWriter.writeZip(snapshot, path);
    } else {
      SnapshotWriter.writeDirectory(snapshot, path);
    }
    return Exit.OK;
  }

  private void refuseToOverwrite(Path path) {
    if (Files.isDirectory(path)) {
      try (Stream<Path> children = Files.list(path)) {
        if (children.findAny().isPresent()) {
          throw new Failure(target + " is there already and not empty; name another place.");
        }
      } catch (IOException e) {
        throw new Failure(Inputs.unreadable(target, e), e);
      }
    } else if (Files.exists(path)) {
      throw new Failure(target + " is there already; name another place.");
    }
  }
}
