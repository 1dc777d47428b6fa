package io.github.eksidentity.cli;

import io.github.eksidentity.aws.AwsCollector;
import io.github.eksidentity.aws.CollectException;
import io.github.eksidentity.aws.CollectOptions;
import io.github.eksidentity.core.facts.Inventory;
import java.net.URI;

/// Reads a live account. The only class that touches the SDK, so that nothing of it is loaded for
/// an audit of files.
final class LiveAccount {
  private LiveAccount() {}

  /// Everything that the credentials may read.
  ///
  /// @throws Failure where not even the account is known
  static Inventory read(SourceOptions source, Console console, boolean showProgress) {
    CollectOptions options = options(source);
    try (ProgressLine progress = new ProgressLine(console, showProgress)) {
      return AwsCollector.collect(options, progress::show);
    } catch (CollectException e) {
      throw new Failure(String.valueOf(e.getMessage()), e);
    }
  }

  private static CollectOptions options(SourceOptions source) {
    CollectOptions options = CollectOptions.DEFAULT.withRegions(source.regions());
    if (source.profile().isPresent()) {
      options = options.withProfile(source.profile().get());
    }
    if (source.roleArn().isPresent()) {
      options =
          options.withRole(
              new CollectOptions.RoleToAssume(source.roleArn().get(), source.externalId()));
    }
    if (source.endpoint().isPresent()) {
      options = options.withEndpoint(URI.create(source.endpoint().get()));
    }
    return options;
  }
}
