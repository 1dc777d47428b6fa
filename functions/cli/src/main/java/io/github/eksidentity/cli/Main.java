package io.github.eksidentity.cli;

import io.github.eksidentity.cli.console.Console;

/// The `eks-identity` command.
public final class Main {
  private Main() {}

  /// Runs the command and ends the process with its exit code.
  public static void main(String... args) {
    System.exit(Cli.run(Console.ofProcess(), args));
  }
}
