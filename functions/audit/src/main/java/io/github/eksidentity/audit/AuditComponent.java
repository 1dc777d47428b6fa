package io.github.eksidentity.audit;

import dagger.BindsInstance;
import dagger.Component;
import io.github.eksidentity.core.drift.FindingStore;
import io.github.eksidentity.lambda.Environment;
import io.github.eksidentity.lambda.JsonLog;
import java.time.InstantSource;
import javax.inject.Singleton;

/// The graph of one execution environment.
@Singleton
@Component(modules = AuditModule.class)
interface AuditComponent {
  AuditFunction function();

  /// Makes the graph.
  @Component.Factory
  interface Factory {
    AuditComponent create(
        @BindsInstance Environment environment,
        @BindsInstance FindingStore store,
        @BindsInstance InstantSource clock,
        @BindsInstance JsonLog log);
  }
}
