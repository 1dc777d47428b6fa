package io.github.eksidentity.core.explain;

import io.github.eksidentity.core.audit.ExplainStep;
import io.github.eksidentity.core.audit.Finding;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// One step of the way from a pod to its role.
///
/// @param evidence what the status rests on, in one sentence without a full stop
/// @param trace how the trust evaluator decided, line by line; empty for other steps
/// @param finding what the audit says is wrong here
public record Step(
    ExplainStep kind,
    Status status,
    String evidence,
    List<String> trace,
    Optional<Finding> finding) {

  /// What is known of a step.
  public enum Status {
    OK,
    BROKEN,
    UNKNOWN;

    /// The status as output writes it: lower case.
    public String id() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public Step {
    trace = List.copyOf(trace);
  }

  static Step ok(ExplainStep kind, String evidence) {
    return new Step(kind, Status.OK, evidence, List.of(), Optional.empty());
  }

  static Step broken(ExplainStep kind, String evidence, Optional<Finding> finding) {
    return new Step(kind, Status.BROKEN, evidence, List.of(), finding);
  }

  static Step unknown(ExplainStep kind, String evidence) {
    return new Step(kind, Status.UNKNOWN, evidence, List.of(), Optional.empty());
  }

  Step withTrace(List<String> lines) {
    return new Step(kind, status, evidence, lines, finding);
  }
}
