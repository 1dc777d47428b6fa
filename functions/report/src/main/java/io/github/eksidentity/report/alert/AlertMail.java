package io.github.eksidentity.report.alert;

import io.github.eksidentity.core.access.Edge;
import io.github.eksidentity.core.audit.Evidence;
import io.github.eksidentity.core.audit.Finding;
import io.github.eksidentity.core.drift.Digest;
import io.github.eksidentity.core.drift.FindingState;
import io.github.eksidentity.core.drift.Resolution;
import io.github.eksidentity.core.drift.ScopeEdges;
import io.github.eksidentity.core.facts.Scope;
import io.github.eksidentity.core.remedy.Remediation;
import io.github.eksidentity.report.fix.FirstFix;
import io.github.eksidentity.report.fix.Shell;
import io.github.eksidentity.report.page.CoverageGaps;
import io.github.eksidentity.report.page.Cut;
import io.github.eksidentity.report.page.Page;
import io.github.eksidentity.report.page.Style;
import io.github.eksidentity.report.text.EdgeText;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What a run has to tell, as the text of a mail: 72 columns, apart from words of commands that are
/// longer. The first three lines say what changed, how bad it is and whether the audit was
/// complete.
public final class AlertMail {
  static final int WIDTH = 72;

  /// Findings that are told with why and how to mend them.
  private static final int MOST_BLOCKS = 20;

  /// Lines of every other list.
  private static final int MOST_LINES = 20;

  private static final int MOST_HELD = 5;
  private static final int LONGEST_WHY = 400;
  private static final int LONGEST_REASON = 300;
  private static final int LONGEST_NAME = 150;

  /// A longer name is no example that anybody copies.
  private static final int LONGEST_EXAMPLE = 600;

  private static final int MUTE_DAYS = 90;

  private final AlertNews news;
  private final Digest digest;
  private final FindingsPlace place;
  private final Page page = new Page(WIDTH, false);

  private AlertMail(AlertNews news, FindingsPlace place) {
    this.news = news;
    this.digest = news.digest();
    this.place = place;
  }

  /// The text; empty where nothing changed.
  public static Optional<String> of(Digest digest, FindingsPlace place) {
    return digest.isEmpty() ? Optional.empty() : Optional.of(render(AlertNews.of(digest), place));
  }

  static String render(AlertNews news, FindingsPlace place) {
    return new AlertMail(news, place).render();
  }

  private String render() {
    head();
    held();
    coverage("COVERAGE LOST", "unverified", digest.lost());
    coverage("COVERAGE REGAINED", "verified again", digest.regained());
    firstReads();
    blocks();
    edges();
    resolved();
    others();
    foot();
    return page.toString();
  }

  private void head() {
    String account = digest.run().account() + ": ";
    page.line(0, Style.NONE, account + AlertNews.joined(news.changes(), WIDTH - account.length()));
    page.line(0, Style.NONE, "How bad: " + news.howBad() + ".");
    int gaps = digest.gaps().size();
    page.line(
        0,
        Style.NONE,
        (digest.run().complete()
                ? "Audit: complete"
                : "Audit: NOT complete, %d %s not read to the end"
                    .formatted(gaps, AlertNews.scopes(gaps)))
            + (digest.run().suspect() ? ", and NOT BELIEVED YET." : "."));
  }

  private void title(String words) {
    page.blank().line(0, Style.NONE, words);
  }

  private void held() {
    if (digest.held().isEmpty()) {
      return;
    }
    title("HELD, NOT RESOLVED");
    page.paragraph(
        2,
        Style.NONE,
        "This audit no longer sees "
            + AlertNews.findings(digest.held().size())
            + " at once. So many seldom mend themselves in a day: a wrong role, account or region"
            + " looks the same. They stay open until the next audit says so too.");
    oneLiners(2, digest.held().stream().map(Digest.Entry::now).toList(), MOST_HELD);
  }

