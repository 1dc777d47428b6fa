package io.github.eksidentity.alert;

import dagger.BindsInstance;
import dagger.Component;
import io.github.eksidentity.lambda.Environment;
import io.github.eksidentity.lambda.JsonLog;
import java.time.InstantSource;
import javax.inject.Singleton;

/// The graph of one execution environment.
@Singleton
@Component(modules = AlertModule.class)
interface AlertComponent {
  AlertFunction function();

  /// Makes the graph.
  @Component.Factory
  interface Factory {
    AlertComponent create(
        @BindsInstance Environment environment,
        @BindsInstance InstantSource clock,
        @BindsInstance JsonLog log);
  }
}
