package io.github.eksidentity.cli.account;

import io.github.eksidentity.cli.console.Console;
import io.github.eksidentity.core.audit.Auditor;
import io.github.eksidentity.core.audit.Rule;
import io.github.eksidentity.core.audit.Settings;
import io.github.eksidentity.core.rules.Rules;
import io.github.eksidentity.core.text.Nearest;
import io.github.eksidentity.report.text.Restrictions;
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
    only.forEach(id -> rule(command, id));
    without.forEach(id -> rule(command, id));
    return new Auditor(chosen().toList());
  }

  /// The only rules that are asked, empty for all of them.
  public Set<String> narrowedTo() {
    if (only.isEmpty() && without.isEmpty()) {
      return Set.of();
    }
    return chosen().map(Rule::id).collect(Collectors.toUnmodifiableSet());
  }

  /// Refuses an audit without a rule, which would find nothing and prove nothing.
  public void refuseNone(CommandLine command, Settings settings) {
    if (chosen().allMatch(rule -> settings.disabledRules().contains(rule.id()))) {
      throw new ParameterException(
          command, "No rule is left to ask: --rules, --exclude-rules and the settings leave none.");
    }
  }

  /// What the report has to say at its head of what it leaves out.
  ///
  /// @param regions the only regions, none for all
  public List<String> restrictions(Console console, Settings settings, List<String> regions) {
    return Restrictions.of(
        settings,
        SettingsFile.used(console, Optional.ofNullable(config)),
        (int) chosen().count(),
        Rules.all().size(),
        regions);
  }

  private Stream<Rule> chosen() {
    return Rules.all().stream()
        .filter(rule -> only.isEmpty() || only.contains(rule.id()))
        .filter(rule -> !without.contains(rule.id()));
  }

  /// The rule of this id; where there is none, a sentence names the nearest.
  public static Rule rule(CommandLine command, String id) {
    return Rules.find(id).orElseThrow(() -> new ParameterException(command, unknown(id)));
  }

  /// The sentence about an id that no rule has; it names the nearest.
  public static String unknown(String id) {
    return "There is no rule "
        + id
        + Nearest.of(id, Rules.all().stream().map(Rule::id).toList())
            .map(candidate -> "; the nearest is " + candidate)
            .orElse("")
        + ". eks-identity rules list shows all.";
  }
}