  private void coverage(String title, String became, List<Digest.ScopeLine> lines) {
    if (lines.isEmpty()) {
      return;
    }
    title(title);
    lines.stream().limit(MOST_LINES).forEach(line -> scope(became, line));
    more(2, lines.size() - MOST_LINES, "scopes");
  }

  private void scope(String became, Digest.ScopeLine line) {
    StringBuilder words = new StringBuilder(scope(line.scope()));
    String reason = line.coverage().reason();
    if (!reason.isEmpty()) {
      words.append(": ").append(Cut.plain(LONGEST_REASON, reason));
    }
    if (line.findings() > 0) {
      words.append("; ").append(AlertNews.findings(line.findings())).append(' ').append(became);
    }
    if (!line.coverage().isComplete()) {
      words
          .append("; to mend it, ")
          .append(
              CoverageGaps.permission(line.coverage())
                  .map(permission -> "allow " + Cut.plain(LONGEST_NAME, permission))
                  .orElse("see docs/permissions.md"));
    }
    page.hanging(2, "- ", Style.NONE, words + ".");
  }

  private static String scope(Scope scope) {
    return Cut.plain(LONGEST_NAME, CoverageGaps.words(scope));
  }

  private void firstReads() {
    if (digest.baseline().isEmpty()) {
      return;
    }
    title("READ FOR THE FIRST TIME");
    for (Digest.FirstRead read : digest.baseline().stream().limit(MOST_LINES).toList()) {
      page.hanging(
          2,
          "- ",
          Style.NONE,
          "%s: %s (%s), the worst:"
              .formatted(
                  scope(read.scope()),
                  AlertNews.findings(read.total()),
                  AlertNews.counted(read.counts())));
      oneLiners(4, read.worst(), Digest.WORST);
    }
    more(2, digest.baseline().size() - MOST_LINES, "scopes");
    lookUp("All that is open:");
  }

  private void blocks() {
    if (news.toMend().isEmpty()) {
      return;
    }
    title("NEW OR CHANGED, WORST FIRST");
    news.toMend().stream().limit(MOST_BLOCKS).forEach(this::block);
    int more = news.toMend().size() - MOST_BLOCKS;
    if (more > 0) {
      page.blank();
      lookUp("and " + more + " more:");
    }
  }

  private void block(Digest.Entry entry) {
    Finding finding = entry.now().finding();
    page.blank()
        .line(
            0,
            Style.NONE,
            "%s  %s  (%s)"
                .formatted(
                    AlertNews.word(finding.severity()), finding.rule(), AlertNews.what(entry)));
    page.line(2, Style.NONE, AlertNews.about(finding));
    page.hanging(2, "why  ", Style.NONE, Cut.plain(LONGEST_WHY, finding.title()));
    finding.evidence().stream()
        .findFirst()
        .map(Evidence::summary)
        .ifPresent(summary -> page.hanging(7, "- ", Style.NONE, Cut.plain(LONGEST_WHY, summary)));
    remedy(finding);
    page.line(2, Style.NONE, "id   " + finding.id());
  }

  private void remedy(Finding finding) {
    switch (finding.remediation()) {
      case Remediation.Fix fix -> {
        page.hanging(2, "fix  ", Style.NONE, Cut.plain(LONGEST_WHY, fix.advice()));
        page.verbatim(
            7,
            FirstFix.command(fix, WIDTH - 7)
                .orElseGet(
                    () -> Shell.fold(place.command("findings", "show", finding.id()), WIDTH - 7)));
      }
      case Remediation.Decide decide ->
          page.hanging(2, "decide  ", Style.NONE, Cut.plain(LONGEST_WHY, decide.advice()));
    }
  }

