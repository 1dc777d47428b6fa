package io.github.eksidentity.slack;

import io.github.eksidentity.core.json.Json;
import io.github.eksidentity.lambda.Event;
import io.github.eksidentity.report.Mrkdwn;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/// A digest in blocks: what it is about, one block for each finding that people must look at, and
/// counts of the rest.
final class DigestBlocks {
  private static final int MOST_FINDINGS = 20;
  private static final int NAME = 300;
  private static final int TITLE = 600;

  /// What makes somebody act; everything else is counted.
  private static final Set<String> SHOWN = Set.of("opened", "reopened", "changed", "unmuted");

  private DigestBlocks() {}

  static void add(Blocks blocks, Json digest) {
    blocks.section(summary(digest));
    List<Json> transitions = Event.items(digest, "transitions");
    List<Json> shown = transitions.stream().filter(DigestBlocks::isShown).toList();
    int told = 0;
    while (told < Math.min(shown.size(), MOST_FINDINGS)
        && blocks.section(finding(shown.get(told)))) {
      told++;
    }
    String rest = rest(transitions, shown.size() - told);
    if (!rest.isEmpty()) {
      blocks.footer(rest);
    }
    blocks.footer(
        "Run "
            + Mrkdwn.code(text(digest, "run", "id"), NAME)
            + ". A message with the same run is the same news.");
  }

  private static boolean isShown(Json transition) {
    return SHOWN.contains(text(transition, "transition")) && !Event.isTrue(transition, "baseline");
  }

  private static String summary(Json digest) {
    StringBuilder line = new StringBuilder("Account ");
    line.append(Mrkdwn.code(text(digest, "run", "account"), NAME)).append(". ");
    line.append(
        Event.isTrue(digest, "run", "complete")
            ? "The audit was complete."
            : "*The audit was not complete*: what could not be read is neither found nor"
                + " resolved.");
    int held = Event.items(digest, "held").size();
    if (Event.isTrue(digest, "run", "suspect") || held > 0) {
      line.append("\n*")
          .append(held)
          .append(
              " findings would be resolved at once.* They are held until the next audit confirms"
                  + " it.");
    }
    return line.toString();
  }

  private static String finding(Json transition) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "*%s* %s: %s"
            .formatted(
                Mrkdwn.plain(text(transition, "severity").toUpperCase(Locale.ROOT), NAME),
                Mrkdwn.plain(text(transition, "transition"), NAME),
                Mrkdwn.code(text(transition, "rule"), NAME)));
    Event.text(transition, "title").ifPresent(title -> lines.add(Mrkdwn.prose(title, TITLE)));
    String where = Mrkdwn.code(text(transition, "resource"), NAME);
    lines.add(
        Event.text(transition, "cluster")
            .map(cluster -> where + " in " + Mrkdwn.code(cluster, NAME))
            .orElse(where));
    return String.join("\n", lines);
  }

  private static String rest(List<Json> transitions, int notShown) {
    Stream<String> parts =
        Stream.of(
            notShown > 0 ? "and " + notShown + " more like these" : "",
            counted(transitions, "resolved", "resolved"),
            counted(transitions, "removed", "gone with their account"),
            counted(transitions, "disabled", "switched off"),
            counted(transitions, "unverified", "cannot be verified any more"),
            counted(transitions, "verified", "can be verified again"),
            baseline(transitions));
    return String.join(" · ", parts.filter(part -> !part.isEmpty()).toList());
  }

  private static String counted(List<Json> transitions, String transition, String words) {
    long count =
        transitions.stream().filter(json -> text(json, "transition").equals(transition)).count();
    return count == 0 ? "" : count + " " + words;
  }

  private static String baseline(List<Json> transitions) {
    long count = transitions.stream().filter(json -> Event.isTrue(json, "baseline")).count();
    return count == 0 ? "" : count + " found on the first look";
  }

  private static String text(Json json, String... path) {
    return Event.text(json, path).orElse("-");
  }
}
