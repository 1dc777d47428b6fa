package io.github.eksidentity.report.text;

import io.github.eksidentity.core.audit.Assessment;
import io.github.eksidentity.core.facts.Scope;
import io.github.eksidentity.core.rules.Rules;
import io.github.eksidentity.report.page.CoverageGaps;
import io.github.eksidentity.report.page.Names;
import io.github.eksidentity.report.page.Page;
import io.github.eksidentity.report.page.Style;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Says how much of the account was read: in short where reading begins, in detail where it ends.
final class CoverageText {
  private static final int MOST_SCOPES = 6;
  private static final int MOST_GAPS = 12;
  private static final int MOST_RULES = 8;

  private final Assessment assessment;
  private final List<CoverageGaps> gaps;

  CoverageText(Assessment assessment) {
    this.assessment = assessment;
    this.gaps = CoverageGaps.of(assessment);
  }

  /// One paragraph.
  void inShort(Page page) {
    int scopes = assessment.coverage().size();
    int open = gaps.stream().mapToInt(gap -> gap.scopes().size()).sum();
    int undecided = assessment.undecided().size();
    if (assessment.complete() && open == 0) {
      String verdicts = undecided == 0 ? "every check was decided" : undecided(undecided);
      page.paragraph(
          0,
          Style.GREEN,
          "Coverage: complete. All " + scopes + " scopes were read, " + verdicts + ".");
    } else if (assessment.complete()) {
      page.paragraph(
          0,
          Style.YELLOW,
          "Coverage: complete as far as asked. %d of %d scopes were left out and %s."
              .formatted(
                  open,
                  scopes,
                  undecided == 0
                      ? "no check needed them"
                      : undecided(undecided) + " for that or another reason"));
    } else {
      page.hanging(
          0,
          "!! ",
          Style.MAGENTA,
          "INCOMPLETE COVERAGE: %d of %d scopes were not read to the end and %s. Where nothing was read, finding nothing proves nothing. What to allow stands at the end."
              .formatted(open, scopes, undecided(undecided)));
    }
    int notAsked = assessment.notAsked().size();
    if (notAsked > 0) {
      page.paragraph(
          0,
          Style.NONE,
          "Not asked: %s about what is read on request only%s."
              .formatted(notAsked == 1 ? "1 rule" : notAsked + " rules", options()));
    }
  }

  /// Which option of a live audit, or of the command that takes a snapshot, asks how many of them.
  private String options() {
    long trail =
        assessment.notAsked().stream()
            .flatMap(id -> Rules.find(id).stream())
            .filter(
                rule ->
                    rule.metadata().needs().stream()
                        .anyMatch(need -> need.onRequest().equals(Optional.of(Scope.Kind.TRAIL))))
            .count();
    long clusters = assessment.notAsked().size() - trail;
    List<String> options = new ArrayList<>();
    if (clusters > 0) {
      options.add("--clusters asks " + clusters + " (service accounts, pods, webhooks, RBAC)");
    }
    if (trail > 0) {
      options.add("--trail asks " + trail + " (CloudTrail)");
    }
    return ": " + String.join(", ", options);
  }

  private static String undecided(int count) {
    return count == 1 ? "1 check is undecided" : count + " checks are undecided";
  }

  /// What was not read, why, and what would allow it.
  void inDetail(Page page) {
    if (!gaps.isEmpty()) {
      page.blank().paragraph(0, Style.BOLD, "Not read, or not to the end");
      gaps.stream().limit(MOST_GAPS).forEach(gap -> gap(page, gap));
      if (gaps.size() > MOST_GAPS) {
        page.paragraph(
            2,
            Style.NONE,
            "and " + (gaps.size() - MOST_GAPS) + " more reasons; --output json lists all");
      }
      Set<String> permissions = CoverageGaps.permissions(gaps);
      if (!permissions.isEmpty()) {
        page.hanging(2, "To read them, allow  ", Style.BOLD, String.join(", ", permissions));
      }
    }
    undecidedRules(page);
  }

  private static void gap(Page page, CoverageGaps gap) {
    String scopes =
        gap.scopes().stream()
            .limit(MOST_SCOPES)
            .map(CoverageGaps::words)
            .collect(Collectors.joining(", "));
    int more = gap.scopes().size() - MOST_SCOPES;
    Style style = gap.status().equals("skipped") ? Style.YELLOW : Style.MAGENTA;
    page.hanging(
        2,
        "%-8s ".formatted(gap.status()),
        style,
        scopes + (more > 0 ? " and " + more + " more" : ""));
    page.paragraph(11, Style.NONE, gap.reason());
  }

  private void undecidedRules(Page page) {
    Map<String, Integer> counts = CoverageGaps.undecided(assessment);
    if (counts.isEmpty()) {
      return;
    }
    String rules =
        counts.entrySet().stream()
            .sorted(
                Map.Entry.<String, Integer>comparingByValue()
                    .reversed()
                    .thenComparing(Map.Entry.comparingByKey()))
            .limit(MOST_RULES)
            .map(entry -> entry.getKey() + " (" + entry.getValue() + ")")
            .collect(Collectors.joining(", "));
    int more = counts.size() - MOST_RULES;
    page.blank()
        .hanging(
            0, "Undecided  ", Style.NONE, rules + (more > 0 ? " and " + more + " more rules" : ""));
    assessment.undecided().stream()
        .filter(entry -> entry.verdict().missing().isEmpty())
        .limit(MOST_SCOPES)
        .forEach(
            entry ->
                page.hanging(
                    2,
                    "- ",
                    Style.NONE,
                    entry.rule()
                        + " at "
                        + Names.subject(entry.resource())
                        + ": "
                        + entry.verdict().reason()));
  }

  /// The clusters that were looked at, by the scopes that belong to one.
  static long clusters(Assessment assessment) {
    return assessment.coverage().keySet().stream()
        .filter(scope -> scope.kind() == Scope.Kind.ASSOCIATIONS)
        .count();
  }
}
