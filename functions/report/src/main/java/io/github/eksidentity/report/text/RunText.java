package io.github.eksidentity.report.text;

import io.github.eksidentity.core.audit.Finding;
import io.github.eksidentity.core.audit.Mute;
import io.github.eksidentity.core.audit.Severity;
import io.github.eksidentity.core.drift.Counts;
import io.github.eksidentity.core.drift.FindingState;
import io.github.eksidentity.core.drift.Run;
import io.github.eksidentity.core.drift.RunRecorder;
import io.github.eksidentity.core.drift.RunState;
import io.github.eksidentity.core.drift.ScopeEdges;
import io.github.eksidentity.core.drift.Transition;
import io.github.eksidentity.core.drift.TransitionKind;
import io.github.eksidentity.core.facts.Scope;
import io.github.eksidentity.report.page.Names;
import io.github.eksidentity.report.page.Page;
import io.github.eksidentity.report.page.Style;
import io.github.eksidentity.report.page.TextOptions;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// Runs, and the findings that are kept from run to run, for a person at a terminal.
public final class RunText {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("yyyy-MM-dd", Locale.ROOT).withZone(ZoneOffset.UTC);

  private RunText() {}

  /// What a run changed, in a few lines.
  ///
  public static String summary(RunRecorder.Result.Recorded recorded, TextOptions options) {
    Run run = recorded.run();
    Page page = new Page(options.width(), options.colour());
    if (recorded.again()) {
      return page.blank()
          .paragraph(0, Style.BOLD, "Since the last run: nothing changed.")
          .paragraph(0, Style.DIM, "Run " + run.id() + " was recorded before; nothing is new.")
          .toString();
    }
    page.blank()
        .paragraph(
            0,
            Style.BOLD,
            "Since the last run: "
                + said(run.counts(), ScopeEdges.changes(recorded.scopes()))
                + ".");
    if (run.suspect()) {
      page.paragraph(
          0,
          Style.ALARM,
          "So many findings would be resolved at once that the run is suspect. They stay open until"
              + " the next run says the same.");
    }
    return page.paragraph(0, Style.DIM, "Run " + run.id() + ".").toString();
  }

  private static String said(Counts counts, ScopeEdges edges) {
    List<String> parts = new ArrayList<>();
    if (!counts.isEmpty()) {
      parts.add(said(counts));
    }
    if (!edges.added().isEmpty()) {
      parts.add(EdgeText.counted(edges.added().size(), "added"));
    }
    if (!edges.removed().isEmpty()) {
      parts.add(EdgeText.counted(edges.removed().size(), "removed"));
    }
    return parts.isEmpty() ? "nothing changed" : String.join(", ", parts);
  }

  private static String said(Counts counts) {
    List<String> parts = new ArrayList<>();
    for (TransitionKind kind : TransitionKind.values()) {
      if (counts.of(kind) > 0) {
        parts.add(counts.of(kind) + " " + kind.id());
      }
      if (kind == TransitionKind.OPENED && counts.baseline() > 0) {
        parts.add(counts.baseline() + " of them because something was read for the first time");
      }
    }
    if (counts.held() > 0) {
      parts.add(counts.held() + " held");
    }
    return String.join(", ", parts);
  }

  /// The findings, worst first, two lines each.
  ///
  /// @param states in the order in which to show them
  public static String findings(List<FindingState> states, TextOptions options) {
    Page page = new Page(options.width(), options.colour());
    for (FindingState state : states) {
      Finding finding = state.finding();
      page.line(
          0,
          Style.of(finding.severity()),
          "%s %-8s  %s  %s"
              .formatted(
                  Style.symbol(finding.severity()),
                  finding.severity().id().toUpperCase(Locale.ROOT),
                  finding.rule(),
                  standing(state)));
      page.paragraph(4, Style.BOLD, finding.title());
      page.line(4, Style.NONE, place(finding));
      page.line(
          4, Style.DIM, "%s, first seen %s".formatted(state.id(), DAY.format(state.firstSeen())));
    }
    return page.blank().paragraph(0, Style.BOLD, totals(states)).toString();
  }

  private static String standing(FindingState state) {
    return state.status().id() + (state.muted() ? ", muted" : "");
  }

  private static String place(Finding finding) {
    String cluster =
        finding.cluster().map(name -> ", cluster " + name + " in " + finding.region()).orElse("");
    return "account "
        + finding.account()
        + cluster
        + (finding.resource().equals(finding.account())
            ? ""
            : ", " + Names.subject(finding.resource()));
  }

  private static String totals(List<FindingState> states) {
    if (states.isEmpty()) {
      return "No findings.";
    }
    Map<Severity, Long> counts =
        states.stream()
            .collect(
                Collectors.groupingBy(state -> state.finding().severity(), Collectors.counting()));
    String bySeverity =
        List.of(Severity.values()).reversed().stream()
            .filter(counts::containsKey)
            .map(severity -> counts.get(severity) + " " + severity.id())
            .collect(Collectors.joining(", "));
    return states.size() + (states.size() == 1 ? " finding: " : " findings: ") + bySeverity + ".";
  }

