package io.github.eksidentity.securityhub;

import io.github.eksidentity.core.audit.Severity;
import io.github.eksidentity.core.json.Json;
import io.github.eksidentity.core.json.JsonPath;
import io.github.eksidentity.lambda.FunctionException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A finding as a run left it: one event item of the table, from its stream.
///
/// @param finding fingerprint
/// @param region of the cluster concerned, `global` where it is IAM's alone
/// @param cluster name of the cluster concerned
/// @param resource ARN, `namespace/name` of a service account, or the account's id
/// @param status as the table says it: `open`, `unverified`, `resolved`, `disabled`, `removed`
/// @param at when the item was written
record FindingChange(
    String finding,
    String account,
    String region,
    Optional<String> cluster,
    String resource,
    String rule,
    Severity severity,
    String title,
    String status,
    boolean muted,
    Instant firstSeen,
    Instant at) {

  /// The changes of an event, the last of each finding. Resolutions that the circuit breaker holds
  /// have not happened.
  ///
  /// @throws FunctionException where it is not an event of the table's stream
  static List<FindingChange> of(Json event) {
    Map<String, FindingChange> last = new LinkedHashMap<>();
    for (Json row : JsonPath.items(event, "Records")) {
      Json item =
          JsonPath.at(row, "dynamodb", "NewImage")
              .orElseThrow(() -> new FunctionException("A record of the event has no new image."));
      if (!JsonPath.isTrue(item, "held", "BOOL")) {
        FindingChange change = read(item, written(row));
        last.put(change.finding, change);
      }
    }
    return List.copyOf(last.values());
  }

  private static FindingChange read(Json item, Instant at) {
    return new FindingChange(
        text(item, "finding"),
        text(item, "accountId"),
        text(item, "region"),
        Optional.of(text(item, "clusterName")).filter(name -> !name.equals("-")),
        text(item, "resource"),
        text(item, "rule"),
        Severity.of(text(item, "severity"))
            .orElseThrow(() -> new FunctionException("An event item has no known severity.")),
        text(item, "title"),
        text(item, "status"),
        JsonPath.isTrue(item, "muted", "BOOL"),
        time(text(item, "firstSeen")),
        at);
  }

  private static String text(Json item, String name) {
    return JsonPath.text(item, name, "S")
        .orElseThrow(() -> new FunctionException("An event item has no attribute " + name + "."));
  }

  private static Instant time(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      throw new FunctionException("An event item has no readable firstSeen.", e);
    }
  }

  private static Instant written(Json row) {
    return JsonPath.number(row, "dynamodb", "ApproximateCreationDateTime")
        .map(Instant::ofEpochSecond)
        .orElseThrow(
            () -> new FunctionException("A record of the event does not say when it was written."));
  }
}
