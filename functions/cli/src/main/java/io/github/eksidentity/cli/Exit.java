package io.github.eksidentity.cli;

/// What the exit code says.
final class Exit {
  /// Nothing at or above the severity that fails.
  static final int OK = 0;

  /// The tool could not do its work.
  static final int ERROR = 1;

  /// The command line is wrong.
  static final int USAGE = 2;

  /// There are findings at or above the severity that fails.
  static final int FINDINGS = 3;

  /// Coverage is incomplete and was required to be complete.
  static final int INCOMPLETE = 4;

  private Exit() {}
}
