package io.github.eksidentity.audit;

import io.github.eksidentity.core.audit.Assessment;
import io.github.eksidentity.core.audit.Finding;
import io.github.eksidentity.core.audit.Mute;
import io.github.eksidentity.core.audit.Severity;
import io.github.eksidentity.core.drift.Run;
import io.github.eksidentity.lambda.JsonLog;
import io.github.eksidentity.lambda.JsonLog.Metric;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// What CloudWatch is told of a run. template.yaml's alarms and dashboard read these metrics.
final class RunMetrics {
  static final String NAMESPACE = "EksIdentityAuditor";

  private final JsonLog log;
  private final String function;

  /// @param function name of the function
  RunMetrics(JsonLog log, String function) {
    this.log = log;
    this.function = function;
  }

  /// How many findings are open and not muted, by severity.
  record Open(Map<Severity, Integer> counts) {
    static final Open NONE = new Open(Map.of());

    Open {
      counts = Map.copyOf(counts);
    }

    static Open of(Assessment assessment, List<Mute> mutes, Run run) {
      List<Mute> inForce = mutes.stream().filter(mute -> mute.inForce(run.now())).toList();
      Map<Severity, Integer> counts = new EnumMap<>(Severity.class);
      for (Severity severity : Severity.values()) {
        counts.put(severity, 0);
      }
      for (Finding finding : assessment.findings()) {
        if (inForce.stream().noneMatch(mute -> mute.matches(finding))) {
          counts.merge(finding.severity(), 1, Integer::sum);
        }
      }
      return new Open(counts);
    }
  }

  /// A run was completed.
  void completed(Run run, Duration took) {
    log.with("runId", run.id().value())
        .metrics(
            NAMESPACE,
            Map.of("FunctionName", function),
            List.of(
                new Metric("RunCompleted", "Count", 1),
                new Metric("RunIncomplete", "Count", run.complete() ? 0 : 1),
                new Metric("Duration", "Seconds", took.toMillis() / 1000.0)));
  }

  /// What an audit of the whole account found.
  void open(String account, Open open) {
    open.counts()
        .forEach(
            (severity, count) ->
                log.metrics(
                    NAMESPACE,
                    Map.of(
                        "FunctionName", function,
                        "Account", account,
                        "Severity", severity.id()),
                    List.of(new Metric("FindingsOpen", "Count", count))));
  }
}
