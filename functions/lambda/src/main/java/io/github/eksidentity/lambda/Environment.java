package io.github.eksidentity.lambda;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The function's environment variables, which template.yaml sets. An empty one is one that is not
/// set, since a template cannot leave a variable out.
public record Environment(Map<String, String> variables) {
  public Environment {
    variables = Map.copyOf(variables);
  }

  /// A variable that the function cannot do without.
  ///
  /// @throws FunctionException where it is not set
  public String required(String name) {
    return optional(name)
        .orElseThrow(
            () ->
                new FunctionException(
                    "The environment variable " + name + " is not set; template.yaml sets it."));
  }

  public Optional<String> optional(String name) {
    return Optional.ofNullable(variables.get(name)).map(String::strip).filter(v -> !v.isEmpty());
  }

  /// The parts of a comma-separated list, without white space around them.
  public List<String> list(String name) {
    return optional(name).stream()
        .flatMap(text -> Arrays.stream(text.split(",", -1)))
        .map(String::strip)
        .filter(part -> !part.isEmpty())
        .toList();
  }

  /// Whether a variable says `true`; one that is not set says `false`.
  ///
  /// @throws FunctionException where it is set to neither `true` nor `false`
  public boolean flag(String name) {
    return switch (optional(name).orElse("false")) {
      case "true" -> true;
      case "false" -> false;
      case String other ->
          throw new FunctionException(
              "The environment variable " + name + " is true or false, not " + other + ".");
    };
  }
}
