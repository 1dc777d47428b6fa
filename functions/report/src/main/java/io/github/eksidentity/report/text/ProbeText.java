package io.github.eksidentity.report.text;

import io.github.eksidentity.core.facts.Subject;
import io.github.eksidentity.core.probe.Probe;
import io.github.eksidentity.core.probe.ProbeOutcome;
import io.github.eksidentity.report.page.Plain;

/// The outcome of a probe for people.
public final class ProbeText {
  private ProbeText() {}

  /// Some lines of text, each with a line break at its end.
  public static String render(Probe probe) {
    StringBuilder text = new StringBuilder();
    line(
        text,
        "%s of cluster %s asked STS for %s with the audience %s"
            .formatted(
                Subject.qualifiedName(probe.subject()),
                probe.cluster().name(),
                probe.role(),
                probe.audience()));
    line(
        text,
        switch (probe.outcome()) {
          case ProbeOutcome.Proved _ ->
              "proved: STS gave credentials; they were dropped unread, and may do nothing";
          case ProbeOutcome.Refused(String code, String message) ->
              "refused: " + code + ": " + message;
          case ProbeOutcome.NotTried(String reason) -> "unknown: " + reason;
        });
    probe.refusedAt().ifPresent(step -> line(text, "at the step: " + step.id()));
    line(text, "by the configuration: " + probe.expected().id());
    probe.disagreement().ifPresent(sentence -> line(text, "They disagree. " + sentence));
    return text.toString();
  }

  private static void line(StringBuilder text, String line) {
    text.append(Plain.of(line)).append('\n');
  }
}
