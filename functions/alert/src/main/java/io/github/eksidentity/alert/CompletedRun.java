package io.github.eksidentity.alert;

import io.github.eksidentity.core.drift.RunId;
import io.github.eksidentity.core.json.Json;
import io.github.eksidentity.core.json.JsonPath;
import io.github.eksidentity.lambda.FunctionException;
import java.util.List;

/// A run that the table's stream says is completed.
///
/// Documented at <https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html>.
record CompletedRun(String account, RunId id) {
  /// The runs of an event, oldest first.
  ///
  /// @throws FunctionException where it is no event of the table's stream
  static List<CompletedRun> of(Json event) {
    List<Json> records = JsonPath.items(event, "Records");
    if (records.isEmpty()) {
      throw new FunctionException("The event holds no records of a table's stream.");
    }
    return records.stream().map(CompletedRun::read).toList();
  }

  private static CompletedRun read(Json json) {
    return new CompletedRun(text(json, "accountId"), id(text(json, "runId")));
  }

  private static String text(Json json, String attribute) {
    return JsonPath.text(json, "dynamodb", "NewImage", attribute, "S")
        .orElseThrow(
            () ->
                new FunctionException(
                    "A record of the event is no run: it has no attribute " + attribute + "."));
  }

  private static RunId id(String text) {
    try {
      return new RunId(text);
    } catch (IllegalArgumentException e) {
      throw new FunctionException("A record of the event is no run: " + e.getMessage() + ".", e);
    }
  }
}
