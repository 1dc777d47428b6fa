package io.github.eksidentity.cli.command;

import io.github.eksidentity.cli.account.SnapshotSource;
import io.github.eksidentity.cli.account.TalkOptions;
import io.github.eksidentity.cli.console.Console;
import io.github.eksidentity.cli.console.Exit;
import io.github.eksidentity.cli.console.Failure;
import io.github.eksidentity.cli.console.Inputs;
import io.github.eksidentity.core.redact.Redaction;
import io.github.eksidentity.snapshot.Snapshot;
import io.github.eksidentity.snapshot.SnapshotWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Reads an account into files, with its own names or with others.
@Command(
    name = "snapshot",
    mixinStandardHelpOptions = true,
    description = {
      "Reads a live account into a directory or a zip, for audits without credentials.",
      "With --redact it can be handed to somebody else."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  eks-identity snapshot account.zip --profile prod",
      "  eks-identity snapshot account --region eu-west-1",
      "  eks-identity audit --snapshot account.zip",
      "  eks-identity snapshot redacted.zip --redact --snapshot account.zip"
    })
public final class SnapshotCommand implements Callable<Integer> {
  private static final int SALT_BYTES = 32;

  private final Console console;

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private SnapshotSource source = new SnapshotSource();
  @Mixin private TalkOptions talk = new TalkOptions();

  @Parameters(
      paramLabel = "PATH",
      description =
          "Where to: a zip where it ends in .zip, otherwise a directory. Nothing is overwritten.")
  private String target = "";

  @Option(
      names = "--redact",
      description =
          "Replace account ids, names, hosts and addresses, each by the same pseudonym everywhere,"
              + " so that an audit finds the same. Nobody can tell them back.")
  private boolean redact;

  public SnapshotCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    source.check(spec.commandLine());
    Path path = console.path(target);
    boolean zip = target.toLowerCase(Locale.ROOT).endsWith(".zip");
    refuseToOverwrite(path);
    Snapshot facts = source.read(console, talk);
    Snapshot snapshot = redact ? redacted(facts) : facts;
    if (zip) {
      SnapshotWriter.writeZip(snapshot, path);
    } else {
      SnapshotWriter.writeDirectory(snapshot, path);
    }
    return Exit.OK;
  }

  /// The salt is forgotten at once, so that no guessed name can be tested.
  private static Snapshot redacted(Snapshot facts) {
    byte[] salt = new byte[SALT_BYTES];
    new SecureRandom().nextBytes(salt);
    return new Snapshot(Redaction.of(facts.inventory(), salt), facts.takenAt());
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
