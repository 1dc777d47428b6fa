package io.github.eksidentity.report.alert;

import io.github.eksidentity.core.drift.Run;
import io.github.eksidentity.core.drift.ScopeRecord;
import io.github.eksidentity.report.page.CoverageGaps;
import io.github.eksidentity.report.page.Cut;
import io.github.eksidentity.report.page.Page;
import io.github.eksidentity.report.page.Style;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/// What stands at the end of every mail about a run.
final class AlertFoot {
  private static final int MOST_GAPS = 5;
  private static final int LONGEST_REASON = 200;
  private static final int LONGEST_NAME = 150;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private AlertFoot() {}

  static void run(Page page, Run run) {
    page.paragraph(0, Style.NONE, "Run " + run.id() + " of " + TIME.format(run.now()) + ".");
    if (!run.adopts().isEmpty()) {
      page.paragraph(
          0,
          Style.NONE,
          "It tells what "
              + (run.adopts().size() == 1 ? "a run" : run.adopts().size() + " runs")
              + " before it could not tell any more.");
    }
  }

  /// @param gaps what was not read to the end
  static void coverage(Page page, List<ScopeRecord> gaps) {
    if (gaps.isEmpty()) {
      page.paragraph(0, Style.NONE, "Coverage: everything that was asked for was read.");
      return;
    }
    page.paragraph(
        0, Style.NONE, "Coverage: of what could not be read, nothing was opened or resolved:");
    for (ScopeRecord gap : gaps.subList(0, Math.min(MOST_GAPS, gaps.size()))) {
      page.hanging(
          2,
          "- ",
          Style.NONE,
          Cut.plain(LONGEST_NAME, CoverageGaps.words(gap.scope()))
              + ": "
              + Cut.plain(LONGEST_REASON, gap.coverage().reason())
              + CoverageGaps.permission(gap.coverage())
                  .map(permission -> " (allow " + Cut.plain(LONGEST_NAME, permission) + ")")
                  .orElse(""));
    }
    if (gaps.size() > MOST_GAPS) {
      page.paragraph(2, Style.NONE, "and " + (gaps.size() - MOST_GAPS) + " more scopes");
    }
  }
}
