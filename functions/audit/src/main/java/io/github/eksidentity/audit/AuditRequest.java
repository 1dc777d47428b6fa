package io.github.eksidentity.audit;

import io.github.eksidentity.core.json.Json;
import io.github.eksidentity.core.json.JsonPath;
import io.github.eksidentity.lambda.FunctionException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/// What an event asks for.
///
/// @param id the same for every delivery of the event, so that a retry is the same run
/// @param time what the audit takes as now; empty where the event has none
/// @param scheduled whether it is the regular audit of everything there is to audit
/// @param accounts the only accounts; empty for all
/// @param regions the only regions; empty for all
/// @param clusters names of the only clusters; empty for all
record AuditRequest(
    String id,
    Optional<Instant> time,
    boolean scheduled,
    List<String> accounts,
    List<String> regions,
    List<String> clusters) {
  private static final String SQS = "aws:sqs";

  /// Reads an event of EventBridge Scheduler, of a queue of changes, of the state machine of an
  /// organization, or of a person.
  ///
  /// @param invocation id of the request to Lambda, which stays the same when Lambda itself tries
  /// again
  /// @throws FunctionException where a value makes no sense
  static AuditRequest of(Json event, String invocation) {
    List<Json> records = JsonPath.items(event, "Records");
    return records.isEmpty() ? direct(event, invocation) : changes(records);
  }

  private static AuditRequest direct(Json event, String invocation) {
    String trigger = JsonPath.text(event, "trigger").orElse("manual");
    Optional<String> written = JsonPath.text(event, "time").filter(time -> !time.isBlank());
    String id =
        JsonPath.text(event, "id")
            .filter(given -> !given.isBlank())
            .or(() -> written.map(time -> trigger + "-" + time))
            .orElse(invocation);
    List<String> accounts = new ArrayList<>(JsonPath.text(event, "account").stream().toList());
    accounts.addAll(texts(event, "accounts"));
    for (String account : accounts) {
      if (!account.matches("\\d{12}")) {
        throw new FunctionException("An account id is twelve digits, not " + account + ".");
      }
    }
    List<String> regions = texts(event, "regions");
    for (String region : regions) {
      if (!region.matches("[a-z]{2,5}(-[a-z]+)+-\\d+")) {
        throw new FunctionException("A region is written as eu-west-1, not " + region + ".");
      }
    }
    return new AuditRequest(
        id.replaceAll("[^A-Za-z0-9._:-]", "-"),
        written.map(AuditRequest::time),
        trigger.equals("schedule"),
        accounts.stream().distinct().toList(),
        regions,
        texts(event, "clusters"));
  }

  /// All messages of a batch ask for the same: an audit of everything. The oldest names the run.
  /// Now is when it was first received and not when it was sent, since the queue holds it back and
  /// drops what it takes for the same: the audit stands for all changes up to then.
  private static AuditRequest changes(List<Json> records) {
    record Message(Instant received, String id) {}
    Message first =
        records.stream()
            .filter(
                message -> JsonPath.text(message, "eventSource").filter(SQS::equals).isPresent())
            .map(
                message ->
                    new Message(
                        received(message), JsonPath.text(message, "messageId").orElse("unnamed")))
            .min(Comparator.comparing(Message::received).thenComparing(Message::id))
            .orElseThrow(
                () -> new FunctionException("The event's records are not messages of a queue."));
    return new AuditRequest(
        "change-" + first.id().replaceAll("[^A-Za-z0-9._:-]", "-"),
        Optional.of(first.received()),
        false,
        List.of(),
        List.of(),
        List.of());
  }

  private static Instant received(Json message) {
    return JsonPath.text(message, "attributes", "ApproximateFirstReceiveTimestamp")
        .filter(millis -> millis.matches("\\d{1,15}"))
        .map(millis -> Instant.ofEpochMilli(Long.parseLong(millis)))
        .orElseThrow(() -> new FunctionException("A message does not say when it was received."));
  }

  private static Instant time(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw new FunctionException(
          "A time is written as 2026-11-25T06:00:00Z, not " + text + ".", e);
    }
  }

  /// @throws FunctionException where there is something other than a list of texts: a narrowed
  /// audit that is misspelt must not become an audit of everything
  private static List<String> texts(Json event, String name) {
    Optional<Json> value = JsonPath.at(event, name).filter(json -> !(json instanceof Json.Null));
    if (value.isEmpty()) {
      return List.of();
    }
    List<Json> items = JsonPath.items(event, name);
    TreeSet<String> texts = new TreeSet<>();
    for (Json item : items) {
      if (item instanceof Json.Str(_, String text) && !text.isBlank()) {
        texts.add(text);
      }
    }
    if (!(value.get() instanceof Json.Arr) || texts.size() != items.size()) {
      throw new FunctionException(name + " must be a list of different texts.");
    }
    return List.copyOf(texts);
  }
}
