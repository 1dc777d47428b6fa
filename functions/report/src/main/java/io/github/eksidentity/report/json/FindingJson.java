package io.github.eksidentity.report.json;

import io.github.eksidentity.core.audit.Evidence;
import io.github.eksidentity.core.audit.Finding;
import io.github.eksidentity.core.facts.Scope;
import io.github.eksidentity.core.json.JsonWriter;
import io.github.eksidentity.core.json.Position;
import io.github.eksidentity.core.remedy.Remediation;
import io.github.eksidentity.report.fix.ChangeText;
import io.github.eksidentity.report.fix.TidyDocument;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/// One finding as JSON, the same wherever it stands.
final class FindingJson {
  private FindingJson() {}

  /// The members of one finding, without the braces around them.
  static void members(JsonWriter out, Finding finding) {
    out.text("id", finding.id())
        .text("rule", finding.rule())
        .text("severity", finding.severity().id())
        .text("account", finding.account())
        .text("region", finding.region())
        .textOrNull("cluster", finding.cluster())
        .text("resource", finding.resource())
        .textOrNull("role", finding.role())
        .text("title", finding.title())
        .objects("evidence", finding.evidence(), FindingJson::evidence)
        .textOrNull("stsError", finding.stsError())
        .object("remediation", remediation -> remediation(remediation, finding.remediation()));
    scopes(out, finding.scopes());
  }

  private static void evidence(JsonWriter out, Evidence evidence) {
    out.text("summary", evidence.summary())
        .numberOrNull("statement", evidence.statement())
        .textOrNull("key", evidence.key())
        .textOrNull("value", evidence.value())
        .textOrNull("claim", evidence.claim())
        .textOrNull("nearest", evidence.nearest())
        .numberOrNull("line", evidence.at().map(Position::line))
        .numberOrNull("column", evidence.at().map(Position::column));
  }

  private static void remediation(JsonWriter out, Remediation remediation) {
    switch (remediation) {
      case Remediation.Fix fix ->
          out.text("kind", "fix")
              .text("advice", fix.advice())
              .texts("options", List.of())
              .objects(
                  "changes", fix.changes(), (json, change) -> change(json, ChangeText.of(change)));
      case Remediation.Decide decide ->
          out.text("kind", "decide")
              .text("advice", decide.advice())
              .texts("options", decide.options())
              .texts("changes", List.of());
    }
  }

  private static void change(JsonWriter out, ChangeText change) {
    out.text("kind", change.kind())
        .text("target", change.target())
        .text("summary", change.summary())
        .textOrNull("diff", change.diff());
    change
        .document()
        .ifPresentOrElse(
            document ->
                out.raw("document", TidyDocument.pretty(document).replace("\n", "\n            ")),
            () -> out.nothing("document"));
    out.text("awsCli", change.awsCli()).text("terraform", change.terraform());
  }

  /// A member that is a list of scopes.
  static void scopes(JsonWriter out, Collection<Scope> scopes) {
    SortedSet<Scope> sorted = new TreeSet<>(scopes);
    out.texts("scopes", sorted.stream().map(Scope::toString).toList());
  }
}
