package io.github.eksidentity.report.text;

import io.github.eksidentity.core.access.Sight;
import io.github.eksidentity.core.audit.Severity;
import io.github.eksidentity.core.facts.Scope;
import io.github.eksidentity.report.json.SavedReport;
import io.github.eksidentity.report.json.SavedReport.SavedFinding;
import io.github.eksidentity.report.json.SavedReport.Status;
import io.github.eksidentity.report.page.Names;
import io.github.eksidentity.report.page.Page;
import io.github.eksidentity.report.page.Style;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/// What changed from one report to a later one. Only what the later one decided counts as resolved.
///
/// @param opened findings that are new
/// @param changed findings with another severity, title or evidence, as they are now
/// @param resolved findings that are gone
/// @param unverified findings that are gone from the report, but nothing says that they are mended
/// @param coverage scopes read better or worse than before: old and new status, none where the
/// scope is not named
public record ReportDiff(
    List<SavedFinding> opened,
    List<Change> changed,
    List<SavedFinding> resolved,
    List<SavedFinding> unverified,
    Map<Scope, CoverageChange> coverage) {
  private static final Status NOT_NAMED = new Status("none", "");
  private static final Comparator<SavedFinding> WORST_FIRST =
      Comparator.comparing(SavedFinding::severity, Comparator.reverseOrder())
          .thenComparing(SavedFinding::rule)
          .thenComparing(SavedFinding::resource);

  /// A finding before and after.
  public record Change(SavedFinding before, SavedFinding after) {}

  /// How well a scope was read before and after.
  public record CoverageChange(Status before, Status after) {}

  /// Compares two reports of one account.
  public static ReportDiff of(SavedReport before, SavedReport after) {
    List<SavedFinding> opened = new ArrayList<>();
    List<Change> changed = new ArrayList<>();
    for (SavedFinding now : after.findings().values()) {
      SavedFinding then = before.findings().get(now.id());
      if (then == null) {
        opened.add(now);
      } else if (differs(then, now)) {
        changed.add(new Change(then, now));
      }
    }
    Sight sight = after.sight();
    List<SavedFinding> resolved = new ArrayList<>();
    List<SavedFinding> unverified = new ArrayList<>();
    for (SavedFinding then : before.findings().values()) {
      if (!after.findings().containsKey(then.id())) {
        (after.decides(then, sight) ? resolved : unverified).add(then);
      }
    }
    opened.sort(WORST_FIRST);
    changed.sort(Comparator.comparing(Change::after, WORST_FIRST));
    resolved.sort(WORST_FIRST);
    unverified.sort(WORST_FIRST);
    return new ReportDiff(opened, changed, resolved, unverified, coverage(before, after));
  }

  private static boolean differs(SavedFinding then, SavedFinding now) {
    return then.severity() != now.severity()
        || !then.title().equals(now.title())
        || !then.evidence().equals(now.evidence());
  }

  private static Map<Scope, CoverageChange> coverage(SavedReport before, SavedReport after) {
    Map<Scope, CoverageChange> changes = new TreeMap<>();
    TreeSet<Scope> scopes = new TreeSet<>(before.coverage().keySet());
    scopes.addAll(after.coverage().keySet());
    for (Scope scope : scopes) {
      Status then = before.coverage().getOrDefault(scope, NOT_NAMED);
      Status now = after.coverage().getOrDefault(scope, NOT_NAMED);
      if (!then.status().equals(now.status())) {
        changes.put(scope, new CoverageChange(then, now));
      }
    }
    return changes;
  }

  /// Whether a finding of at least this severity is new or has become worse.
  public boolean worse(Severity least) {
    return opened.stream().anyMatch(finding -> finding.severity().atLeast(least))
        || changed.stream()
            .filter(change -> change.after().severity().compareTo(change.before().severity()) > 0)
            .anyMatch(change -> change.after().severity().atLeast(least));
  }

  /// The comparison for a person at a terminal.
  public String text(int width, boolean colour) {
    Page page = new Page(width, colour);
    page.paragraph(
        0,
        Style.BOLD,
        "%d opened, %d changed, %d resolved, %d not verified"
            .formatted(opened.size(), changed.size(), resolved.size(), unverified.size()));
    section(page, "Opened", "+ ", Style.RED, opened);
    changes(page);
    section(page, "Resolved", "- ", Style.GREEN, resolved);
    section(
        page, "Not verified: what was read does not decide them", "? ", Style.YELLOW, unverified);
    if (!coverage.isEmpty()) {
      page.blank().paragraph(0, Style.BOLD, "Coverage");
      coverage.forEach((scope, change) -> coverage(page, scope, change));
    }
    return page.toString();
  }

  private static void section(
      Page page, String title, String sign, Style style, List<SavedFinding> findings) {
    if (!findings.isEmpty()) {
      page.blank().paragraph(0, Style.BOLD, title);
      findings.forEach(finding -> finding(page, sign, style, finding, ""));
    }
  }

  private void changes(Page page) {
    if (!changed.isEmpty()) {
      page.blank().paragraph(0, Style.BOLD, "Changed");
      for (Change change : changed) {
        Severity then = change.before().severity();
        String was = then == change.after().severity() ? "" : ", was " + then.id();
        finding(page, "~ ", Style.YELLOW, change.after(), was);
      }
    }
  }

  private static void finding(
      Page page, String sign, Style style, SavedFinding finding, String remark) {
    page.line(2, style, sign + finding.severity().id() + "  " + finding.rule() + remark);
    page.paragraph(6, Style.NONE, finding.title());
    String where = finding.cluster().map(name -> ", cluster " + name).orElse("");
    page.line(6, Style.DIM, Names.subject(finding.resource()) + where);
  }

  private static void coverage(Page page, Scope scope, CoverageChange change) {
    String reason = change.after().reason().isEmpty() ? "" : " (" + change.after().reason() + ")";
    page.hanging(
        2,
        scope + "  ",
        change.after().isComplete() ? Style.GREEN : Style.MAGENTA,
        change.before().status() + " -> " + change.after().status() + reason);
  }
}
