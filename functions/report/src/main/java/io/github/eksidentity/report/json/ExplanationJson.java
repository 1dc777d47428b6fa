package io.github.eksidentity.report.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.eksidentity.core.audit.Finding;
import io.github.eksidentity.core.explain.Explanation;
import io.github.eksidentity.core.explain.Mechanism;
import io.github.eksidentity.core.explain.Step;
import io.github.eksidentity.core.explain.Subjects;
import java.io.IOException;
import java.util.Optional;

/// An explanation as JSON, in the form that `docs/explain.md` describes. Members are never left
/// out.
public final class ExplanationJson {
  private static final int VERSION = 1;

  private final JsonGenerator out;

  private ExplanationJson(JsonGenerator out) {
    this.out = out;
  }

  /// The whole object with a line break at its end.
  public static String render(Explanation explanation) {
    return AsciiJson.render(out -> new ExplanationJson(out).write(explanation));
  }

  private void write(Explanation explanation) throws IOException {
    out.writeStartObject();
    out.writeNumberField("version", VERSION);
    out.writeStringField("cluster", explanation.cluster().name());
    out.writeStringField("region", explanation.cluster().region());
    out.writeStringField("serviceAccount", Subjects.qualifiedName(explanation.subject()));
    out.writeStringField("verdict", explanation.verdict().id());
    out.writeStringField("mechanism", explanation.mechanism().map(Mechanism::id).orElse("none"));
    AsciiJson.text(out, "role", explanation.role());
    AsciiJson.text(out, "targetRole", explanation.targetRole());
    out.writeArrayFieldStart("steps");
    for (Step step : explanation.steps()) {
      out.writeStartObject();
      out.writeStringField("step", step.kind().id());
      out.writeStringField("status", step.status().id());
      out.writeStringField("evidence", step.evidence());
      AsciiJson.texts(out, "trace", step.trace());
      AsciiJson.text(out, "rule", step.finding().map(Finding::rule));
      out.writeEndObject();
    }
    out.writeEndArray();
    cause(explanation.cause());
    out.writeEndObject();
  }

  private void cause(Optional<Finding> cause) throws IOException {
    if (cause.isEmpty()) {
      out.writeNullField("cause");
      return;
    }
    out.writeObjectFieldStart("cause");
    FindingJson.members(out, cause.get());
    out.writeEndObject();
  }
}
