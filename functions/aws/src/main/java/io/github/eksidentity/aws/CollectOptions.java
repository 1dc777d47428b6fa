package io.github.eksidentity.aws;

import io.github.eksidentity.core.facts.Inventory;
import io.github.eksidentity.core.facts.Simulation;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// What to read and with whose credentials. The SDK itself also honours its environment variables
/// and profile settings, among them `AWS_ENDPOINT_URL` and `AWS_ENDPOINT_URL_<SERVICE>`.
///
/// @param profile named profile of the shared configuration files; empty for the default one
/// @param regions the regions to read; empty for every enabled one
/// @param role the role to assume before reading
/// @param endpoint one endpoint for every service, as a test bed has
/// @param trailSince the oldest calls to look up in CloudTrail that assumed a role with a pod's
/// token; empty for none at all
/// @param simulate what IAM's policy simulator is to be asked about what was read; empty where it
/// is not asked
/// @param deadline how long reading may take altogether; what is not read by then is Failed
/// @param callTimeout how long one call may take with all its retries
/// @param attemptTimeout how long one attempt of a call may take
/// @param attempts how often a call is tried at most; 1 for no retry
@RecordBuilder
public record CollectOptions(
    Optional<String> profile,
    List<String> regions,
    Optional<RoleToAssume> role,
    Optional<URI> endpoint,
    Optional<Instant> trailSince,
    Optional<Function<Inventory, List<Simulation.Question>>> simulate,
    Optional<Duration> deadline,
    Duration callTimeout,
    Duration attemptTimeout,
    int attempts)
    implements CollectOptionsBuilder.With {
  /// Every enabled region with the default credentials and no deadline.
  public static final CollectOptions DEFAULT =
      new CollectOptions(
          Optional.empty(),
          List.of(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Duration.ofSeconds(120),
          Duration.ofSeconds(30),
          6);

  /// Documented is an average of 5 minutes, and no promise:
  /// <https://docs.aws.amazon.com/awscloudtrail/latest/userguide/how-cloudtrail-works.html>.
  private static final Duration SHOWN_LATE = Duration.ofMinutes(15);

  public CollectOptions {
    regions = regions.stream().distinct().toList();
  }

  /// A role to assume before reading.
  ///
  /// @param externalId what the role's trust policy may ask for
  /// @param sessionName what CloudTrail of the role's account shows; 2 to 64 characters
  public record RoleToAssume(String arn, Optional<String> externalId, String sessionName) {
    /// The session name of an audit that has no other.
    public static final String DEFAULT_SESSION = "eks-identity-auditor";
  }

  public CollectOptions withProfile(String name) {
    return withProfile(Optional.of(name));
  }

  public CollectOptions withRole(RoleToAssume assumed) {
    return withRole(Optional.of(assumed));
  }

  public CollectOptions withEndpoint(URI url) {
    return withEndpoint(Optional.of(url));
  }

  /// Looks up calls of so many hours before a time. CloudTrail shows calls some minutes late, so
  /// those that an audit so many hours ago could not see yet are looked up too.
  public CollectOptions withTrail(Instant now, int hours) {
    return withTrailSince(now.minus(Duration.ofHours(hours)).minus(SHOWN_LATE));
  }

  public CollectOptions withTrailSince(Instant oldest) {
    return withTrailSince(Optional.of(oldest));
  }

  public CollectOptions withSimulation(Function<Inventory, List<Simulation.Question>> questions) {
    return withSimulate(Optional.of(questions));
  }

  public CollectOptions withDeadline(Duration limit) {
    return withDeadline(Optional.of(limit));
  }

  public CollectOptions withTimeouts(Duration call, Duration attempt) {
    return withCallTimeout(call).withAttemptTimeout(attempt);
  }
}
