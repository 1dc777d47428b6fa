package io.github.eksidentity.cli;

import io.github.eksidentity.core.audit.Assessment;
import io.github.eksidentity.core.audit.Severity;
import io.github.eksidentity.report.JsonReport;
import io.github.eksidentity.report.ReportDiff;
import io.github.eksidentity.report.SavedReport;
import io.github.eksidentity.snapshot.Snapshot;
import io.github.eksidentity.snapshot.SnapshotReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Compares two states of one account.
@Command(
    name = "diff",
    mixinStandardHelpOptions = true,
    description = {
      "Says what changed between two snapshots, or two JSON outputs of audit.",
      "Findings opened, changed, resolved or not verified, and scopes read better or worse."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  eks-identity diff monday.zip tuesday.zip",
      "  eks-identity diff monday.json tuesday.json",
      "",
      "Exit codes: 0 nothing of severity medium or worse is new or has become worse, 1 the tool"
          + " failed,",
      "2 wrong command line, 3 something is."
    })
final class DiffCommand implements Callable<Integer> {
  private final Console console;

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private RuleOptions rules = new RuleOptions();

  @Parameters(index = "0", paramLabel = "BEFORE", description = "Snapshot or JSON output.")
  private String before = "";

  @Parameters(index = "1", paramLabel = "AFTER", description = "Snapshot or JSON output.")
  private String after = "";

  @Option(names = "--no-color", description = "No colours; also NO_COLOR=1.")
  private boolean noColor;

  DiffCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    SavedReport old = report(before);
    SavedReport current = report(after);
    if (!old.account().equals(current.account())) {
      throw new Failure(
          before
              + " is of account "
              + old.account()
              + " and "
              + after
              + " of account "
              + current.account()
              + "; only two states of one account can be compared.");
    }
    ReportDiff diff = ReportDiff.of(old, current);
    console.print(diff.text(console.width(), console.colour() && !noColor));
    return diff.worse(Severity.MEDIUM) ? Exit.FINDINGS : Exit.OK;
  }

  private SavedReport report(String name) {
    Path path = console.path(name);
    try {
      return SavedReport.read(
          isReport(path)
              ? Files.readAllBytes(path)
              : audited(path).getBytes(StandardCharsets.UTF_8));
    } catch (SavedReport.NotAReport e) {
      throw new Failure(name + " cannot be compared: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new Failure(Inputs.unreadable(name, e), e);
    }
  }

  /// A zip begins with PK; everything else that is a file should be a report.
  private static boolean isReport(Path path) throws IOException {
    if (!Files.isRegularFile(path)) {
      return false;
    }
    try (InputStream stream = Files.newInputStream(path)) {
      return stream.read() != 'P' || stream.read() != 'K';
    }
  }

  private String audited(Path path) {
    Snapshot snapshot = SnapshotReader.read(path, false);
    Assessment assessment =
        rules
            .auditor(spec.commandLine())
            .audit(
                snapshot.inventory(),
                rules.settings(console),
                snapshot.takenAt().orElseGet(Instant::now));
    return JsonReport.render(assessment);
  }
}
