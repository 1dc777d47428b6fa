package io.github.eksidentity.report.json;

import io.github.eksidentity.core.explain.Step;
import io.github.eksidentity.core.explain.Subjects;
import io.github.eksidentity.core.probe.Probe;
import io.github.eksidentity.core.probe.ProbeOutcome;
import java.util.Optional;

/// The outcome of a probe as JSON, in the form that `docs/probe.md` describes. Members are never
/// left out.
public final class ProbeJson {
  private static final int VERSION = 1;

  private ProbeJson() {}

  /// The whole object with a line break at its end.
  public static String render(Probe probe) {
    return AsciiJson.render(
        out -> {
          out.writeStartObject();
          out.writeNumberField("version", VERSION);
          out.writeStringField("cluster", probe.cluster().name());
          out.writeStringField("region", probe.cluster().region());
          out.writeStringField("serviceAccount", Subjects.qualifiedName(probe.subject()));
          out.writeStringField("role", probe.role());
          out.writeStringField("audience", probe.audience());
          out.writeStringField("outcome", probe.outcome().id());
          AsciiJson.text(out, "code", code(probe.outcome()));
          AsciiJson.text(out, "message", message(probe.outcome()));
          AsciiJson.text(out, "step", probe.refusedAt().map(Step.Kind::id));
          out.writeStringField("configuration", probe.expected().id());
          AsciiJson.text(out, "disagreement", probe.disagreement());
          out.writeEndObject();
        });
  }

  private static Optional<String> code(ProbeOutcome outcome) {
    return switch (outcome) {
      case ProbeOutcome.Refused(String code, _) -> Optional.of(code);
      case ProbeOutcome.Proved _, ProbeOutcome.NotTried _ -> Optional.empty();
    };
  }

  private static Optional<String> message(ProbeOutcome outcome) {
    return switch (outcome) {
      case ProbeOutcome.Refused(_, String message) -> Optional.of(message);
      case ProbeOutcome.NotTried(String reason) -> Optional.of(reason);
      case ProbeOutcome.Proved _ -> Optional.empty();
    };
  }
}
