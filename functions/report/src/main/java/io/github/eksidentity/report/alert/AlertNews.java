package io.github.eksidentity.report.alert;

import io.github.eksidentity.core.audit.Finding;
import io.github.eksidentity.core.audit.Severity;
import io.github.eksidentity.core.drift.Digest;
import io.github.eksidentity.core.drift.TransitionKind;
import io.github.eksidentity.report.page.Cut;
import io.github.eksidentity.report.page.Names;
import io.github.eksidentity.report.text.EdgeText;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/// A digest as every form of an alert tells it: the same order and the same words.
///
/// @param toMend what came up or changed, worst first
/// @param severities of what came up or changed, first reads included; worst first
record AlertNews(
    Digest digest, List<Digest.Entry> toMend, SortedMap<Severity, Integer> severities) {
  /// Longer than any ARN.
  private static final int LONGEST_NAME = 2048;

  private static final Comparator<Digest.Entry> WORST_FIRST =
      Comparator.comparing((Digest.Entry entry) -> entry.now().finding(), Finding.ORDER)
          .thenComparing(entry -> entry.now().id());

  static AlertNews of(Digest digest) {
    List<Digest.Entry> toMend =
        Stream.concat(digest.opened().stream(), digest.changed().stream())
            .sorted(WORST_FIRST)
            .toList();
    SortedMap<Severity, Integer> severities = new TreeMap<>(Collections.reverseOrder());
    toMend.forEach(entry -> severities.merge(entry.now().finding().severity(), 1, Integer::sum));
    digest
        .baseline()
        .forEach(
            read ->
                read.counts()
                    .forEach((severity, count) -> severities.merge(severity, count, Integer::sum)));
    return new AlertNews(digest, toMend, Collections.unmodifiableSortedMap(severities));
  }

  /// Whether the audit can be relied on: `complete`, `partial` or `suspect`.
  String status() {
    if (digest.run().suspect()) {
      return "suspect";
    }
    return digest.run().complete() ? "complete" : "partial";
  }

  /// The worst severity of what came up or changed, or `none`.
  String highest() {
    return severities.isEmpty() ? "none" : severities.firstKey().id();
  }

  /// How many findings were opened, reopened, unmuted or changed one by one.
  int count(TransitionKind kind) {
    return (int) toMend.stream().filter(entry -> entry.kind() == kind).count();
  }

  /// How many findings first reads brought up.
  int firstRead() {
    return digest.baseline().stream().mapToInt(Digest.FirstRead::total).sum();
  }

  /// How many findings were switched off with their rules.
  int disabled() {
    return digest.disabled().values().stream().mapToInt(Integer::intValue).sum();
  }

  /// What changed, most important first, as `2 critical new`. ASCII.
  List<String> changes() {
    List<String> parts = new ArrayList<>();
    part(parts, digest.held().size(), "held");
    for (Severity severity : List.of(Severity.values()).reversed()) {
      part(parts, opened(severity, TransitionKind.OPENED), severity.id() + " new");
      part(parts, opened(severity, TransitionKind.REOPENED), severity.id() + " reopened");
      part(parts, opened(severity, TransitionKind.UNMUTED), severity.id() + " unmuted");
    }
    part(parts, digest.changed().size(), "changed");
    firstReads(parts);
    part(parts, digest.lost().size(), scopes(digest.lost().size()) + " lost");
    edges(parts, digest.edges().added().size(), "added");
    part(parts, digest.resolved().size(), "resolved");
    part(parts, digest.regained().size(), scopes(digest.regained().size()) + " regained");
    edges(parts, digest.edges().removed().size(), "removed");
    parts.addAll(others());
    return parts;
  }

  private static void edges(List<String> parts, int count, String happened) {
    if (count > 0) {
      parts.add(EdgeText.counted(count, happened));
    }
  }

  private void firstReads(List<String> parts) {
    if (firstRead() == 0) {
      return;
    }
    Severity worst =
        digest.baseline().stream()
            .flatMap(read -> read.counts().keySet().stream())
            .max(Comparator.naturalOrder())
            .orElseThrow();
    int ofWorst =
        digest.baseline().stream().mapToInt(read -> read.counts().getOrDefault(worst, 0)).sum();
    part(parts, firstRead(), "on first read (%d %s)".formatted(ofWorst, worst.id()));
  }

  /// What is only counted.
  List<String> others() {
    List<String> parts = new ArrayList<>();
    part(parts, digest.unsettled(), "could not be settled");
    part(parts, digest.verified(), "audited again and still open");
    part(parts, digest.muted(), "muted");
    part(parts, disabled(), "switched off");
    part(parts, digest.removed(), "gone with the account");
    return parts;
  }

  /// How bad it is, in words. ASCII.
  String howBad() {
    return severities.isEmpty() ? "nothing new is wrong" : counted(severities);
  }

  /// As `2 critical, 1 low`, worst first.
  static String counted(Map<Severity, Integer> counts) {
    return String.join(
        ", ",
        List.of(Severity.values()).reversed().stream()
            .filter(counts::containsKey)
            .map(severity -> counts.get(severity) + " " + severity.id())
            .toList());
  }

  /// What happened to a finding, in a few words.
  static String what(Digest.Entry entry) {
    return switch (entry.kind()) {
      case OPENED -> "new";
      case CHANGED ->
          entry
              .before()
              .map(before -> before.finding().severity())
              .filter(before -> before != entry.now().finding().severity())
              .map(before -> "was " + before.id())
              .orElse("other evidence");
      case REOPENED, RESOLVED, UNVERIFIED, VERIFIED, MUTED, UNMUTED, DISABLED, REMOVED ->
          entry.kind().id();
    };
  }

  /// What a finding is about, in words.
  static String about(Finding finding) {
    String subject = subject(finding);
    return finding
        .cluster()
        .map(cluster -> Cut.to(LONGEST_NAME, cluster))
        .filter(cluster -> !subject.endsWith("cluster " + cluster))
        .map(
            cluster ->
                subject + ", cluster " + cluster + " in " + Cut.to(LONGEST_NAME, finding.region()))
        .orElse(subject);
  }

  /// The resource that a finding is about, in words.
  static String subject(Finding finding) {
    return Names.subject(Cut.to(LONGEST_NAME, finding.resource()));
  }

  static String word(Severity severity) {
    return severity.id().toUpperCase(Locale.ROOT);
  }

  /// As many parts as there is room for; whether there are more is said.
  static String joined(List<String> parts, int room) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < parts.size(); i++) {
      String next = (i == 0 ? "" : ", ") + parts.get(i);
      int kept = i == parts.size() - 1 ? 0 : ", ...".length();
      if (text.length() + next.length() + kept > room) {
        return text.append(i == 0 ? "..." : ", ...").toString();
      }
      text.append(next);
    }
    return text.toString();
  }

  static String scopes(int count) {
    return count == 1 ? "scope" : "scopes";
  }

  static String findings(int count) {
    return count == 1 ? "1 finding" : count + " findings";
  }

  private int opened(Severity severity, TransitionKind kind) {
    return (int)
        digest.opened().stream()
            .filter(entry -> entry.kind() == kind)
            .filter(entry -> entry.now().finding().severity() == severity)
            .count();
  }

  private static void part(List<String> parts, int count, String words) {
    if (count > 0) {
      parts.add(count + " " + words);
    }
  }
}
