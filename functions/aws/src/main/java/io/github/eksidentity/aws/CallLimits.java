package io.github.eksidentity.aws;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import javax.inject.Inject;
import javax.inject.Singleton;

/// How many calls may be in flight, for each service and region. IAM's and STS's rate limits are
/// shared with everything else that runs in the account, so they get few.
///
/// Documented at <https://repost.aws/knowledge-center/iam-sts-throttling-error>.
@Singleton
final class CallLimits {
  private static final int IAM = 6;
  private static final int REGIONAL = 16;

  private record Target(String service, String region) {}

  private final Map<Target, Semaphore> permits = new ConcurrentHashMap<>();

  @Inject
  CallLimits() {}

  Semaphore of(String service, String region) {
    return permits.computeIfAbsent(
        new Target(service, region),
        target -> new Semaphore(target.service().equals("eks") ? REGIONAL : IAM));
  }
}
