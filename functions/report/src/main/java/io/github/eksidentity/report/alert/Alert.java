package io.github.eksidentity.report.alert;

import io.github.eksidentity.core.audit.Severity;
import io.github.eksidentity.core.drift.Digest;
import io.github.eksidentity.core.drift.FindingState;
import io.github.eksidentity.core.drift.TransitionKind;
import io.github.eksidentity.core.json.JsonWriter;
import io.github.eksidentity.core.json.JsonWriter.Layout;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntFunction;

/// One message for an SNS topic, as it is published with `MessageStructure` `json`: every kind of
/// subscriber gets its own form.
///
/// Limits documented at <https://docs.aws.amazon.com/sns/latest/api/API_Publish.html>.
///
/// @param subject printable ASCII, fewer than 100 characters
/// @param message the JSON object with the form of each protocol
/// @param attributes what subscriptions filter by; at most ten, which is what raw delivery to SQS
/// takes
public record Alert(String subject, String message, SortedMap<String, Attribute> attributes) {
  /// What subject, message and attributes together may take, in bytes of UTF-8.
  public static final int MOST_BYTES = 256 * 1024;

  /// A message attribute.
  ///
  /// @param type `String`, `String.Array` or `Number`
  public record Attribute(String type, String value) {
    static Attribute text(String value) {
      return new Attribute("String", value);
    }

    static Attribute texts(Collection<String> values) {
      return new Attribute(
          "String.Array",
          JsonWriter.render(
              Layout.ASCII_LINE, out -> out.list(items -> values.forEach(items::text))));
    }

    static Attribute number(int value) {
      return new Attribute("Number", Integer.toString(value));
    }
  }

  public Alert {
    attributes = Collections.unmodifiableSortedMap(new TreeMap<>(attributes));
  }

  /// What a run has to tell; empty where nothing changed.
  public static Optional<Alert> of(Digest digest, FindingsPlace place) {
    if (digest.isEmpty()) {
      return Optional.empty();
    }
    AlertNews news = AlertNews.of(digest);
    String subject = AlertSubject.of(news);
    return Optional.of(
        fitted(
            subject,
            attributes("digest", news),
            AlertMail.render(news, place),
            AlertChat.of(subject, news, place),
            AlertContent.of("digest", subject, news)));
  }

  /// That a run changed nothing, for those who want to hear that too.
  ///
  /// @param digest of a run that changed nothing
  public static Alert heartbeat(Digest digest, FindingsPlace place) {
    AlertNews news = AlertNews.of(digest);
    String subject = AlertSubject.heartbeat(news);
    return fitted(
        subject,
        attributes("heartbeat", news),
        QuietMail.heartbeat(digest, place),
        AlertChat.heartbeat(subject, news),
        AlertContent.of("heartbeat", subject, news));
  }

  /// What is still open at high or above, oldest first; empty where nothing is.
  ///
  /// @param findings any; those that are resolved, muted or less severe are left out
  /// @param now what ages are counted to
  public static Optional<Alert> reminder(
      Collection<FindingState> findings, Instant now, FindingsPlace place) {
    Reminder reminder = Reminder.of(findings, now);
    if (reminder.open().isEmpty()) {
      return Optional.empty();
    }
    String subject = AlertSubject.reminder(reminder);
    return Optional.of(
        fitted(
            subject,
            attributes(reminder),
            QuietMail.reminder(reminder, place),
            AlertChat.reminder(subject, reminder, place),
            AlertContent.of(subject, reminder)));
  }

  private static SortedMap<String, Attribute> attributes(String kind, AlertNews news) {
    return new TreeMap<>(
        Map.of(
            "kind", Attribute.text(kind),
            "accountId", Attribute.text(news.digest().run().account()),
            "highestSeverity", Attribute.text(news.highest()),
            "severities",
                Attribute.texts(news.severities().keySet().stream().map(Severity::id).toList()),
            "newCount", Attribute.number(news.digest().opened().size() + news.firstRead()),
            "changedCount", Attribute.number(news.count(TransitionKind.CHANGED)),
            "resolvedCount", Attribute.number(news.digest().resolved().size()),
            "edgesAddedCount", Attribute.number(news.digest().edges().added().size()),
            "lostCount", Attribute.number(news.digest().lost().size()),
            "runStatus", Attribute.text(news.status())));
  }

  private static SortedMap<String, Attribute> attributes(Reminder reminder) {
    List<String> accounts = reminder.accounts();
    return new TreeMap<>(
        Map.of(
            "kind", Attribute.text("reminder"),
            "accountId",
                accounts.size() == 1
                    ? Attribute.text(accounts.getFirst())
                    : Attribute.texts(accounts.subList(0, Math.min(100, accounts.size()))),
            "highestSeverity", Attribute.text(reminder.severities().firstKey().id()),
            "severities",
                Attribute.texts(reminder.severities().keySet().stream().map(Severity::id).toList()),
            "openCount", Attribute.number(reminder.open().size())));
  }

  /// The message with as many whole entries in its machine form as there is room for.
  private static Alert fitted(
      String subject,
      SortedMap<String, Attribute> attributes,
      String mail,
      String chat,
      AlertContent content) {
    IntFunction<Alert> cut =
        most -> new Alert(subject, forms(AlertJson.render(content, most), mail, chat), attributes);
    Alert whole = cut.apply(AlertJson.MOST_ENTRIES);
    if (whole.bytes() <= MOST_BYTES) {
      return whole;
    }
    Alert best = cut.apply(0);
    int fits = 0;
    int tooMany = AlertJson.MOST_ENTRIES;
    while (fits + 1 < tooMany) {
      int middle = (fits + tooMany) / 2;
      Alert candidate = cut.apply(middle);
      if (candidate.bytes() <= MOST_BYTES) {
        fits = middle;
        best = candidate;
      } else {
        tooMany = middle;
      }
    }
    return best;
  }

  /// The JSON object that SNS takes: it gives every protocol its own member, and all others
  /// `default`.
  private static String forms(String machine, String mail, String chat) {
    return JsonWriter.object(
        Layout.LINE,
        out ->
            out.text("default", machine)
                .text("email", mail)
                .text("https", chat)
                .text("lambda", machine)
                .text("sqs", machine));
  }

  /// Bytes that the message takes of what SNS allows.
  public int bytes() {
    int bytes = utf8(subject) + utf8(message);
    for (Map.Entry<String, Attribute> attribute : attributes.entrySet()) {
      bytes +=
          utf8(attribute.getKey())
              + utf8(attribute.getValue().type())
              + utf8(attribute.getValue().value());
    }
    return bytes;
  }

  private static int utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
