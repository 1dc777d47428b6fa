package io.github.eksidentity.alert;

import io.github.eksidentity.lambda.Environment;
import io.github.eksidentity.lambda.FunctionException;

/// How often what is still open is told again.
enum Reminders {
  NONE,
  /// With the first run of each week, which begins on Monday in UTC.
  WEEKLY;

  /// @throws FunctionException where the variable says something else
  static Reminders of(Environment environment) {
    return switch (environment.optional("REMINDER").orElse("none")) {
      case "none" -> NONE;
      case "weekly" -> WEEKLY;
      case String other ->
          throw new FunctionException(
              "The environment variable REMINDER is none or weekly, not " + other + ".");
    };
  }
}
