package io.github.eksidentity.cli;

import io.github.eksidentity.core.access.AccessGraph;
import io.github.eksidentity.core.access.EdgeChanges;
import io.github.eksidentity.core.audit.Assessment;
import io.github.eksidentity.core.audit.AuditContext;
import io.github.eksidentity.core.audit.Settings;
import io.github.eksidentity.core.audit.Severity;
import io.github.eksidentity.report.EdgeChangesText;
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
import java.util.Optional;
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
      "Findings opened, changed, resolved or not verified, and scopes read better or worse;",
      "of two snapshots also the ways from service accounts to roles that came or went."
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
  private static final String NO_EDGES =
      """

      Access: not compared, because the JSON output of audit holds no edges. Snapshots do.
      """;

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
    Side old = side(before);
    Side current = side(after);
    if (!old.report().account().equals(current.report().account())) {
      throw new Failure(
          before
              + " is of account "
              + old.report().account()
              + " and "
              + after
              + " of account "
              + current.report().account()
              + "; only two states of one account can be compared.");
    }
    ReportDiff diff = ReportDiff.of(old.report(), current.report());
    boolean colour = console.colour() && !noColor;
    console.print(diff.text(console.width(), colour) + edges(old, current, colour));
    return diff.worse(Severity.MEDIUM) ? Exit.FINDINGS : Exit.OK;
  }

  /// One of the two states.
  ///
  /// @param edges empty for a report, which does not hold them
  private record Side(SavedReport report, Optional<EdgeChanges.State> edges) {}

  private String edges(Side old, Side current, boolean colour) {
    return old.edges()
        .flatMap(then -> current.edges().map(now -> EdgeChanges.of(then, now)))
        .map(changes -> EdgeChangesText.render(changes, console.width(), colour))
        .orElse(NO_EDGES);
  }

  private Side side(String name) {
    Path path = console.path(name);
    try {
      return isReport(path)
          ? new Side(SavedReport.read(Files.readAllBytes(path)), Optional.empty())
          : audited(path);
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

  private Side audited(Path path) throws SavedReport.NotAReport {
    Snapshot snapshot = SnapshotReader.read(path, false);
    Settings settings = rules.settings(console);
    Instant at = snapshot.takenAt().orElseGet(Instant::now);
    Assessment assessment =
        rules.auditor(spec.commandLine()).audit(snapshot.inventory(), settings, at);
    AuditContext context = AuditContext.of(snapshot.inventory(), settings, at);
    return new Side(
        SavedReport.read(JsonReport.render(assessment).getBytes(StandardCharsets.UTF_8)),
        Optional.of(
            new EdgeChanges.State(snapshot.inventory(), AccessGraph.of(context, assessment))));
  }
}
