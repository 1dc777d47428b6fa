package io.github.eksidentity.cli.output;

import io.github.eksidentity.cli.console.Console;
import picocli.CommandLine.Option;

/// Whether text is coloured.
public final class ColourOption {
  @Option(names = "--no-color", description = "No colours; also NO_COLOR=1.")
  private boolean noColor;

  public boolean colour(Console console) {
    return console.colour() && !noColor;
  }
}
