package io.github.eksidentity.cli.store;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/// The one account that a command is about.
public final class AccountOption {
  @Option(names = "--account", paramLabel = "ID", description = "Only this account.")
  private @Nullable String account;

  public Optional<String> account(CommandLine command) {
    if (account != null && !account.matches("\\d{12}")) {
      throw new ParameterException(
          command, "--account needs the twelve digits of an account, not " + account);
    }
    return Optional.ofNullable(account);
  }
}
