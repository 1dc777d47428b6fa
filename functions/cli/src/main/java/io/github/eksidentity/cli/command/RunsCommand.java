package io.github.eksidentity.cli.command;

import io.github.eksidentity.cli.console.Console;
import io.github.eksidentity.cli.console.Exit;
import io.github.eksidentity.cli.output.ShowOptions;
import io.github.eksidentity.cli.store.AccountOption;
import io.github.eksidentity.cli.store.StoreOptions;
import io.github.eksidentity.cli.store.TableOptions;
import io.github.eksidentity.core.drift.Run;
import io.github.eksidentity.report.json.RunJson;
import io.github.eksidentity.report.text.RunText;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// Lists the runs of a store.
@Command(
    name = "runs",
    mixinStandardHelpOptions = true,
    description = "Lists the audits that were recorded, latest first, and what each changed.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  eks-identity runs",
      "  eks-identity runs --account 111122223333 --limit 5 --output json"
    })
public final class RunsCommand implements Callable<Integer> {
  private final Console console;

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private StoreOptions store = new StoreOptions();
  @Mixin private TableOptions table = new TableOptions();
  @Mixin private AccountOption account = new AccountOption();
  @Mixin private ShowOptions show = new ShowOptions();

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "20",
      description = "At most so many of each account; 20 by default.")
  private int limit = 20;

  public RunsCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    CommandLine command = spec.commandLine();
    if (limit < 1) {
      throw new ParameterException(command, "--limit needs a number from 1 on, not " + limit);
    }
    Optional<String> wanted = account.account(command);
    try (StoreOptions.Open open = store.toRead(console, command, table.access(command))) {
      List<Run> runs =
          wanted.map(Set::of).orElseGet(open.store()::accounts).stream()
              .map(id -> open.store().runs(id, limit))
              .flatMap(Collection::stream)
              .sorted(
                  Comparator.comparing((Run run) -> !run.isDatedAhead())
                      .thenComparing(Run::now)
                      .thenComparing(Run::id)
                      .reversed())
              .toList();
      console.print(
          switch (show.form()) {
            case JSON -> RunJson.runs(runs);
            case TABLE -> RunText.runs(runs, show.text(console, false));
          });
    }
    return Exit.OK;
  }
}
