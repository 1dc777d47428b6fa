package io.github.eksidentity.cli;

import io.github.eksidentity.core.audit.Severity;
import io.github.eksidentity.report.TextOptions;
import picocli.CommandLine.Option;

/// How lists of what is kept are shown.
final class ShowOptions {
  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORM",
      defaultValue = "table",
      description = "table or json; table by default.")
  private OutputOptions.Form form = OutputOptions.Form.TABLE;

  @Option(names = "--no-color", description = "No colours; also NO_COLOR=1.")
  private boolean noColor;

  OutputOptions.Form form() {
    return form;
  }

  TextOptions text(Console console, boolean details) {
    return new TextOptions(console.width(), console.colour() && !noColor, details, Severity.INFO);
  }
}
