package io.github.eksidentity.report.json;

import io.github.eksidentity.core.audit.ExplainStep;
import io.github.eksidentity.core.facts.Subject;
import io.github.eksidentity.core.json.JsonWriter;
import io.github.eksidentity.core.json.JsonWriter.Layout;
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
    return JsonWriter.object(
        Layout.ASCII_REPORT,
        out ->
            out.number("version", VERSION)
                .text("cluster", probe.cluster().name())
                .text("region", probe.cluster().region())
                .text("serviceAccount", Subject.qualifiedName(probe.subject()))
                .text("role", probe.role())
                .text("audience", probe.audience())
                .text("outcome", probe.outcome().id())
                .textOrNull("code", code(probe.outcome()))
                .textOrNull("message", message(probe.outcome()))
                .textOrNull("step", probe.refusedAt().map(ExplainStep::id))
                .text("configuration", probe.expected().id())
                .textOrNull("disagreement", probe.disagreement()));
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
