package io.github.eksidentity.cli.output;

import java.util.Locale;
import picocli.CommandLine.Option;

/// Whether a table or JSON is printed.
public final class FormOption {
  /// The forms of output.
  public enum Form {
    TABLE,
    JSON;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORM",
      defaultValue = "table",
      description = "table or json; table by default.")
  private Form form = Form.TABLE;

  public Form form() {
    return form;
  }
}
