package io.github.eksidentity.cli.command;

import io.github.eksidentity.cli.account.Audited;
import io.github.eksidentity.cli.account.RuleOptions;
import io.github.eksidentity.cli.console.Console;
import io.github.eksidentity.cli.console.Exit;
import io.github.eksidentity.cli.console.Failure;
import io.github.eksidentity.cli.console.Inputs;
import io.github.eksidentity.cli.output.ColourOption;
import io.github.eksidentity.core.access.EdgeChanges;
import io.github.eksidentity.core.audit.AuditContext;
import io.github.eksidentity.core.audit.Severity;
import io.github.eksidentity.report.json.JsonReport;
import io.github.eksidentity.report.json.SavedReport;
import io.github.eksidentity.report.text.EdgeChangesText;
import io.github.eksidentity.report.text.ReportDiff;
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
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Compares two states of one account.
@Command(
    name = "diff",
    mixinStandardHelpOptions = true,
    description = {
      "Says what changed between two states of an account: snapshots, or JSON outputs of audit.",
      "Findings opened, changed, resolved or not verified, scopes read better or worse,",
      "and the ways from service accounts to roles that came or went."
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
public final class DiffCommand implements Callable<Integer> {
  private static final int LARGEST_REPORT = 1 << 30;
  private static final String NO_EDGES =
      """

      Access: not compared, because %s holds no edges; earlier versions wrote none.
      """;

  private final Console console;

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private RuleOptions rules = new RuleOptions();

  @Parameters(index = "0", paramLabel = "BEFORE", description = "Snapshot or JSON output.")
  private String before = "";

  @Parameters(index = "1", paramLabel = "AFTER", description = "Snapshot or JSON output.")
  private String after = "";

  @Mixin private ColourOption colour = new ColourOption();

  public DiffCommand(Console console) {
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
    boolean coloured = colour.colour(console);
    console.print(diff.text(console.width(), coloured) + access(old, current, coloured));
    return diff.worse(Severity.MEDIUM) ? Exit.FINDINGS : Exit.OK;
  }

  private String access(SavedReport old, SavedReport current, boolean coloured) {
    if (old.access().isEmpty() || current.access().isEmpty()) {
      return NO_EDGES.formatted(old.access().isEmpty() ? before : after);
    }
    EdgeChanges changes = EdgeChanges.of(old.access().get(), current.access().get());
    return EdgeChangesText.render(changes, console.width(), coloured);
  }

  private SavedReport report(String name) {
    Path path = console.path(name);
    if (!Files.isDirectory(path)) {
      Inputs.refuseOthers(path, name);
    }
    try {
      return SavedReport.read(
          isReport(path)
              ? Inputs.bytes(path, LARGEST_REPORT)
              : audited(path).getBytes(StandardCharsets.UTF_8));
    } catch (SavedReport.NotAReport e) {
      throw new Failure(
          name
              + " cannot be compared: it is neither a snapshot (a directory or a zip) nor an output"
              + " of audit --output json: "
              + e.getMessage(),
          e);
    } catch (IOException e) {
      throw new Failure(Inputs.unreadable(name, e), e);
    }
  }

  /// A zip begins with PK; everything else that is a file should be a report.
  private static boolean isReport(Path path) throws IOException {
    if (Files.isDirectory(path)) {
      return false;
    }
    try (InputStream stream = Files.newInputStream(path)) {
      return stream.read() != 'P' || stream.read() != 'K';
    }
  }

  /// The output of an audit of a snapshot.
  private String audited(Path path) {
    Snapshot snapshot = SnapshotReader.read(path, false);
    Instant at = snapshot.takenAt().orElseGet(Instant::now);
    AuditContext context = AuditContext.of(snapshot.inventory(), rules.settings(console), at);
    Audited audited = Audited.of(rules.auditor(spec.commandLine()), context);
    return JsonReport.render(audited.assessment(), audited.edges());
  }
}