  private void edges() {
    ScopeEdges edges = digest.edges();
    List<Edge> added = edges.added().stream().limit(MOST_LINES).toList();
    List<Edge> removed = edges.removed().stream().limit(MOST_LINES - added.size()).toList();
    if (added.isEmpty() && removed.isEmpty()) {
      return;
    }
    title("WHO CAN BECOME WHAT: ADDED (+) AND REMOVED (-)");
    added.forEach(edge -> page.hanging(2, "+ ", Style.NONE, EdgeText.of(edge)));
    removed.forEach(edge -> page.hanging(2, "- ", Style.NONE, EdgeText.of(edge)));
    int more = edges.added().size() + edges.removed().size() - added.size() - removed.size();
    if (more > 0) {
      page.paragraph(2, Style.NONE, "and " + more + " more; all there are:");
      page.verbatim(4, "eks-identity access");
    }
    if (edges.leftOut() > 0) {
      page.paragraph(
          2,
          Style.NONE,
          edges.leftOut()
              + " edges were too many to be kept, so that the next audit cannot tell which of them"
              + " came or went.");
    }
  }

  private void resolved() {
    if (digest.resolved().isEmpty()) {
      return;
    }
    title("RESOLVED");
    for (Digest.Entry entry : digest.resolved().stream().limit(MOST_LINES).toList()) {
      boolean gone =
          entry.now().resolution().filter(why -> why == Resolution.SUBJECT_GONE).isPresent();
      page.line(2, Style.NONE, oneLine(entry.now()) + (gone ? ", which is gone" : ""));
    }
    more(2, digest.resolved().size() - MOST_LINES, "findings");
  }

  private void others() {
    if (!news.others().isEmpty()) {
      page.blank();
      page.paragraph(0, Style.NONE, "Besides: " + String.join(", ", news.others()) + ".");
    }
    if (!digest.disabled().isEmpty()) {
      List<String> rules = digest.disabled().keySet().stream().limit(MOST_LINES).toList();
      int more = digest.disabled().size() - rules.size();
      page.paragraph(
          0,
          Style.NONE,
          "Rules switched off: "
              + String.join(", ", rules)
              + (more > 0 ? " and " + more + " more" : "")
              + ".");
    }
  }

  private void foot() {
    page.blank().line(0, Style.NONE, "--");
    AlertFoot.run(page, digest.run());
    AlertFoot.coverage(page, digest.gaps());
    mute();
  }

  /// The worst finding stands in the command, so that it can be copied as it is.
  private void mute() {
    Optional<Finding> example =
        Stream.concat(
                news.toMend().stream().map(Digest.Entry::now),
                digest.baseline().stream().flatMap(read -> read.worst().stream()))
            .map(FindingState::finding)
            .filter(finding -> finding.resource().length() <= LONGEST_EXAMPLE)
            .findFirst();
    if (example.isEmpty()) {
      return;
    }
    LocalDate until = digest.run().now().atZone(ZoneOffset.UTC).toLocalDate().plusDays(MUTE_DAYS);
    page.paragraph(0, Style.NONE, "To mute what is known and may stay, as the first one here:");
    page.verbatim(
        2,
        Shell.fold(
            place.command(
                "mute",
                "add",
                "--rule",
                example.get().rule(),
                "--resource",
                example.get().resource(),
                "--account",
                example.get().account(),
                "--owner",
                "YOU",
                "--reason",
                "WHY",
                "--until",
                until.toString()),
            WIDTH - 2));
  }

  private void lookUp(String label) {
    page.paragraph(2, Style.NONE, label);
    page.verbatim(4, Shell.fold(AlertQuery.of(digest.run(), place), WIDTH - 4));
  }

  private void oneLiners(int indent, List<FindingState> states, int most) {
    states.stream().limit(most).forEach(state -> page.line(indent, Style.NONE, oneLine(state)));
    more(indent, states.size() - most, "findings");
  }

  private void more(int indent, int count, String what) {
    if (count > 0) {
      page.line(indent, Style.NONE, "and " + count + " more " + what);
    }
  }

  static String oneLine(FindingState state) {
    Finding finding = state.finding();
    return "%-8s  %s  %s"
        .formatted(AlertNews.word(finding.severity()), finding.rule(), AlertNews.subject(finding));
  }
}
