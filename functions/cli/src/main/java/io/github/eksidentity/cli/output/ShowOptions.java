package io.github.eksidentity.cli.output;

import io.github.eksidentity.cli.console.Console;
import io.github.eksidentity.cli.output.FormOption.Form;
import io.github.eksidentity.core.audit.Severity;
import io.github.eksidentity.report.page.TextOptions;
import picocli.CommandLine.Mixin;

/// The form of what is printed, and whether it is coloured.
public final class ShowOptions {
  @Mixin private FormOption form = new FormOption();
  @Mixin private ColourOption colour = new ColourOption();

  public Form form() {
    return form.form();
  }

  public boolean colour(Console console) {
    return colour.colour(console);
  }

  public TextOptions text(Console console, boolean details) {
    return new TextOptions(console.tableWidth(), colour(console), details, Severity.INFO);
  }
}
