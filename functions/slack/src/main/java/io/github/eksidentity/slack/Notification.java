package io.github.eksidentity.slack;

import io.github.eksidentity.core.json.Json;
import io.github.eksidentity.core.json.JsonPath;
import io.github.eksidentity.lambda.FunctionException;
import java.util.List;
import java.util.Optional;

/// One message of an SNS topic.
///
/// Documented at <https://docs.aws.amazon.com/lambda/latest/dg/with-sns.html>.
///
/// @param id of the message, the same when SNS delivers it again
/// @param subject empty where it was published without one
record Notification(String id, Optional<String> subject, String message) {
  /// The messages of an event.
  ///
  /// @throws FunctionException where it is not an event of SNS
  static List<Notification> of(Json event) {
    List<Json> records = JsonPath.items(event, "Records");
    if (records.isEmpty()) {
      throw new FunctionException(
          "The event holds no message of SNS; subscribe the function to the alert topic.");
    }
    return records.stream().map(Notification::read).toList();
  }

  private static Notification read(Json json) {
    return new Notification(
        JsonPath.text(json, "Sns", "MessageId").orElse(""),
        JsonPath.text(json, "Sns", "Subject").filter(subject -> !subject.isBlank()),
        JsonPath.text(json, "Sns", "Message")
            .orElseThrow(() -> new FunctionException("A record of the event is not from SNS.")));
  }
}
