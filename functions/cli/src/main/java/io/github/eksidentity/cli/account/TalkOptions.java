package io.github.eksidentity.cli.account;

import io.github.eksidentity.cli.console.Console;
import picocli.CommandLine.Option;

/// How much the command tells beside its results.
public final class TalkOptions {
  @Option(names = "--no-progress", description = "No progress on standard error.")
  private boolean noProgress;

  @Option(
      names = {"-q", "--quiet"},
      description = "Only results: no progress, no hints.")
  private boolean quiet;

  @Option(
      names = {"-v", "--verbose"},
      description = "Where the tool fails, say exactly where.")
  private boolean verbose;

  public boolean quiet() {
    return quiet;
  }

  /// Progress is for a person who watches standard error.
  public boolean showsProgress(Console console) {
    return !noProgress && !quiet && console.errIsTerminal();
  }

  boolean verbose() {
    return verbose;
  }
}
