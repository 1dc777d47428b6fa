package io.github.eksidentity.testbed.runtime;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/// How a function is configured.
///
/// @param handler as in a template: `package.Class::method`
/// @param environment its variables, beside those that Lambda sets
/// @param memoryMiB what the function is given; the heap gets 85 % of it
/// @param timeLimit after which an invocation is ended
public record FunctionSettings(
    String handler, Map<String, String> environment, int memoryMiB, Duration timeLimit) {
  public FunctionSettings {
    environment = Map.copyOf(environment);
  }

  /// The same function with another variable.
  public FunctionSettings with(String name, String value) {
    Map<String, String> more = new TreeMap<>(environment);
    more.put(name, value);
    return new FunctionSettings(handler, more, memoryMiB, timeLimit);
  }
}
