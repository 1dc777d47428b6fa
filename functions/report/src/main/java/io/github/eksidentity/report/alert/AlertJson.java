package io.github.eksidentity.report.alert;

import io.github.eksidentity.core.access.Edge;
import io.github.eksidentity.core.audit.Finding;
import io.github.eksidentity.core.audit.Severity;
import io.github.eksidentity.core.drift.Digest;
import io.github.eksidentity.core.drift.FindingState;
import io.github.eksidentity.core.drift.Run;
import io.github.eksidentity.core.facts.Coverage;
import io.github.eksidentity.core.facts.Scope;
import io.github.eksidentity.core.json.JsonWriter;
import io.github.eksidentity.core.json.JsonWriter.Layout;
import io.github.eksidentity.report.json.AccessJson;
import io.github.eksidentity.report.json.RunJson;
import io.github.eksidentity.report.page.CoverageGaps;
import io.github.eksidentity.report.page.Cut;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.BiConsumer;

/// An alert for programs, in the form that `docs/alert-json.md` describes. Members are never left
/// out; lists may be cut, and then `omitted` says by how many entries.
final class AlertJson {
  static final int VERSION = 1;

  /// No list has more entries: of the smallest findings no more fit into a message.
  static final int MOST_ENTRIES = 350;

  /// Longer than any ARN.
  private static final int LONGEST_NAME = 2048;

  private static final int LONGEST_TEXT = 1000;

  private final int most;
  private final Map<String, Integer> omitted = new LinkedHashMap<>();

  private AlertJson(int most) {
    this.most = most;
  }

  /// @param most entries of each list
  static String render(AlertContent content, int most) {
    return JsonWriter.object(Layout.ASCII_LINE, out -> new AlertJson(most).write(out, content));
  }

  private void write(JsonWriter out, AlertContent content) {
    out.number("version", VERSION)
        .text("kind", content.kind())
        .text("title", content.title())
        .text("at", content.at().toString())
        .textOrNull("status", content.status())
        .text("highestSeverity", content.highest())
        .object("severities", counts -> severities(counts, content.severities()))
        .numbers("counts", content.counts())
        .objectOrNull("run", content.run(), AlertJson::run);
    list(out, "transitions", content.transitions(), AlertJson::transition);
    list(out, "held", content.held(), AlertJson::transition);
    list(out, "firstReads", content.firstReads(), AlertJson::firstRead);
    out.object("coverage", coverage -> coverage(coverage, content))
        .numbers("disabledRules", content.disabledRules());
    list(out, "edgesAdded", content.edges().added(), AlertJson::edge);
    list(out, "edgesRemoved", content.edges().removed(), AlertJson::edge);
    list(out, "open", content.open(), AlertJson::open);
    out.flag("truncated", !omitted.isEmpty()).numbers("omitted", omitted);
  }

  private static void run(JsonWriter out, Run run) {
    RunJson.began(out, run, name(run.account()));
    out.flag("complete", run.complete())
        .flag("suspect", run.suspect())
        .number("adopts", run.adopts().size());
  }

  private static void transition(JsonWriter out, Digest.Entry entry) {
    finding(out, entry.now().finding());
    out.text("transition", entry.kind().id())
        .flag("baseline", false)
        .textOrNull(
            "previousSeverity", entry.before().map(before -> before.finding().severity().id()));
  }

  private static void edge(JsonWriter out, Edge edge) {
    AccessJson.members(out, edge, AlertJson::name);
  }

  private static void open(JsonWriter out, FindingState state) {
    finding(out, state.finding());
    out.text("status", state.status().id()).text("firstSeen", state.firstSeen().toString());
  }

  private static void finding(JsonWriter out, Finding finding) {
    out.text("finding", finding.id())
        .text("rule", finding.rule())
        .text("resource", name(finding.resource()))
        .text("account", name(finding.account()))
        .text("region", name(finding.region()))
        .textOrNull("cluster", finding.cluster().map(AlertJson::name))
        .textOrNull("role", finding.role().map(AlertJson::name))
        .text("severity", finding.severity().id())
        .text("title", Cut.to(LONGEST_TEXT, finding.title()))
        .text("advice", Cut.to(LONGEST_TEXT, finding.remediation().advice()));
  }

  private static void firstRead(JsonWriter out, Digest.FirstRead read) {
    out.text("scope", name(read.scope().toString()))
        .object("severities", counts -> severities(counts, read.counts()))
        .objects("worst", read.worst(), AlertJson::open);
  }

  private void coverage(JsonWriter out, AlertContent content) {
    list(out, "lost", content.lost(), AlertJson::scope);
    list(out, "regained", content.regained(), AlertJson::scope);
    list(out, "gaps", content.gaps(), (json, gap) -> scope(json, gap.scope(), gap.coverage()));
  }

  private static void scope(JsonWriter out, Digest.ScopeLine line) {
    scope(out, line.scope(), line.coverage());
    out.number("findings", line.findings());
  }

  private static void scope(JsonWriter out, Scope scope, Coverage read) {
    out.text("scope", name(scope.toString()))
        .text("status", read.status())
        .text("reason", Cut.to(LONGEST_TEXT, read.reason()))
        .textOrNull("permission", CoverageGaps.permission(read).map(AlertJson::name));
  }

  private static void severities(JsonWriter out, SortedMap<Severity, Integer> counts) {
    for (Severity severity : List.of(Severity.values()).reversed()) {
      out.number(severity.id(), counts.getOrDefault(severity, 0));
    }
  }

  private <T> void list(
      JsonWriter out, String name, List<T> entries, BiConsumer<JsonWriter, T> members) {
    out.objects(name, entries.subList(0, Math.min(most, entries.size())), members);
    if (entries.size() > most) {
      omitted.put(name, entries.size() - most);
    }
  }

  private static String name(String text) {
    return Cut.to(LONGEST_NAME, text);
  }
}
