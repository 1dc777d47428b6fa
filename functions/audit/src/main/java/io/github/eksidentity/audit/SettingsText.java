package io.github.eksidentity.audit;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.github.eksidentity.core.audit.Rule;
import io.github.eksidentity.core.audit.Settings;
import io.github.eksidentity.core.json.Json;
import io.github.eksidentity.core.json.JsonLimits;
import io.github.eksidentity.core.json.JsonReader;
import io.github.eksidentity.core.json.JsonResult;
import io.github.eksidentity.core.json.Position;
import io.github.eksidentity.core.rules.Rules;
import io.github.eksidentity.core.settings.SettingsReader;
import io.github.eksidentity.lambda.FunctionException;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// The settings of the rules as YAML in an environment variable.
final class SettingsText {
  private static final JsonLimits LIMITS = new JsonLimits(1 << 16, 20, 10_000, 1 << 12, 100);

  private SettingsText() {}

  /// @throws FunctionException where it is wrong; names every fault with its line
  static Settings read(String yaml) {
    return switch (SettingsReader.read(tree(yaml), ruleIds())) {
      case SettingsReader.Result.Read(Settings settings) -> settings;
      case SettingsReader.Result.Refused(List<SettingsReader.Problem> problems) ->
          throw wrong(
              problems.stream()
                  .map(problem -> problem.at() + ": " + problem.message())
                  .collect(Collectors.joining("; ")));
    };
  }

  private static Json tree(String yaml) {
    if (yaml.lines().allMatch(line -> line.isBlank() || line.stripLeading().startsWith("#"))) {
      return new Json.Null(Position.START);
    }
    try (JsonParser parser = new YAMLFactory().createParser(yaml)) {
      JsonResult result = JsonReader.read(parser, LIMITS);
      if (result instanceof JsonResult.Read && parser.nextToken() != null) {
        throw wrong("more than one document");
      }
      return switch (result) {
        case JsonResult.Read(Json value) -> value;
        case JsonResult.Unreadable(Position at, String message) -> throw wrong(at + ": " + message);
      };
    } catch (IOException e) {
      throw wrong("not YAML: " + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
    }
  }

  private static Set<String> ruleIds() {
    return Rules.all().stream().map(Rule::id).collect(Collectors.toUnmodifiableSet());
  }

  private static FunctionException wrong(String problems) {
    return new FunctionException("The stack's parameter Settings is wrong: " + problems);
  }
}
