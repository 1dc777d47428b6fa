package io.github.eksidentity.cli.command;

import io.github.eksidentity.cli.account.RuleOptions;
import io.github.eksidentity.cli.console.Console;
import io.github.eksidentity.cli.console.Exit;
import io.github.eksidentity.core.audit.Rule;
import io.github.eksidentity.core.rules.Rules;
import io.github.eksidentity.report.text.RuleText;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Says which rules there are and what they mean.
@Command(
    name = "rules",
    mixinStandardHelpOptions = true,
    description = "Lists the rules, or explains one.",
    footerHeading = "%nExamples:%n",
    footer = {"  eks-identity rules list", "  eks-identity rules show trust-no-condition"})
public final class RulesCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "rules needs a command: list or show.");
  }

  /// Every rule in a line.
  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "Lists every rule with its default severity.",
      footerHeading = "%nExample:%n",
      footer = "  eks-identity rules list")
  public static final class ListRules implements Callable<Integer> {
    private final Console console;

    public ListRules(Console console) {
      this.console = console;
    }

    @Override
    public Integer call() {
      console.print(RuleText.list(Rules.all(), console.width(), console.colour()));
      return Exit.OK;
    }
  }

  /// One rule in full.
  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      description = "Explains one rule: why, what follows, what to do, what it needs to read.",
      footerHeading = "%nExample:%n",
      footer = "  eks-identity rules show trust-no-condition")
  public static final class ShowRule implements Callable<Integer> {
    private final Console console;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "ID", description = "Id of the rule.")
    private String id = "";

    public ShowRule(Console console) {
      this.console = console;
    }

    @Override
    public Integer call() {
      Rule rule = RuleOptions.rule(spec.commandLine(), id);
      console.print(RuleText.show(rule.metadata(), console.width(), console.colour()));
      return Exit.OK;
    }
  }
}
