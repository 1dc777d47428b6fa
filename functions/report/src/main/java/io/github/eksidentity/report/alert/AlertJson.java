package io.github.eksidentity.report.alert;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.eksidentity.core.access.Edge;
import io.github.eksidentity.core.audit.Finding;
import io.github.eksidentity.core.audit.Severity;
import io.github.eksidentity.core.drift.Digest;
import io.github.eksidentity.core.drift.FindingState;
import io.github.eksidentity.core.drift.Run;
import io.github.eksidentity.core.drift.ScopeRecord;
import io.github.eksidentity.core.facts.Coverage;
import io.github.eksidentity.core.facts.Scope;
import io.github.eksidentity.report.json.AccessJson;
import io.github.eksidentity.report.json.AsciiJson;
import io.github.eksidentity.report.page.CoverageGaps;
import io.github.eksidentity.report.page.Cut;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/// An alert for programs, in the form that `docs/alert-json.md` describes. Members are never left
/// out; lists may be cut, and then `omitted` says by how many entries.
final class AlertJson {
  static final int VERSION = 1;

  /// No list has more entries: of the smallest findings no more fit into a message.
  static final int MOST_ENTRIES = 350;

  /// Longer than any ARN.
  private static final int LONGEST_NAME = 2048;

  private static final int LONGEST_TEXT = 1000;

  private final JsonGenerator out;
  private final int most;
  private final Map<String, Integer> omitted = new LinkedHashMap<>();

  private AlertJson(JsonGenerator out, int most) {
    this.out = out;
    this.most = most;
  }

  /// @param most entries of each list
  static String render(AlertContent content, int most) {
    return AsciiJson.compact(out -> new AlertJson(out, most).write(content));
  }

  private void write(AlertContent content) throws IOException {
    out.writeStartObject();
    out.writeNumberField("version", VERSION);
    out.writeStringField("kind", content.kind());
    out.writeStringField("title", content.title());
    out.writeStringField("at", content.at().toString());
    AsciiJson.text(out, "status", content.status());
    out.writeStringField("highestSeverity", content.highest());
    severities("severities", content.severities());
    numbers("counts", content.counts());
    run(content.run());
    list("transitions", content.transitions(), this::transition);
    list("held", content.held(), this::transition);
    list("firstReads", content.firstReads(), this::firstRead);
    coverage(content);
    numbers("disabledRules", content.disabledRules());
    list("edgesAdded", content.edges().added(), this::edge);
    list("edgesRemoved", content.edges().removed(), this::edge);
    list("open", content.open(), this::open);
    out.writeBooleanField("truncated", !omitted.isEmpty());
    numbers("omitted", omitted);
    out.writeEndObject();
  }

  private void run(Optional<Run> audited) throws IOException {
    if (audited.isEmpty()) {
      out.writeNullField("run");
      return;
    }
    Run run = audited.get();
    out.writeObjectFieldStart("run");
    out.writeStringField("id", run.id().value());
    out.writeStringField("account", name(run.account()));
    out.writeStringField("startedAt", run.startedAt().toString());
    AsciiJson.text(out, "completedAt", run.completedAt().map(Instant::toString));
    out.writeBooleanField("complete", run.complete());
    out.writeBooleanField("suspect", run.suspect());
    out.writeNumberField("adopts", run.adopts().size());
    out.writeEndObject();
  }

  private void transition(Digest.Entry entry) throws IOException {
    out.writeStartObject();
    finding(entry.now().finding());
    out.writeStringField("transition", entry.kind().id());
    out.writeBooleanField("baseline", false);
    AsciiJson.text(
        out, "previousSeverity", entry.before().map(before -> before.finding().severity().id()));
    out.writeEndObject();
  }

  private void edge(Edge edge) throws IOException {
    out.writeStartObject();
    AccessJson.members(out, edge, AlertJson::name);
    out.writeEndObject();
  }

  private void open(FindingState state) throws IOException {
    out.writeStartObject();
    finding(state.finding());
    out.writeStringField("status", state.status().id());
    out.writeStringField("firstSeen", state.firstSeen().toString());
    out.writeEndObject();
  }

  private void finding(Finding finding) throws IOException {
    out.writeStringField("finding", finding.id());
    out.writeStringField("rule", finding.rule());
    out.writeStringField("resource", name(finding.resource()));
    out.writeStringField("account", name(finding.account()));
    out.writeStringField("region", name(finding.region()));
    AsciiJson.text(out, "cluster", finding.cluster().map(AlertJson::name));
    AsciiJson.text(out, "role", finding.role().map(AlertJson::name));
    out.writeStringField("severity", finding.severity().id());
    out.writeStringField("title", Cut.to(LONGEST_TEXT, finding.title()));
    out.writeStringField("advice", Cut.to(LONGEST_TEXT, finding.remediation().advice()));
  }

  private void firstRead(Digest.FirstRead read) throws IOException {
    out.writeStartObject();
    out.writeStringField("scope", name(read.scope().toString()));
    severities("severities", read.counts());
    out.writeArrayFieldStart("worst");
    for (FindingState state : read.worst()) {
      open(state);
    }
    out.writeEndArray();
    out.writeEndObject();
  }

  private void coverage(AlertContent content) throws IOException {
    out.writeObjectFieldStart("coverage");
    list("lost", content.lost(), this::scope);
    list("regained", content.regained(), this::scope);
    list("gaps", content.gaps(), this::gap);
    out.writeEndObject();
  }

  private void scope(Digest.ScopeLine line) throws IOException {
    out.writeStartObject();
    scope(line.scope(), line.coverage());
    out.writeNumberField("findings", line.findings());
    out.writeEndObject();
  }

  private void gap(ScopeRecord gap) throws IOException {
    out.writeStartObject();
    scope(gap.scope(), gap.coverage());
    out.writeEndObject();
  }

  private void scope(Scope scope, Coverage read) throws IOException {
    out.writeStringField("scope", name(scope.toString()));
    out.writeStringField("status", read.status());
    out.writeStringField("reason", Cut.to(LONGEST_TEXT, read.reason()));
    AsciiJson.text(out, "permission", CoverageGaps.permission(read).map(AlertJson::name));
  }

  private void severities(String name, SortedMap<Severity, Integer> counts) throws IOException {
    out.writeObjectFieldStart(name);
    for (Severity severity : List.of(Severity.values()).reversed()) {
      out.writeNumberField(severity.id(), counts.getOrDefault(severity, 0));
    }
    out.writeEndObject();
  }

  private void numbers(String name, Map<String, Integer> numbers) throws IOException {
    out.writeObjectFieldStart(name);
    for (Map.Entry<String, Integer> entry : numbers.entrySet()) {
      out.writeNumberField(entry.getKey(), entry.getValue());
    }
    out.writeEndObject();
  }

  /// Writes one entry of a list.
  private interface Item<T> {
    void write(T entry) throws IOException;
  }

  private <T> void list(String name, List<T> entries, Item<T> item) throws IOException {
    out.writeArrayFieldStart(name);
    for (T entry : entries.subList(0, Math.min(most, entries.size()))) {
      item.write(entry);
    }
    out.writeEndArray();
    if (entries.size() > most) {
      omitted.put(name, entries.size() - most);
    }
  }

  private static String name(String text) {
    return Cut.to(LONGEST_NAME, text);
  }
}
