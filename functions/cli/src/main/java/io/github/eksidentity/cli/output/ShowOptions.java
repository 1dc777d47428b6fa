package io.github.eksidentity.cli.output;

import io.github.eksidentity.cli.console.Console;
import io.github.eksidentity.core.audit.Severity;
import io.github.eksidentity.report.page.TextOptions;
import picocli.CommandLine.Option;

/// How lists of what is kept are shown.
public final class ShowOptions {
  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORM",
      defaultValue = "table",
      description = "table or json; table by default.")
  private OutputOptions.Form form = OutputOptions.Form.TABLE;

  @Option(names = "--no-color", description = "No colours; also NO_COLOR=1.")
  private boolean noColor;

  public OutputOptions.Form form() {
    return form;
  }

  public TextOptions text(Console console, boolean details) {
    return new TextOptions(console.width(), console.colour() && !noColor, details, Severity.INFO);
  }
}
