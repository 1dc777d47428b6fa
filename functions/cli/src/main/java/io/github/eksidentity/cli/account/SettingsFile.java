package io.github.eksidentity.cli.account;

import io.github.eksidentity.cli.console.Console;
import io.github.eksidentity.cli.console.Failure;
import io.github.eksidentity.cli.console.Inputs;
import io.github.eksidentity.core.audit.Rule;
import io.github.eksidentity.core.audit.Settings;
import io.github.eksidentity.core.json.JsonLimits;
import io.github.eksidentity.core.json.Position;
import io.github.eksidentity.core.rules.Rules;
import io.github.eksidentity.core.settings.SettingsReader;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// The configuration file in YAML.
final class SettingsFile {
  /// The file that is read where none is named, if it is there.
  static final String DEFAULT_NAME = "eks-identity.yaml";

  private static final int MOST_PROBLEMS = 10;
  private static final JsonLimits LIMITS = new JsonLimits(1 << 20, 20, 100_000, 1 << 16, 100);

  private SettingsFile() {}

  /// The settings of a file, or of the default file, or the defaults where there is none.
  ///
  /// @throws Failure if the file cannot be read or is wrong; names line and column
  static Settings read(Console console, Optional<String> named) {
    return used(console, named)
        .map(name -> parse(name, Inputs.text(console.path(name), name, LIMITS.length())))
        .orElse(Settings.DEFAULTS);
  }

  /// The file that is read, if there is one.
  static Optional<String> used(Console console, Optional<String> named) {
    return named.or(
        () ->
            Files.exists(console.path(DEFAULT_NAME), LinkOption.NOFOLLOW_LINKS)
                ? Optional.of(DEFAULT_NAME)
                : Optional.empty());
  }

  /// The settings that a text in YAML holds.
  ///
  /// @param name of the file, for messages
  static Settings parse(String name, String text) {
    return switch (SettingsReader.read(YamlText.read(name, text, LIMITS), ruleIds())) {
      case SettingsReader.Result.Read(Settings settings) -> settings;
      case SettingsReader.Result.Refused(List<SettingsReader.Problem> problems) ->
          throw new Failure(
              problems.stream()
                  .limit(MOST_PROBLEMS)
                  .map(problem -> at(name, problem.at(), problem.message()))
                  .toList());
    };
  }

  private static String at(String name, Position at, String message) {
    return name + ", " + at + ": " + message;
  }

  private static Set<String> ruleIds() {
    return Rules.all().stream().map(Rule::id).collect(Collectors.toUnmodifiableSet());
  }
}
