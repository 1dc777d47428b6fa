package io.github.eksidentity.report;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.eksidentity.core.audit.Assessment;
import io.github.eksidentity.core.audit.Evidence;
import io.github.eksidentity.core.audit.Finding;
import io.github.eksidentity.core.audit.Severity;
import io.github.eksidentity.core.facts.Coverage;
import io.github.eksidentity.core.facts.Scope;
import io.github.eksidentity.core.json.Position;
import io.github.eksidentity.core.remedy.Remediation;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/// An assessment as JSON in the form that `docs/output-json.md` describes: the same assessment
/// gives
/// the same text, and members are never left out. ASCII only, so that no name can command a
/// terminal.
public final class JsonReport {
  /// Version of the form; it rises when a member changes its meaning or goes away.
  public static final int VERSION = 1;

  private final JsonGenerator out;

  private JsonReport(JsonGenerator out) {
    this.out = out;
  }

  /// The whole report with a line break at its end.
  public static String render(Assessment assessment) {
    return AsciiJson.render(out -> new JsonReport(out).write(assessment));
  }

  private void write(Assessment assessment) throws IOException {
    out.writeStartObject();
    out.writeNumberField("version", VERSION);
    out.writeStringField("account", assessment.account().id());
    out.writeStringField("partition", assessment.account().partition().id());
    out.writeStringField("at", assessment.at().toString());
    out.writeBooleanField("complete", assessment.complete());
    out.writeNumberField("checks", assessment.checks());
    totals(assessment.findings());
    out.writeArrayFieldStart("findings");
    for (Finding finding : assessment.findings()) {
      finding(finding);
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
    out.writeArrayFieldStart("notAsked");
    for (String rule : assessment.notAsked()) {
      out.writeString(rule);
    }
    out.writeEndArray();
    out.writeEndObject();
  }

  private void totals(List<Finding> findings) throws IOException {
    out.writeObjectFieldStart("totals");
    for (Severity severity : List.of(Severity.values()).reversed()) {
      out.writeNumberField(
          severity.id(), findings.stream().filter(found -> found.severity() == severity).count());
    }
    out.writeEndObject();
  }

  private void finding(Finding finding) throws IOException {
    out.writeStartObject();
    out.writeStringField("id", finding.id());
    out.writeStringField("rule", finding.rule());
    out.writeStringField("severity", finding.severity().id());
    out.writeStringField("account", finding.account());
    out.writeStringField("region", finding.region());
    text("cluster", finding.cluster());
    out.writeStringField("resource", finding.resource());
    text("role", finding.role());
    out.writeStringField("title", finding.title());
    out.writeArrayFieldStart("evidence");
    for (Evidence evidence : finding.evidence()) {
      evidence(evidence);
    }
    out.writeEndArray();
    text("stsError", finding.stsError());
    remediation(finding.remediation());
    scopes(finding.scopes());
    out.writeEndObject();
  }

  private void evidence(Evidence evidence) throws IOException {
    out.writeStartObject();
    out.writeStringField("summary", evidence.summary());
    number("statement", evidence.statement());
    text("key", evidence.key());
    text("value", evidence.value());
    text("claim", evidence.claim());
    text("nearest", evidence.nearest());
    number("line", evidence.at().map(Position::line));
    number("column", evidence.at().map(Position::column));
    out.writeEndObject();
  }

  private void remediation(Remediation remediation) throws IOException {
    out.writeObjectFieldStart("remediation");
    switch (remediation) {
      case Remediation.Fix fix -> {
        out.writeStringField("kind", "fix");
        out.writeStringField("advice", fix.advice());
        texts("options", List.of());
        out.writeArrayFieldStart("changes");
        for (var change : fix.changes()) {
          change(ChangeText.of(change));
        }
        out.writeEndArray();
      }
      case Remediation.Decide decide -> {
        out.writeStringField("kind", "decide");
        out.writeStringField("advice", decide.advice());
        texts("options", decide.options());
        texts("changes", List.of());
      }
    }
    out.writeEndObject();
  }

  private void change(ChangeText change) throws IOException {
    out.writeStartObject();
    out.writeStringField("kind", change.kind());
    out.writeStringField("target", change.target());
    out.writeStringField("summary", change.summary());
    text("diff", change.diff());
    out.writeFieldName("document");
    if (change.document().isPresent()) {
      out.writeRawValue(Documents.pretty(change.document().get()).replace("\n", "\n            "));
    } else {
      out.writeNull();
    }
    out.writeStringField("awsCli", change.awsCli());
    out.writeStringField("terraform", change.terraform());
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
    SortedSet<Scope> sorted = new TreeSet<>(scopes);
    texts("scopes", sorted.stream().map(Scope::toString).toList());
  }

  private void texts(String name, List<String> values) throws IOException {
    AsciiJson.texts(out, name, values);
  }

  private void text(String name, Optional<String> value) throws IOException {
    AsciiJson.text(out, name, value);
  }

  private void number(String name, Optional<Integer> value) throws IOException {
    out.writeFieldName(name);
    if (value.isPresent()) {
      out.writeNumber(value.get());
    } else {
      out.writeNull();
    }
  }
}
