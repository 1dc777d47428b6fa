package io.github.eksidentity.report;

import io.github.eksidentity.core.audit.Finding;
import io.github.eksidentity.core.audit.Severity;
import io.github.eksidentity.core.drift.Digest;
import io.github.eksidentity.core.drift.FindingState;
import io.github.eksidentity.core.drift.TransitionKind;
import io.github.eksidentity.core.facts.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// What a run has to tell, as plain text of 72 columns.
public final class DigestText {
  private static final int WIDTH = 72;

  /// More than so many findings of a kind are not named one by one.
  private static final int MOST = 20;

  private final Digest digest;
  private final Page page = new Page(WIDTH, false);

  private DigestText(Digest digest) {
    this.digest = digest;
  }

  /// The text; empty where nothing changed.
  public static String render(Digest digest) {
    return digest.isEmpty() ? "" : new DigestText(digest).render();
  }

  private String render() {
    head();
    findings("Held, not resolved", digest.held());
    findings("Opened", digest.opened());
    digest.baseline().forEach(this::firstRead);
    findings("Changed", digest.changed());
    digest.lost().forEach(line -> scope("No longer read: ", "became unverified", line));
    digest.regained().forEach(line -> scope("Read again: ", "verified", line));
    findings("Resolved", digest.resolved());
    counts();
    page.blank().paragraph(0, Style.NONE, "Run " + digest.run().id());
    return page.toString();
  }

  /// The first three lines say what changed, how bad it is, and whether the audit saw everything.
  private void head() {
    page.paragraph(
        0,
        Style.NONE,
        "Account %s: %d opened, %d changed, %d resolved, %d by a first read."
            .formatted(
                digest.run().account(),
                digest.opened().size(),
                digest.changed().size(),
                digest.resolved().size(),
                digest.baseline().stream().mapToInt(Digest.FirstRead::total).sum()));
    page.paragraph(
        0,
        Style.NONE,
        digest
            .highestSeverity()
            .map(worst -> "Worst of what came up: " + worst.id() + ".")
            .orElse("Nothing new is wrong."));
    page.paragraph(
        0,
        Style.NONE,
        digest.gaps().isEmpty()
            ? "The audit read everything."
            : "The audit could not read " + scopes(digest) + ".");
    if (digest.run().suspect()) {
      page.paragraph(
          0,
          Style.NONE,
          "The run is suspect: it would resolve so many findings at once that they stay open until"
              + " the next run says the same.");
    }
  }

  private static String scopes(Digest digest) {
    List<String> names =
        digest.gaps().stream().map(record -> record.scope().toString()).limit(3).toList();
    int more = digest.gaps().size() - names.size();
    return String.join(", ", names) + (more > 0 ? " and " + more + " more" : "");
  }

  private void findings(String title, List<Digest.Entry> entries) {
    if (entries.isEmpty()) {
      return;
    }
    page.blank().paragraph(0, Style.NONE, title + " (" + entries.size() + ")");
    for (Digest.Entry entry : entries.subList(0, Math.min(MOST, entries.size()))) {
      finding(entry.now(), word(entry));
    }
    if (entries.size() > MOST) {
      page.paragraph(
          2, Style.NONE, "and " + (entries.size() - MOST) + " more: eks-identity findings");
    }
  }

  private static String word(Digest.Entry entry) {
    if (entry.kind() == TransitionKind.CHANGED) {
      Severity now = entry.now().finding().severity();
      return entry
          .before()
          .map(before -> before.finding().severity())
          .filter(before -> before != now)
          .map(before -> ", was " + before.id())
          .orElse(", other evidence");
    }
    return entry.kind() == TransitionKind.REOPENED || entry.kind() == TransitionKind.UNMUTED
        ? ", " + entry.kind().id()
        : "";
  }

  private void finding(FindingState state, String word) {
    Finding finding = state.finding();
    page.hanging(
        2,
        finding.severity().id().toUpperCase(Locale.ROOT) + " ",
        Style.NONE,
        finding.rule() + word);
    page.paragraph(4, Style.NONE, finding.title());
    page.line(4, Style.NONE, state.id());
  }

  private void firstRead(Digest.FirstRead read) {
    page.blank()
        .paragraph(
            0,
            Style.NONE,
            "%s was read for the first time: %s. The worst:"
                .formatted(name(read.scope()), counted(read.counts())));
    for (FindingState state : read.worst()) {
      finding(state, "");
    }
  }

  private static String name(Scope scope) {
    return scope
        .cluster()
        .map(cluster -> "Cluster " + cluster + " (" + scope + ")")
        .or(() -> scope.region().map(region -> "Region " + region))
        .orElse("Scope " + scope);
  }

  private static String counted(Map<Severity, Integer> counts) {
    return List.of(Severity.values()).reversed().stream()
        .filter(counts::containsKey)
        .map(severity -> counts.get(severity) + " " + severity.id())
        .collect(Collectors.joining(", "));
  }

  private void scope(String title, String became, Digest.ScopeLine line) {
    String reason = line.coverage().reason();
    page.blank()
        .paragraph(
            0,
            Style.NONE,
            title
                + line.scope()
                + (reason.isEmpty() ? "" : " (" + reason + ")")
                + (line.findings() == 0 ? "." : "; " + counted(line) + " " + became + "."));
  }

  private static String counted(Digest.ScopeLine line) {
    return line.findings() + (line.findings() == 1 ? " finding" : " findings");
  }

  private void counts() {
    List<String> parts = new ArrayList<>();
    part(parts, digest.unsettled(), "could not be settled");
    part(parts, digest.verified(), "audited again and still open");
    part(parts, digest.muted(), "muted");
    digest.disabled().forEach((rule, count) -> part(parts, count, "off with rule " + rule));
    part(parts, digest.removed(), "of an account that is no longer audited");
    if (!parts.isEmpty()) {
      page.blank().paragraph(0, Style.NONE, "Findings: " + String.join(", ", parts) + ".");
    }
  }

  private static void part(List<String> parts, int count, String words) {
    if (count > 0) {
      parts.add(count + " " + words);
    }
  }
}
