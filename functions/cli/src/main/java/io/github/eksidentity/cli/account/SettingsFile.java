package io.github.eksidentity.cli.account;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.github.eksidentity.cli.console.Console;
import io.github.eksidentity.cli.console.Failure;
import io.github.eksidentity.cli.console.Inputs;
import io.github.eksidentity.core.audit.Rule;
import io.github.eksidentity.core.audit.Settings;
import io.github.eksidentity.core.json.Json;
import io.github.eksidentity.core.json.JsonLimits;
import io.github.eksidentity.core.json.JsonReader;
import io.github.eksidentity.core.json.JsonResult;
import io.github.eksidentity.core.json.Position;
import io.github.eksidentity.core.rules.Rules;
import io.github.eksidentity.core.settings.SettingsReader;
import io.github.eksidentity.report.page.Plain;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
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
    Path file = console.path(named.orElse(DEFAULT_NAME));
    if (named.isEmpty() && !Files.exists(file)) {
      return Settings.DEFAULTS;
    }
    return parse(named.orElse(DEFAULT_NAME), text(file, named.orElse(DEFAULT_NAME)));
  }

  private static String text(Path file, String name) {
    try {
      return Files.readString(file);
    } catch (CharacterCodingException e) {
      throw new Failure(name + " is not UTF-8 text.", e);
    } catch (IOException e) {
      throw new Failure(Inputs.unreadable(name, e), e);
    }
  }

  /// The settings that a text in YAML holds.
  ///
  /// @param name of the file, for messages
  static Settings parse(String name, String text) {
    return switch (SettingsReader.read(tree(name, text), ruleIds())) {
      case SettingsReader.Result.Read(Settings settings) -> settings;
      case SettingsReader.Result.Refused(List<SettingsReader.Problem> problems) ->
          throw new Failure(
              problems.stream()
                  .limit(MOST_PROBLEMS)
                  .map(problem -> at(name, problem.at(), problem.message()))
                  .collect(Collectors.joining("; ")));
    };
  }

  private static Json tree(String name, String text) {
    if (text.lines().allMatch(line -> line.isBlank() || line.stripLeading().startsWith("#"))) {
      return new Json.Null(Position.START);
    }
    try (JsonParser parser = new YAMLFactory().createParser(new StringReader(text))) {
      return switch (JsonReader.read(parser, LIMITS)) {
        case JsonResult.Read(Json value) -> {
          if (parser.nextToken() != null) {
            throw new Failure(name + " holds more than one document.");
          }
          yield value;
        }
        case JsonResult.Unreadable(Position at, String message) ->
            throw new Failure(at(name, at, message));
      };
    } catch (JsonProcessingException e) {
      throw new Failure(name + " is not YAML: " + Plain.of(e.getOriginalMessage()), e);
    } catch (IOException e) {
      throw new Failure(Inputs.unreadable(name, e), e);
    }
  }

  private static String at(String name, Position at, String message) {
    return name + ", " + at + ": " + message;
  }

  private static Set<String> ruleIds() {
    return Rules.all().stream().map(Rule::id).collect(Collectors.toUnmodifiableSet());
  }
}
