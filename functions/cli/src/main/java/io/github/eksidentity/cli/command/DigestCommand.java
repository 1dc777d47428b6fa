package io.github.eksidentity.cli.command;

import io.github.eksidentity.cli.console.Console;
import io.github.eksidentity.cli.console.Exit;
import io.github.eksidentity.cli.console.Failure;
import io.github.eksidentity.cli.store.AccountOption;
import io.github.eksidentity.cli.store.StoreOptions;
import io.github.eksidentity.cli.store.TableOptions;
import io.github.eksidentity.core.drift.Digest;
import io.github.eksidentity.core.drift.FindingStore;
import io.github.eksidentity.core.drift.Run;
import io.github.eksidentity.core.drift.RunId;
import io.github.eksidentity.core.drift.RunState;
import io.github.eksidentity.report.alert.AlertMail;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// Prints what people are told of a run.
@Command(
    name = "digest",
    mixinStandardHelpOptions = true,
    description = {
      "Prints the mail that a recorded audit gives: what changed, and no more.",
      "Prints nothing where nothing changed. Without --run the last completed audit."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  eks-identity digest",
      "  eks-identity digest --run 111122223333-2026-11-20T06:00:00Z"
    })
public final class DigestCommand implements Callable<Integer> {
  private final Console console;

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private StoreOptions store = new StoreOptions();
  @Mixin private TableOptions table = new TableOptions();
  @Mixin private AccountOption account = new AccountOption();

  @Option(names = "--run", paramLabel = "ID", description = "As runs shows it.")
  private @Nullable String run;

  public DigestCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    CommandLine command = spec.commandLine();
    Optional<String> wanted = account.account(command);
    Optional<RunId> id = runId(command);
    try (StoreOptions.Open open = store.toRead(console, command, table.access(command))) {
      Set<String> accounts = wanted.map(Set::of).orElseGet(open.store()::accounts);
      Run told =
          id.map(named -> named(open.store(), accounts, named))
              .orElseGet(() -> last(command, open.store(), accounts));
      console.print(AlertMail.of(Digest.of(open.store(), told), store.place()).orElse(""));
    }
    return Exit.OK;
  }

  private Optional<RunId> runId(CommandLine command) {
    try {
      return Optional.ofNullable(run).map(RunId::new);
    } catch (IllegalArgumentException _) {
      throw new ParameterException(command, "--run needs the id of a run, not " + run);
    }
  }

  private static Run named(FindingStore store, Set<String> accounts, RunId id) {
    Run found =
        accounts.stream()
            .flatMap(account -> store.run(account, id).stream())
            .findFirst()
            .orElseThrow(() -> new Failure("There is no run " + id + " in this store."));
    if (found.state() != RunState.COMPLETED) {
      throw new Failure("Run " + id + " did not complete, so it has no digest.");
    }
    return found;
  }

  private static Run last(CommandLine command, FindingStore store, Set<String> accounts) {
    if (accounts.size() > 1) {
      throw new ParameterException(
          command,
          "The store knows several accounts; name one with --account, or a run with --run.");
    }
    return accounts.stream()
        .flatMap(account -> store.runs(account, Integer.MAX_VALUE).stream())
        .filter(found -> found.state() == RunState.COMPLETED)
        .findFirst()
        .orElseThrow(() -> new Failure("No run of this store was completed."));
  }
}
