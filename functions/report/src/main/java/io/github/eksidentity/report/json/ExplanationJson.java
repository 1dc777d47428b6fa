package io.github.eksidentity.report.json;

import io.github.eksidentity.core.audit.Finding;
import io.github.eksidentity.core.explain.Explanation;
import io.github.eksidentity.core.facts.Subject;
import io.github.eksidentity.core.index.Mechanism;
import io.github.eksidentity.core.json.JsonWriter;
import io.github.eksidentity.core.json.JsonWriter.Layout;

/// An explanation as JSON, in the form that `docs/explain.md` describes. Members are never left
/// out.
public final class ExplanationJson {
  private static final int VERSION = 1;

  private ExplanationJson() {}

  /// The whole object with a line break at its end.
  public static String render(Explanation explanation) {
    return JsonWriter.object(Layout.ASCII_REPORT, out -> write(out, explanation));
  }

  private static void write(JsonWriter out, Explanation explanation) {
    out.number("version", VERSION)
        .text("cluster", explanation.cluster().name())
        .text("region", explanation.cluster().region())
        .text("serviceAccount", Subject.qualifiedName(explanation.subject()))
        .text("verdict", explanation.verdict().id())
        .text("mechanism", explanation.mechanism().map(Mechanism::id).orElse("none"))
        .textOrNull("role", explanation.role())
        .textOrNull("targetRole", explanation.targetRole())
        .objects(
            "steps",
            explanation.steps(),
            (json, step) ->
                json.text("step", step.kind().id())
                    .text("status", step.status().id())
                    .text("evidence", step.evidence())
                    .texts("trace", step.trace())
                    .textOrNull("rule", step.finding().map(Finding::rule)))
        .objectOrNull("cause", explanation.cause(), FindingJson::members);
  }
}
