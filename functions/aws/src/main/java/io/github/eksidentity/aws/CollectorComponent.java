package io.github.eksidentity.aws;

import dagger.BindsInstance;
import dagger.Component;
import javax.inject.Named;
import javax.inject.Singleton;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;

/// The graph of collectors for one audit of one account.
@Singleton
@Component(modules = CollectorModule.class)
interface CollectorComponent {
  AccountReader reader();

  Clients clients();

  Parallel parallel();

  Deadline deadline();

  @Named("audit")
  AwsCredentialsProvider credentials();

  /// Makes the graph.
  @Component.Factory
  interface Factory {
    CollectorComponent create(
        @BindsInstance CollectOptions options, @BindsInstance Progress progress);
  }
}
