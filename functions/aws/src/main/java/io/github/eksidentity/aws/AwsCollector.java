package io.github.eksidentity.aws;

import io.github.eksidentity.core.facts.Inventory;
import java.util.function.Function;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.profiles.ProfileFile;

/// Reads one account of AWS. Every call only reads.
public final class AwsCollector {
  private AwsCollector() {}

  /// Reads the account that the options' credentials belong to. What cannot be read is in the
  /// coverage, with the reason and the IAM action that is missing.
  ///
  /// @param progress told of each step, from many threads
  /// @throws CollectException where not even the account is known
  public static Inventory collect(CollectOptions options, Progress progress)
      throws CollectException {
    return collect(options, progress, (inventory, _) -> inventory);
  }

  /// Reads further of what was read, with the same credentials.
  public interface Further {
    Inventory read(Inventory inventory, AwsCredentialsProvider credentials);
  }

  /// Reads the account, and then what the second reader reads of it.
  ///
  /// @param progress told of each step, from many threads
  /// @throws CollectException where not even the account is known
  public static Inventory collect(CollectOptions options, Progress progress, Further further)
      throws CollectException {
    CollectorComponent graph = DaggerCollectorComponent.factory().create(options, progress);
    Profiles.check(options.profile(), ProfileFile.defaultProfileFile());
    try (Clients _ = graph.clients();
        Deadline _ = graph.deadline();
        Parallel _ = graph.parallel()) {
      return further.read(graph.reader().read(), graph.credentials());
    }
  }

  /// Uses the options' credentials for something else than reading the account.
  ///
  /// @throws CollectException where there are no such credentials
  public static <T> T withCredentials(
      CollectOptions options, Function<AwsCredentialsProvider, T> use) throws CollectException {
    CollectorComponent graph = DaggerCollectorComponent.factory().create(options, Progress.SILENT);
    Profiles.check(options.profile(), ProfileFile.defaultProfileFile());
    try (Clients _ = graph.clients();
        Deadline _ = graph.deadline();
        Parallel _ = graph.parallel()) {
      return use.apply(graph.credentials());
    }
  }
}
