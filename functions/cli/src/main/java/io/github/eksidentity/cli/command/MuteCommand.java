package io.github.eksidentity.cli.command;

import io.github.eksidentity.cli.account.RuleOptions;
import io.github.eksidentity.cli.account.TimeOption;
import io.github.eksidentity.cli.console.Console;
import io.github.eksidentity.cli.console.Exit;
import io.github.eksidentity.cli.console.Failure;
import io.github.eksidentity.cli.output.ShowOptions;
import io.github.eksidentity.cli.store.AccountOption;
import io.github.eksidentity.cli.store.StoreOptions;
import io.github.eksidentity.cli.store.TableOptions;
import io.github.eksidentity.core.audit.Mute;
import io.github.eksidentity.core.policy.tree.Glob;
import io.github.eksidentity.core.rules.Rules;
import io.github.eksidentity.report.json.RunJson;
import io.github.eksidentity.report.text.RunText;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Mutes: findings that are known and need no alert until a date.
@Command(
    name = "mute",
    mixinStandardHelpOptions = true,
    description = {
      "Says which findings are known and need no alert until a date, and who answers for that.",
      "Only the list of mutes changes; the next audit with --store mutes and unmutes."
    },
    synopsisSubcommandLabel = "COMMAND",
    footerHeading = "%nExamples:%n",
    footer = {
      "  eks-identity mute add --rule trust-any-subject --resource '*:role/legacy-*'"
          + " --owner team-a \\",
      "    --reason 'replaced in May' --until 2027-05-31",
      "  eks-identity mute list",
      "  eks-identity mute remove m-0f3a9c1b2d"
    })
public final class MuteCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "mute needs a command: add, list or remove.");
  }

  /// Adds a mute.
  @Command(
      name = "add",
      mixinStandardHelpOptions = true,
      description = {
        "Adds a mute, or gives the one of the same rule, resource and account other words and"
            + " another date.",
        "A pattern covers whole names; * stands for any characters and ? for one."
      },
      footerHeading = "%nExample:%n",
      footer = {
        "  eks-identity mute add --rule role-unused --resource '*:role/break-glass' --owner sre \\",
        "    --reason 'used in emergencies only' --until 2027-06-30"
      })
  public static final class Add implements Callable<Integer> {
    private final Console console;

    @Spec private CommandSpec spec = CommandSpec.create();
    @Mixin private StoreOptions store = new StoreOptions();
    @Mixin private TableOptions table = new TableOptions();
    @Mixin private AccountOption account = new AccountOption();
    @Mixin private TimeOption time = new TimeOption();

    @Option(
        names = "--rule",
        required = true,
        paramLabel = "RULE",
        description = "Id of a rule, or a pattern.")
    private String rule = "";

    @Option(
        names = "--resource",
        required = true,
        paramLabel = "RESOURCE",
        description = "Resource as findings name it, or a pattern.")
    private String resource = "";

    @Option(
        names = "--owner",
        required = true,
        paramLabel = "WHO",
        description = "Who answers for it.")
    private String owner = "";

    @Option(
        names = "--reason",
        required = true,
        paramLabel = "WHY",
        description = "Why the findings may stay.")
    private String reason = "";

    @Option(
        names = "--until",
        required = true,
        paramLabel = "DATE",
        description = "The last day on which it holds, UTC, as 2027-05-31.")
    private String until = "";

    public Add(Console console) {
      this.console = console;
    }

    @Override
    public Integer call() {
      CommandLine command = spec.commandLine();
      Mute mute =
          Mute.of(
              rule(command),
              text(command, "--resource", resource),
              account.account(command),
              text(command, "--owner", owner),
              text(command, "--reason", reason),
              until(command));
      Instant now = time.now(command);
      if (!mute.inForce(now)) {
        throw new ParameterException(
            command, "--until " + mute.until() + " is past; a mute ends in the future.");
      }
      try (StoreOptions.Open open = store.toWrite(console, command, table.access(command))) {
        open.store().putMute(mute);
      }
      console.print(
          "Mute %s holds until the end of %s UTC; the next audit with --store applies it.%n"
              .formatted(mute.id(), mute.until()));
      return Exit.OK;
    }

    private String rule(CommandLine command) {
      text(command, "--rule", rule);
      if (!Glob.hasWildcard(rule)) {
        return RuleOptions.rule(command, rule).id();
      }
      if (Rules.all().stream().noneMatch(each -> Glob.matches(rule, each.id()))) {
        throw new ParameterException(command, "No rule matches " + rule + ".");
      }
      return rule;
    }

    private static String text(CommandLine command, String option, String value) {
      if (value.isBlank()) {
        throw new ParameterException(command, option + " must not be empty.");
      }
      return value;
    }

    private LocalDate until(CommandLine command) {
      try {
        return LocalDate.parse(until);
      } catch (DateTimeParseException _) {
        throw new ParameterException(
            command, "--until needs a date such as 2027-05-31, not " + until);
      }
    }
  }

  /// Lists the mutes.
  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "Lists the mutes, those that have ended included.",
      footerHeading = "%nExample:%n",
      footer = "  eks-identity mute list --output json")
  public static final class ListMutes implements Callable<Integer> {
    private final Console console;

    @Spec private CommandSpec spec = CommandSpec.create();
    @Mixin private StoreOptions store = new StoreOptions();
    @Mixin private TableOptions table = new TableOptions();
    @Mixin private ShowOptions show = new ShowOptions();
    @Mixin private TimeOption time = new TimeOption();

    public ListMutes(Console console) {
      this.console = console;
    }

    @Override
    public Integer call() {
      Instant now = time.now(spec.commandLine());
      try (StoreOptions.Open open =
          store.toRead(console, spec.commandLine(), table.access(spec.commandLine()))) {
        List<Mute> mutes = open.store().mutes();
        console.print(
            switch (show.form()) {
              case JSON -> RunJson.mutes(mutes, now);
              case TABLE -> RunText.mutes(mutes, now, show.text(console, false));
            });
      }
      return Exit.OK;
    }
  }

  /// Takes a mute away.
  @Command(
      name = "remove",
      mixinStandardHelpOptions = true,
      description = "Takes a mute away; the next audit with --store unmutes what it covered.",
      footerHeading = "%nExample:%n",
      footer = "  eks-identity mute remove m-0f3a9c1b2d")
  public static final class Remove implements Callable<Integer> {
    private final Console console;

    @Spec private CommandSpec spec = CommandSpec.create();
    @Mixin private StoreOptions store = new StoreOptions();
    @Mixin private TableOptions table = new TableOptions();

    @Parameters(index = "0", paramLabel = "ID", description = "As mute list shows it.")
    private String id = "";

    public Remove(Console console) {
      this.console = console;
    }

    @Override
    public Integer call() {
      try (StoreOptions.Open open =
          store.toWrite(console, spec.commandLine(), table.access(spec.commandLine()))) {
        if (!open.store().removeMute(id)) {
          throw new Failure("There is no mute " + id + " in this store.");
        }
      }
      console.print("Mute %s is gone; the next audit with --store applies that.%n".formatted(id));
      return Exit.OK;
    }
  }
}
