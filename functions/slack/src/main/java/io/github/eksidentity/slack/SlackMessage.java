package io.github.eksidentity.slack;

import io.github.eksidentity.core.json.Json;
import io.github.eksidentity.core.json.JsonPath;
import io.github.eksidentity.lambda.Event;
import io.github.eksidentity.report.alert.Mrkdwn;
import java.util.Optional;

/// The message for Slack that a notification gives.
final class SlackMessage {
  private static final String HEADLINE = "EKS identity audit";

  private SlackMessage() {}

  /// A digest as blocks; any other message as the text that it is.
  static String json(Notification notification) {
    Blocks blocks =
        new Blocks(Mrkdwn.plain(notification.subject().orElse(HEADLINE), Blocks.HEADER));
    Optional<Json> digest =
        Event.parse(notification.message())
            .filter(json -> JsonPath.at(json, "transitions").isPresent());
    digest.ifPresentOrElse(
        json -> DigestBlocks.add(blocks, json), () -> text(blocks, notification.message()));
    return blocks.json();
  }

  /// Preformatted, so that the columns of a mail stay columns.
  private static void text(Blocks blocks, String message) {
    int room = Blocks.SECTION - "```\n\n```".length();
    StringBuilder part = new StringBuilder();
    for (String raw : message.lines().toList()) {
      String line = Mrkdwn.preformatted(raw, room);
      if (part.length() + 1 + line.length() > room) {
        if (!section(blocks, part)) {
          return;
        }
        part.setLength(0);
      }
      part.append(part.isEmpty() ? "" : "\n").append(line);
    }
    section(blocks, part);
  }

  private static boolean section(Blocks blocks, CharSequence part) {
    if (part.toString().isBlank()) {
      return true;
    }
    boolean added = blocks.section("```\n" + part + "\n```");
    if (!added) {
      blocks.footer("The message is longer than Slack takes; the mail has all of it.");
    }
    return added;
  }
}
