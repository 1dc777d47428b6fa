package io.github.eksidentity.report.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.eksidentity.core.access.Edge;
import io.github.eksidentity.core.audit.Assessment;
import io.github.eksidentity.core.audit.Finding;
import io.github.eksidentity.core.audit.Severity;
import io.github.eksidentity.core.drift.Observed;
import io.github.eksidentity.core.drift.RunRecorder;
import io.github.eksidentity.core.facts.Coverage;
import io.github.eksidentity.core.facts.Scope;
import io.github.eksidentity.report.page.CoverageGaps;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// An assessment and who can become what, as JSON in the form that `docs/output-json.md` describes:
/// the same assessment gives the same text, and members are never left out. ASCII only, so that no
/// name can command a terminal.
public final class JsonReport {
  /// Version of the form; it rises when a member changes its meaning or goes away.
  public static final int VERSION = 1;

  private final JsonGenerator out;

  private JsonReport(JsonGenerator out) {
    this.out = out;
  }

  /// The whole report with a line break at its end.
  public static String render(Assessment assessment, List<Edge> edges) {
    return AsciiJson.render(
        out -> {
          out.writeStartObject();
          new JsonReport(out).write(assessment, edges);
          out.writeEndObject();
        });
  }

  /// The whole report, with what the run changed in what is kept.
  public static String render(Observed observed, RunRecorder.Result.Recorded recorded) {
    return AsciiJson.render(
        out -> {
          out.writeStartObject();
          new JsonReport(out).write(observed.assessment(), observed.edges());
          RunJson.drift(out, recorded);
          out.writeEndObject();
        });
  }

  private void write(Assessment assessment, List<Edge> edges) throws IOException {
    out.writeNumberField("version", VERSION);
    out.writeStringField("account", assessment.account().id());
    out.writeStringField("partition", assessment.account().partition().id());
    out.writeStringField("at", assessment.at().toString());
    out.writeBooleanField("complete", assessment.complete());
    out.writeNumberField("checks", assessment.checks());
    totals(assessment.findings());
    out.writeArrayFieldStart("findings");
    for (Finding finding : assessment.findings()) {
      out.writeStartObject();
      FindingJson.members(out, finding);
      out.writeEndObject();
    }
    out.writeEndArray();
    out.writeArrayFieldStart("coverage");
    for (Map.Entry<Scope, Coverage> entry : assessment.coverage().entrySet()) {
      coverage(entry.getKey(), entry.getValue());
    }
    out.writeEndArray();
    out.writeArrayFieldStart("undecided");
    for (Assessment.NotJudged entry : assessment.undecided()) {
      undecided(entry);
    }
    out.writeEndArray();
    AsciiJson.texts(out, "asked", assessment.asked());
    AsciiJson.texts(out, "notAsked", assessment.notAsked());
    AccessJson.edges(out, "edges", edges);
  }

  private void totals(List<Finding> findings) throws IOException {
    out.writeObjectFieldStart("totals");
    for (Severity severity : List.of(Severity.values()).reversed()) {
      out.writeNumberField(
          severity.id(), findings.stream().filter(found -> found.severity() == severity).count());
    }
    out.writeEndObject();
  }

  private void coverage(Scope scope, Coverage read) throws IOException {
    out.writeStartObject();
    out.writeStringField("scope", scope.toString());
    out.writeStringField("status", read.status());
    out.writeStringField("reason", read.reason());
    text("permission", CoverageGaps.permission(read));
    out.writeEndObject();
  }

  private void undecided(Assessment.NotJudged entry) throws IOException {
    out.writeStartObject();
    out.writeStringField("rule", entry.rule());
    out.writeStringField("resource", entry.resource());
    out.writeStringField("reason", entry.verdict().reason());
    scopes(entry.verdict().missing());
    out.writeEndObject();
  }

  private void scopes(Collection<Scope> scopes) throws IOException {
    FindingJson.scopes(out, scopes);
  }

  private void text(String name, Optional<String> value) throws IOException {
    AsciiJson.text(out, name, value);
  }
}
