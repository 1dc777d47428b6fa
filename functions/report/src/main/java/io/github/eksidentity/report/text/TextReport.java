package io.github.eksidentity.report.text;

import io.github.eksidentity.core.audit.Assessment;
import io.github.eksidentity.core.audit.Finding;
import io.github.eksidentity.core.audit.Severity;
import io.github.eksidentity.report.page.Columns;
import io.github.eksidentity.report.page.Page;
import io.github.eksidentity.report.page.Plain;
import io.github.eksidentity.report.page.Style;
import io.github.eksidentity.report.page.TextOptions;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/// An assessment for a person at a terminal: totals and coverage first, then the findings by
/// cluster and role, worst first, then what was not read.
public final class TextReport {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final Assessment assessment;
  private final TextOptions options;
  private final List<String> restrictions;
  private final Page page;

  private TextReport(Assessment assessment, TextOptions options, List<String> restrictions) {
    this.assessment = assessment;
    this.options = options;
    this.restrictions = restrictions;
    this.page = new Page(options.width(), options.colour());
  }

  /// The report; no line is wider than the options say, apart from what is to be copied.
  public static String render(Assessment assessment, TextOptions options) {
    return render(assessment, options, List.of());
  }

  /// The report with what the audit was restricted to at its head.
  ///
  /// @param restrictions a sentence each, see [Restrictions]
  public static String render(
      Assessment assessment, TextOptions options, List<String> restrictions) {
    return new TextReport(assessment, options, restrictions).render();
  }

  private String render() {
    CoverageText coverage = new CoverageText(assessment);
    head();
    coverage.inShort(page);
    List<Finding> shown =
        assessment.findings().stream()
            .filter(finding -> finding.severity().atLeast(options.atLeast()))
            .toList();
    FindingGroups.byCluster(shown).forEach(this::cluster);
    page.blank().paragraph(0, Style.BOLD, totals());
    int hidden = assessment.findings().size() - shown.size();
    if (hidden > 0) {
      page.paragraph(
          0, Style.DIM, hidden + " of them below " + options.atLeast().id() + " not shown.");
    }
    coverage.inDetail(page);
    return page.toString();
  }

  private void head() {
    page.paragraph(
        0,
        Style.BOLD,
        "Account %s (%s) at %s"
            .formatted(
                assessment.account().id(),
                assessment.account().partition().id(),
                TIME.format(assessment.at())));
    page.paragraph(
        0,
        Style.NONE,
        totals()
            + " "
            + count(assessment.checks(), "check")
            + " on "
            + count(CoverageText.clusters(assessment), "cluster")
            + ".");
    restrictions.forEach(sentence -> page.paragraph(0, Style.YELLOW, sentence));
  }

  private void cluster(FindingGroups cluster) {
    page.blank();
    String title = cluster.name() + " ";
    page.line(
        0,
        Style.BOLD,
        title + "─".repeat(Math.max(0, options.width() - Columns.of(Plain.of(title)))));
    for (FindingGroups role : FindingGroups.byRole(cluster.findings())) {
      page.blank().line(2, Style.BOLD, role.name());
      FindingText text = new FindingText(page, options);
      role.findings().forEach(text::write);
    }
  }

  private String totals() {
    List<String> counts = new ArrayList<>();
    Arrays.stream(Severity.values())
        .sorted(Comparator.reverseOrder())
        .forEach(
            severity -> {
              long count =
                  assessment.findings().stream()
                      .filter(finding -> finding.severity() == severity)
                      .count();
              if (count > 0) {
                counts.add(count + " " + severity.id());
              }
            });
    int all = assessment.findings().size();
    return all == 0
        ? "No findings."
        : count(all, "finding") + ": " + String.join(", ", counts) + ".";
  }

  private static String count(long number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }
}
