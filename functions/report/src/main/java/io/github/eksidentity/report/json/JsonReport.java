package io.github.eksidentity.report.json;

import io.github.eksidentity.core.access.Edge;
import io.github.eksidentity.core.audit.Assessment;
import io.github.eksidentity.core.audit.Finding;
import io.github.eksidentity.core.audit.Severity;
import io.github.eksidentity.core.drift.Observed;
import io.github.eksidentity.core.drift.RunRecorder;
import io.github.eksidentity.core.facts.Coverage;
import io.github.eksidentity.core.facts.Scope;
import io.github.eksidentity.core.json.JsonWriter;
import io.github.eksidentity.core.json.JsonWriter.Layout;
import io.github.eksidentity.report.page.CoverageGaps;
import java.util.List;
import java.util.Set;

/// An assessment and who can become what, as JSON in the form that `docs/output-json.md` describes:
/// the same assessment gives the same text, and members are never left out. ASCII only, so that no
/// name can command a terminal.
public final class JsonReport {
  /// Version of the form; it rises when a member changes its meaning or goes away.
  public static final int VERSION = 1;

  private JsonReport() {}

  /// The whole report with a line break at its end.
  public static String render(Assessment assessment, List<Edge> edges) {
    return JsonWriter.object(Layout.ASCII_REPORT, out -> write(out, assessment, edges, Set.of()));
  }

  /// The whole report, with what the run changed in what is kept.
  ///
  /// @param muted ids of findings that a mute covers
  public static String render(
      Observed observed, RunRecorder.Result.Recorded recorded, Set<String> muted) {
    return JsonWriter.object(
        Layout.ASCII_REPORT,
        out -> {
          write(out, observed.assessment(), observed.edges(), muted);
          RunJson.drift(out, recorded);
        });
  }

  private static void write(
      JsonWriter out, Assessment assessment, List<Edge> edges, Set<String> muted) {
    List<Finding> heard =
        assessment.findings().stream().filter(finding -> !muted.contains(finding.id())).toList();
    out.number("version", VERSION)
        .text("account", assessment.account().id())
        .text("partition", assessment.account().partition().id())
        .text("at", assessment.at().toString())
        .flag("complete", assessment.complete())
        .number("checks", assessment.checks())
        .object("totals", totals -> totals(totals, heard))
        .number("muted", assessment.findings().size() - heard.size())
        .objects(
            "findings",
            assessment.findings(),
            (json, finding) -> {
              FindingJson.members(json, finding);
              json.flag("muted", muted.contains(finding.id()));
            })
        .objects(
            "coverage",
            assessment.coverage().entrySet(),
            (json, entry) -> coverage(json, entry.getKey(), entry.getValue()))
        .objects(
            "undecided", Undecided.of(assessment.undecided()), (json, entry) -> entry.write(json))
        .texts("asked", assessment.asked())
        .texts("notAsked", assessment.notAsked());
    AccessJson.edges(out, "edges", edges);
  }

  private static void totals(JsonWriter out, List<Finding> findings) {
    for (Severity severity : List.of(Severity.values()).reversed()) {
      out.number(
          severity.id(), findings.stream().filter(found -> found.severity() == severity).count());
    }
  }

  private static void coverage(JsonWriter out, Scope scope, Coverage read) {
    out.text("scope", scope.toString())
        .text("status", read.status())
        .text("reason", read.reason())
        .textOrNull("permission", CoverageGaps.permission(read));
  }
}
