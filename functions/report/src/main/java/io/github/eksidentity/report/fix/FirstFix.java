package io.github.eksidentity.report.fix;

import io.github.eksidentity.core.remedy.Remediation;
import java.util.Optional;

/// The command to begin with, where it is short enough to be copied out of a message.
public final class FirstFix {
  private static final int MOST_LINES = 8;
  private static final int MOST_CHARACTERS = 600;

  private FirstFix() {}

  /// The command of the first change; empty where it holds a whole document or is long.
  ///
  /// @param width columns to keep to as far as words allow
  public static Optional<String> command(Remediation.Fix fix, int width) {
    return Optional.of(Shell.fold(ChangeText.of(fix.changes().getFirst()).awsCli(), width))
        .filter(command -> command.length() <= MOST_CHARACTERS)
        .filter(command -> command.lines().count() <= MOST_LINES);
  }
}
