package io.github.eksidentity.report.alert;

import io.github.eksidentity.core.drift.Run;
import io.github.eksidentity.report.fix.Shell;

/// The command that lists what a message about a run leaves out.
final class AlertQuery {
  private AlertQuery() {}

  static String of(Run run, FindingsPlace place) {
    return switch (place) {
      case FindingsPlace.Table(String region, String name) ->
          Shell.command(
              "aws",
              "dynamodb",
              "query",
              "--region",
              region,
              "--table-name",
              name,
              "--key-condition-expression",
              "PK = :r AND begins_with(SK, :e)",
              "--expression-attribute-values",
              "{\":r\":{\"S\":\"RUN#" + run.id() + "\"},\":e\":{\"S\":\"EVT#\"}}",
              "--query",
              "Items[].[severity.S,transition.S,rule.S,resource.S]",
              "--output",
              "table");
      case FindingsPlace.Option _ -> place.command("findings", "--account", run.account());
    };
  }
}
