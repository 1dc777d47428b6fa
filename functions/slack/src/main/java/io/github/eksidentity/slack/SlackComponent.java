package io.github.eksidentity.slack;

import dagger.BindsInstance;
import dagger.Component;
import io.github.eksidentity.lambda.Environment;
import io.github.eksidentity.lambda.JsonLog;
import javax.inject.Singleton;

/// The graph of one execution environment.
@Singleton
@Component(modules = SlackModule.class)
interface SlackComponent {
  SlackFunction function();

  /// Makes the graph.
  @Component.Factory
  interface Factory {
    SlackComponent create(@BindsInstance Environment environment, @BindsInstance JsonLog log);
  }
}
