package io.github.eksidentity.report.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.eksidentity.core.audit.Evidence;
import io.github.eksidentity.core.audit.Finding;
import io.github.eksidentity.core.facts.Scope;
import io.github.eksidentity.core.json.Position;
import io.github.eksidentity.core.remedy.Remediation;
import io.github.eksidentity.report.fix.ChangeText;
import io.github.eksidentity.report.fix.TidyDocument;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/// One finding as JSON, the same wherever it stands.
final class FindingJson {
  private final JsonGenerator out;

  private FindingJson(JsonGenerator out) {
    this.out = out;
  }

  /// The members of one finding, without the braces around them.
  static void members(JsonGenerator out, Finding finding) throws IOException {
    new FindingJson(out).members(finding);
  }

  private void members(Finding finding) throws IOException {
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
    scopes(out, finding.scopes());
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
      out.writeRawValue(
          TidyDocument.pretty(change.document().get()).replace("\n", "\n            "));
    } else {
      out.writeNull();
    }
    out.writeStringField("awsCli", change.awsCli());
    out.writeStringField("terraform", change.terraform());
    out.writeEndObject();
  }

  /// A member that is a list of scopes.
  static void scopes(JsonGenerator out, Collection<Scope> scopes) throws IOException {
    SortedSet<Scope> sorted = new TreeSet<>(scopes);
    AsciiJson.texts(out, "scopes", sorted.stream().map(Scope::toString).toList());
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
