package io.github.eksidentity.audit;

import dagger.Module;
import dagger.Provides;
import io.github.eksidentity.core.audit.Auditor;
import io.github.eksidentity.core.audit.Rule;
import io.github.eksidentity.core.drift.DriftSettings;
import io.github.eksidentity.core.drift.FindingStore;
import io.github.eksidentity.core.drift.Lifecycle;
import io.github.eksidentity.core.drift.Renames;
import io.github.eksidentity.core.drift.RunRecorder;
import io.github.eksidentity.core.rules.Rules;
import io.github.eksidentity.lambda.Environment;
import io.github.eksidentity.lambda.JsonLog;
import java.time.InstantSource;
import java.util.stream.Collectors;
import javax.inject.Singleton;

/// What AuditFunction is made of.
@Module
final class AuditModule {
  private AuditModule() {}

  @Provides
  @Singleton
  static AuditSettings settings(Environment environment) {
    return AuditSettings.of(environment);
  }

  @Provides
  static Auditor auditor() {
    return new Auditor(Rules.all());
  }

  @Provides
  static RunRecorder recorder(FindingStore store, AuditSettings settings, InstantSource clock) {
    Lifecycle lifecycle =
        new Lifecycle(
            DriftSettings.of(settings.rules()),
            Renames.NONE,
            Rules.all().stream().map(Rule::id).collect(Collectors.toSet()));
    return new RunRecorder(store, lifecycle, clock);
  }

  @Provides
  static RunMetrics metrics(JsonLog log, Environment environment) {
    return new RunMetrics(log, environment.required("AWS_LAMBDA_FUNCTION_NAME"));
  }
}
