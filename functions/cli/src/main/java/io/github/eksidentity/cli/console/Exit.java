package io.github.eksidentity.cli.console;

/// What the exit code says.
public final class Exit {
  /// Nothing at or above the severity that fails.
  public static final int OK = 0;

  /// The tool could not do its work.
  public static final int ERROR = 1;

  /// The command line is wrong.
  public static final int USAGE = 2;

  /// There are findings at or above the severity that fails.
  public static final int FINDINGS = 3;

  /// Coverage is incomplete and was required to be complete.
  public static final int INCOMPLETE = 4;

  private Exit() {}
}
