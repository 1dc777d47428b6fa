package io.github.eksidentity.audit;

import io.github.eksidentity.core.json.Json;
import io.github.eksidentity.core.json.JsonPath;
import io.github.eksidentity.lambda.Event;
import io.github.eksidentity.lambda.FunctionException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
  private static final Set<String> MEMBERS =
      Set.of(
          "trigger",
          "id",
          "time",
          "account",
          "accounts",
          "region",
          "regions",
          "cluster",
          "clusters");

  /// Reads an event of EventBridge Scheduler, of a queue of changes, of the state machine of an
  /// organization, or of a person.
  ///
  /// @param invocation id of the request to Lambda, which stays the same when Lambda itself tries
  /// again
  /// @throws FunctionException where a value makes no sense: a narrowed audit that is misspelt must
  /// not become an audit of everything
  static AuditRequest of(Json event, String invocation) {
    if (!(event instanceof Json.Obj asked)) {
      throw new FunctionException("The event must be a JSON object, not " + event.kind() + ".");
    }
    return asked.get("Records").isPresent() ? changes(asked) : direct(asked, invocation);
  }

  private static AuditRequest direct(Json.Obj event, String invocation) {
    checkMembers(event);
    String trigger = text(event, "trigger").orElse("manual");
    Optional<String> written = text(event, "time").filter(time -> !time.isBlank());
    String id =
        text(event, "id")
            .filter(given -> !given.isBlank())
            .or(() -> written.map(time -> trigger + "-" + time))
            .orElse(invocation);
    return new AuditRequest(
        id.replaceAll("[^A-Za-z0-9._:-]", "-"),
        written.map(AuditRequest::time),
        trigger.equals("schedule"),
        names(event, "account", "\\d{12}", "An account id is twelve digits"),
        names(event, "region", "[a-z]{2,5}(-[a-z]+)+-\\d{1,2}", "A region is written as eu-west-1"),
        names(
            event,
            "cluster",
            "[0-9A-Za-z][0-9A-Za-z_-]{0,99}",
            "A cluster's name has up to 100 letters, digits, hyphens and underscores"));
  }

  private static void checkMembers(Json.Obj event) {
    Set<String> seen = new HashSet<>();
    for (Json.Member member : event.members()) {
      if (!MEMBERS.contains(member.name())) {
        throw new FunctionException(
            "The event has an unknown member "
                + member.name()
                + "; known are "
                + String.join(", ", new TreeSet<>(MEMBERS))
                + ".");
      }
      if (!seen.add(member.name())) {
        throw new FunctionException("The event has " + member.name() + " twice.");
      }
    }
  }

  /// The messages of a batch ask for an audit of the accounts in which something changed. The
  /// oldest names the run. Now is when it was first received and not when it was sent, since the
  /// queue holds it back and drops what it takes for the same: the audit stands for all changes up
  /// to then.
  private static AuditRequest changes(Json.Obj event) {
    record Message(Instant received, String id) {}
    List<Json> records =
        JsonPath.items(event, "Records").stream()
            .filter(
                message -> JsonPath.text(message, "eventSource").filter(SQS::equals).isPresent())
            .toList();
    Message first =
        records.stream()
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
        accounts(records),
        List.of(),
        List.of());
  }

  /// The accounts that the messages name; none, which stands for all, where one names none.
  private static List<String> accounts(List<Json> messages) {
    Set<String> accounts = new TreeSet<>();
    for (Json message : messages) {
      Optional<String> account =
          JsonPath.text(message, "body")
              .flatMap(Event::parse)
              .flatMap(body -> JsonPath.text(body, "account"))
              .filter(id -> id.matches("\\d{12}"));
      if (account.isEmpty()) {
        return List.of();
      }
      accounts.add(account.get());
    }
    return List.copyOf(accounts);
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

  private static Optional<String> text(Json.Obj event, String name) {
    return event
        .get(name)
        .map(
            value -> {
              if (value instanceof Json.Str(_, String text)) {
                return text;
              }
              throw new FunctionException(name + " must be a text, not " + value.kind() + ".");
            });
  }

  /// What the event is narrowed to, as one text or as a list of them.
  ///
  /// @param form regular expression of a whole name
  /// @param rule the form in words
  private static List<String> names(Json.Obj event, String name, String form, String rule) {
    Set<String> names = new TreeSet<>();
    text(event, name).ifPresent(names::add);
    event.get(name + "s").ifPresent(list -> names.addAll(texts(name + "s", list)));
    for (String given : names) {
      if (!given.matches(form)) {
        throw new FunctionException(rule + ", not " + given + ".");
      }
    }
    return List.copyOf(names);
  }

  private static Set<String> texts(String name, Json value) {
    Set<String> texts = new TreeSet<>();
    List<Json> items = value instanceof Json.Arr(_, List<Json> given) ? given : List.of();
    for (Json item : items) {
      if (item instanceof Json.Str(_, String text)) {
        texts.add(text);
      }
    }
    if (texts.isEmpty() || texts.size() != items.size()) {
      throw new FunctionException(
          name + " must be a list of one or more different texts; leave it out for all.");
    }
    return texts;
  }
}
