package io.github.eksidentity.cli.account;

import io.github.eksidentity.cli.command.RulesCommand;
import io.github.eksidentity.cli.console.Console;
import io.github.eksidentity.core.audit.Auditor;
import io.github.eksidentity.core.audit.Rule;
import io.github.eksidentity.core.audit.Settings;
import io.github.eksidentity.core.rules.Rules;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/// Which rules are asked, and with which settings.
public final class RuleOptions {
  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "Settings in YAML; without it ./" + SettingsFile.DEFAULT_NAME + " if it is there.")
  private @Nullable String config;

  @Option(
      names = "--rules",
      split = ",",
      paramLabel = "ID",
      description = "Ask only these rules; separated by commas.")
  private List<String> only = new ArrayList<>();

  @Option(
      names = "--exclude-rules",
      split = ",",
      paramLabel = "ID",
      description = "Do not ask these rules; separated by commas.")
  private List<String> without = new ArrayList<>();

  public Settings settings(Console console) {
    return SettingsFile.read(console, Optional.ofNullable(config));
  }

  public Auditor auditor(CommandLine command) {
    only.forEach(id -> check(command, id));
    without.forEach(id -> check(command, id));
    return new Auditor(chosen().toList());
  }

  /// The only rules that are asked, empty for all of them.
  public Set<String> narrowedTo() {
    if (only.isEmpty() && without.isEmpty()) {
      return Set.of();
    }
    return chosen().map(Rule::id).collect(Collectors.toUnmodifiableSet());
  }

  private Stream<Rule> chosen() {
    return Rules.all().stream()
        .filter(rule -> only.isEmpty() || only.contains(rule.id()))
        .filter(rule -> !without.contains(rule.id()));
  }

  private static void check(CommandLine command, String id) {
    if (Rules.find(id).isEmpty()) {
      throw new ParameterException(command, RulesCommand.unknown(id));
    }
  }
}
