package io.github.eksidentity.securityhub;

import dagger.BindsInstance;
import dagger.Component;
import io.github.eksidentity.lambda.Environment;
import io.github.eksidentity.lambda.JsonLog;

/// The graph of one execution environment.
@Component
interface SecurityHubComponent {
  SecurityHubFunction function();

  /// Makes the graph.
  @Component.Factory
  interface Factory {
    SecurityHubComponent create(@BindsInstance Environment environment, @BindsInstance JsonLog log);
  }
}
