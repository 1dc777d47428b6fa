package io.github.eksidentity.cli.output;

import io.github.eksidentity.cli.account.Audited;
import io.github.eksidentity.cli.console.Console;
import io.github.eksidentity.cli.console.Exit;
import io.github.eksidentity.cli.console.Failure;
import io.github.eksidentity.cli.output.FormOption.Form;
import io.github.eksidentity.cli.store.RecordedAudit;
import io.github.eksidentity.core.audit.Assessment;
import io.github.eksidentity.core.audit.Severity;
import io.github.eksidentity.report.json.JsonReport;
import io.github.eksidentity.report.page.TextOptions;
import io.github.eksidentity.report.text.RunText;
import io.github.eksidentity.report.text.TextReport;
import io.github.eksidentity.snapshot.FileProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// How an assessment is shown, and what makes the command fail.
public final class OutputOptions {
  /// The severities, and none for never.
  enum FailOn {
    CRITICAL,
    HIGH,
    MEDIUM,
    LOW,
    INFO,
    NONE;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }

    private Optional<Severity> severity() {
      return Severity.of(name());
    }
  }

  @Mixin private ShowOptions show = new ShowOptions();

  @Option(
      names = "--output-file",
      paramLabel = "FILE",
      description = "Write the results to this file instead of standard output.")
  private @Nullable String file;

  @Option(
      names = "--severity",
      paramLabel = "LEVEL",
      defaultValue = "info",
      description =
          "Show no findings below: critical, high, medium, low, info. Changes what the table shows,"
              + " nothing else.")
  private Severity atLeast = Severity.INFO;

  @Option(
      names = "--fail-on",
      paramLabel = "LEVEL",
      defaultValue = "medium",
      description = "Exit with 3 from this severity on; none never does. medium by default.")
  private FailOn failOn = FailOn.MEDIUM;

  @Option(
      names = "--require-complete",
      description = "Exit with 4 where something that a rule needs could not be read.")
  private boolean requireComplete;

  @Option(
      names = "--details",
      description = "Show all evidence, and every fix as diff, AWS CLI and Terraform.")
  private boolean details;

  public Form form() {
    return show.form();
  }

  boolean toFile() {
    return file != null;
  }

  /// Writes the results where the options say.
  ///
  /// @param before and after: what stands around a table
  /// @param restrictions what the audit was restricted to, a sentence each
  public void write(
      Console console, Audited audited, String before, String after, List<String> restrictions) {
    write(
        console,
        switch (form()) {
          case JSON -> JsonReport.render(audited.assessment(), audited.edges());
          case TABLE ->
              before + TextReport.render(audited.assessment(), text(console), restrictions) + after;
        });
  }

  /// Writes the results of an audit that was recorded, with what it changed.
  ///
  /// @param after what stands behind a table
  /// @param restrictions what the audit was restricted to, a sentence each
  /// @param store the option that names the store, with a space before it
  public void write(
      Console console, RecordedAudit audit, String after, List<String> restrictions, String store) {
    write(
        console,
        switch (form()) {
          case JSON -> JsonReport.render(audit.observed(), audit.recorded(), audit.muted());
          case TABLE ->
              TextReport.render(audit.notMuted(), text(console), restrictions)
                  + muted(audit.mutedCount(), store)
                  + RunText.summary(audit.recorded(), text(console))
                  + after;
        });
  }

  private static String muted(long count, String store) {
    return switch ((int) count) {
      case 0 -> "";
      case 1 -> "1 muted finding is not shown: eks-identity findings --muted%s%n".formatted(store);
      default ->
          "%d muted findings are not shown: eks-identity findings --muted%s%n"
              .formatted(count, store);
    };
  }

  /// How text is laid out.
  public TextOptions text(Console console) {
    return new TextOptions(console.width(), file == null && show.colour(console), details, atLeast);
  }

  private void write(Console console, String text) {
    if (file == null) {
      console.print(text);
    } else {
      save(console.path(file), file, text);
    }
  }

  private static void save(Path path, String name, String text) {
    try {
      Files.writeString(path, text);
    } catch (IOException e) {
      throw new Failure(
          "The results cannot be written to " + name + ": " + FileProblem.reason(e) + ".", e);
    }
  }

  /// What the exit code says of an assessment. Findings win over incomplete coverage.
  public int exitCode(Assessment assessment) {
    boolean fails =
        failOn
            .severity()
            .map(
                least ->
                    assessment.findings().stream()
                        .anyMatch(finding -> finding.severity().atLeast(least)))
            .orElse(false);
    if (fails) {
      return Exit.FINDINGS;
    }
    return requireComplete && !assessment.complete() ? Exit.INCOMPLETE : Exit.OK;
  }
}
