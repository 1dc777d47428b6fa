package io.github.eksidentity.slack;

import io.github.eksidentity.core.json.Json;
import io.github.eksidentity.core.json.JsonPath;
import io.github.eksidentity.report.alert.Mrkdwn;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// An alert in its form for programs, in blocks: what it is about, one block for each finding that
/// people must look at, and counts of the rest.
final class DigestBlocks {
  private static final int MOST_FINDINGS = 20;
  private static final int MOST_SCOPES = 8;
  private static final int NAME = 300;
  private static final int TITLE = 600;
  private static final int REASON = 120;

  /// So that as many edges as scopes fit into a block.
  private static final int EDGE_NAME = 100;

  private DigestBlocks() {}

  static void add(Blocks blocks, Json alert) {
    blocks.section(summary(alert));
    scopes(blocks, "*Coverage lost*", JsonPath.items(alert, "coverage", "lost"));
    scopes(blocks, "*Coverage regained*", JsonPath.items(alert, "coverage", "regained"));
    edges(blocks, "*Edges added*", alert, "edgesAdded");
    edges(blocks, "*Edges removed*", alert, "edgesRemoved");
    List<Json> shown = toMend(alert).toList();
    int told = 0;
    while (told < Math.min(shown.size(), MOST_FINDINGS)
        && blocks.section(finding(shown.get(told)))) {
      told++;
    }
    String rest = rest(alert, told);
    if (!rest.isEmpty()) {
      blocks.footer(rest);
    }
    JsonPath.text(alert, "run", "id")
        .ifPresent(
            run ->
                blocks.footer(
                    "Run "
                        + Mrkdwn.code(run, NAME)
                        + ". A message with the same run is the same news."));
  }

  /// What makes somebody act; everything else is counted.
  private static Stream<Json> toMend(Json alert) {
    return Stream.of(
            JsonPath.items(alert, "transitions").stream()
                .filter(transition -> !text(transition, "transition").equals("resolved")),
            JsonPath.items(alert, "firstReads").stream()
                .flatMap(read -> JsonPath.items(read, "worst").stream()),
            JsonPath.items(alert, "open").stream())
        .flatMap(findings -> findings);
  }

  private static String summary(Json alert) {
    if (text(alert, "kind").equals("reminder")) {
      return "Still open at high or above, the oldest first.";
    }
    StringBuilder line = new StringBuilder("Account ");
    line.append(Mrkdwn.code(text(alert, "run", "account"), NAME)).append(". ");
    line.append(
        JsonPath.isTrue(alert, "run", "complete")
            ? "The audit was complete."
            : "*The audit was not complete*: what could not be read is neither found nor"
                + " resolved.");
    long held = count(alert, "held");
    if (JsonPath.isTrue(alert, "run", "suspect") || held > 0) {
      line.append("\n*")
          .append(held)
          .append(
              " findings would be resolved at once.* They are held until the next audit confirms"
                  + " it.");
    }
    return line.toString();
  }

  private static void scopes(Blocks blocks, String title, List<Json> scopes) {
    if (scopes.isEmpty()) {
      return;
    }
    List<String> lines = new ArrayList<>();
    lines.add(title);
    scopes.stream().limit(MOST_SCOPES).map(DigestBlocks::scope).forEach(lines::add);
    if (scopes.size() > MOST_SCOPES) {
      lines.add("and " + (scopes.size() - MOST_SCOPES) + " more");
    }
    blocks.section(String.join("\n", lines));
  }

  private static String scope(Json scope) {
    return "• "
        + Mrkdwn.code(text(scope, "scope"), REASON)
        + JsonPath.text(scope, "reason")
            .filter(reason -> !reason.isEmpty())
            .map(reason -> ": " + Mrkdwn.prose(reason, REASON))
            .orElse("")
        + JsonPath.text(scope, "permission")
            .map(permission -> "; allow " + Mrkdwn.code(permission, REASON / 2))
            .orElse("");
  }

  /// What was left off of the alert counts too.
  private static void edges(Blocks blocks, String title, Json alert, String name) {
    List<Json> edges = JsonPath.items(alert, name);
    if (edges.isEmpty()) {
      return;
    }
    List<String> lines = new ArrayList<>();
    lines.add(title);
    edges.stream().limit(MOST_SCOPES).map(DigestBlocks::edge).forEach(lines::add);
    long more = count(alert, name) - (lines.size() - 1);
    if (more > 0) {
      lines.add("and " + more + " more");
    }
    blocks.section(String.join("\n", lines));
  }

  private static String edge(Json edge) {
    return "• %s of %s to %s (%s, %s)"
        .formatted(
            Mrkdwn.code(text(edge, "serviceAccount"), EDGE_NAME),
            Mrkdwn.code(text(edge, "cluster"), EDGE_NAME),
            Mrkdwn.code(text(edge, "role"), EDGE_NAME),
            Mrkdwn.plain(text(edge, "status"), EDGE_NAME),
            Mrkdwn.plain(text(edge, "rights"), EDGE_NAME));
  }

  private static String finding(Json finding) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "*%s* %s: %s"
            .formatted(
                Mrkdwn.plain(text(finding, "severity").toUpperCase(Locale.ROOT), NAME),
                Mrkdwn.plain(
                    JsonPath.text(finding, "transition").orElseGet(() -> text(finding, "status")),
                    NAME),
                Mrkdwn.code(text(finding, "rule"), NAME)));
    JsonPath.text(finding, "title").ifPresent(title -> lines.add(Mrkdwn.prose(title, TITLE)));
    String where = Mrkdwn.code(text(finding, "resource"), NAME);
    lines.add(
        JsonPath.text(finding, "cluster")
            .map(cluster -> where + " in " + Mrkdwn.code(cluster, NAME))
            .orElse(where));
    return String.join("\n", lines);
  }

  private static String rest(Json alert, int told) {
    long toMend =
        Stream.of("opened", "reopened", "unmuted", "changed", "firstRead", "open")
            .mapToLong(name -> count(alert, name))
            .sum();
    Stream<String> parts =
        Stream.of(
            toMend > told ? "and " + (toMend - told) + " more to look at" : "",
            counted(alert, "resolved", "resolved"),
            counted(alert, "removed", "gone with their account"),
            counted(alert, "disabled", "switched off"),
            counted(alert, "unsettled", "could not be settled"),
            counted(alert, "verified", "audited again and still open"),
            counted(alert, "muted", "muted"));
    return String.join(" · ", parts.filter(part -> !part.isEmpty()).toList());
  }

  private static String counted(Json alert, String name, String words) {
    long count = count(alert, name);
    return count == 0 ? "" : count + " " + words;
  }

  private static long count(Json alert, String name) {
    return JsonPath.number(alert, "counts", name).orElse(0L);
  }

  private static String text(Json json, String... path) {
    return JsonPath.text(json, path).orElse("-");
  }
}
