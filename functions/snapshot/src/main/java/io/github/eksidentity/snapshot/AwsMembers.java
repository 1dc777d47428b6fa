package io.github.eksidentity.snapshot;

import io.github.eksidentity.core.answers.PercentEncoding;
import io.github.eksidentity.core.json.Json;
import io.github.eksidentity.core.json.JsonMembers;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Members in the forms in which AWS's answers have them.
final class AwsMembers {
  private AwsMembers() {}

  /// Refuses an answer that is about something else than its file.
  static void isAbout(JsonMembers<SnapshotException> answer, String name, String expected) {
    if (!answer.text(name).equals(expected)) {
      throw answer.wrong(name, Shown.quoted(expected) + " here");
    }
  }

  /// A time: ISO 8601 with offset, or seconds since 1970 as EKS sends them.
  static Optional<Instant> time(JsonMembers<SnapshotException> answer, String name) {
    if (!(answer.value(name).orElse(null) instanceof Json.Num(_, String seconds))) {
      return answer.time(name);
    }
    try {
      return Optional.of(Times.ofEpochSeconds(seconds));
    } catch (DateTimeException | ArithmeticException | NumberFormatException _) {
      throw answer.wrong(name, "a time as 2026-01-31T12:00:00Z");
    }
  }

  /// A policy document, URL-decoded; invalid ones too.
  static String document(JsonMembers<SnapshotException> answer, String name) {
    if (answer.required(name) instanceof Json.Str(_, String text)) {
      return PercentEncoding.decode(text);
    }
    throw answer.wrong(name, "a policy document (an object or a string)");
  }

  /// Tags as IAM lists them.
  static Map<String, String> tagList(JsonMembers<SnapshotException> answer) {
    Map<String, String> tags = new LinkedHashMap<>();
    for (JsonMembers<SnapshotException> tag : answer.objects("Tags")) {
      tags.put(tag.text("Key"), tag.optionalText("Value").orElse(""));
    }
    return tags;
  }
}