  /// One finding with everything that is known of it, and what happened to it, oldest first.
  public static String history(FindingState state, List<Transition> history, TextOptions options) {
    Page page = new Page(options.width(), options.colour());
    page.line(0, Style.BOLD, state.id() + "  " + standing(state));
    page.line(0, Style.NONE, place(state.finding()));
    page.paragraph(
        0,
        Style.NONE,
        "First seen %s, last seen %s%s."
            .formatted(TIME.format(state.firstSeen()), TIME.format(state.lastSeen()), end(state)));
    page.blank();
    new FindingText(page, options).write(state.finding());
    page.blank().paragraph(0, Style.BOLD, "History");
    for (Transition transition : history) {
      page.hanging(2, TIME.format(transition.at()) + "  ", Style.NONE, happened(transition));
    }
    return page.toString();
  }

  private static String end(FindingState state) {
    return switch (state.status()) {
      case RESOLVED ->
          ", resolved %s (%s)"
              .formatted(
                  state.resolvedAt().map(TIME::format).orElse(""),
                  state.resolution().map(reason -> reason.id().replace('-', ' ')).orElse(""));
      case UNVERIFIED -> ", since then not read: " + scopes(state.missing());
      case OPEN ->
          state.heldBy().isPresent() ? "; the last run found it gone and is not believed" : "";
      case DISABLED, REMOVED -> "";
    };
  }

  private static String scopes(Collection<Scope> scopes) {
    return scopes.isEmpty()
        ? "what would settle it"
        : scopes.stream().sorted().map(Scope::toString).collect(Collectors.joining(", "));
  }

  private static String happened(Transition transition) {
    String kind = (transition.held() ? "held, not " : "") + transition.kind().id();
    String detail =
        switch (transition.kind()) {
          case OPENED ->
              transition.baseline().map(scope -> " by the first read of " + scope).orElse("");
          case CHANGED -> severities(transition);
          case UNVERIFIED -> ": not read " + scopes(transition.scopes());
          case RESOLVED ->
              transition
                  .after()
                  .resolution()
                  .map(reason -> " (" + reason.id().replace('-', ' ') + ")")
                  .orElse("");
          case REOPENED, VERIFIED, MUTED, UNMUTED, DISABLED, REMOVED -> "";
        };
    return kind + detail + ", run " + transition.run();
  }

  private static String severities(Transition transition) {
    Severity now = transition.after().finding().severity();
    return transition
        .before()
        .map(before -> before.finding().severity())
        .filter(before -> before != now)
        .map(before -> " from " + before.id() + " to " + now.id())
        .orElse(": other evidence");
  }

  /// The runs, one line each.
  public static String runs(List<Run> runs, TextOptions options) {
    Page page = new Page(options.width(), options.colour());
    for (Run run : runs) {
      page.line(0, run.suspect() ? Style.ALARM : Style.BOLD, head(run));
      page.paragraph(
          4,
          Style.NONE,
          run.state() != RunState.COMPLETED
              ? "did not complete"
              : run.counts().isEmpty() ? "no finding changed" : said(run.counts()));
    }
    return runs.isEmpty() ? page.paragraph(0, Style.BOLD, "No runs.").toString() : page.toString();
  }

  private static String head(Run run) {
    String words =
        run.state().id()
            + (run.state() == RunState.COMPLETED && !run.complete() ? ", not everything read" : "")
            + (run.suspect() ? ", suspect" : "");
    return "%s  account %s  %s  %s"
        .formatted(TIME.format(run.now()), run.account(), words, run.id());
  }

  /// The mutes, by their last day.
  public static String mutes(List<Mute> mutes, Instant now, TextOptions options) {
    Page page = new Page(options.width(), options.colour());
    mutes.stream()
        .sorted(Comparator.comparing(Mute::until).thenComparing(Mute::id))
        .forEach(
            mute -> {
              boolean holds = mute.inForce(now);
              page.line(
                  0,
                  holds ? Style.BOLD : Style.DIM,
                  "%s  %s %s".formatted(mute.id(), holds ? "until" : "ended on", mute.until()));
              page.hanging(4, "rule      ", Style.NONE, mute.rule());
              page.hanging(4, "resource  ", Style.NONE, mute.resource());
              page.hanging(4, "account   ", Style.NONE, mute.account().orElse("every account"));
              page.hanging(4, "owner     ", Style.NONE, mute.owner());
              page.hanging(4, "reason    ", Style.NONE, mute.reason());
            });
    return mutes.isEmpty()
        ? page.paragraph(0, Style.BOLD, "No mutes.").toString()
        : page.toString();
  }
}
