package io.github.eksidentity.aws;

import io.github.eksidentity.core.answers.ShapeException;
import io.github.eksidentity.core.answers.TrailRecord;
import io.github.eksidentity.core.facts.AssumeCall;
import io.github.eksidentity.core.facts.Coverage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import javax.inject.Inject;
import software.amazon.awssdk.services.cloudtrail.CloudTrailClient;
import software.amazon.awssdk.services.cloudtrail.model.Event;
import software.amazon.awssdk.services.cloudtrail.model.LookupAttribute;
import software.amazon.awssdk.services.cloudtrail.model.LookupAttributeKey;
import software.amazon.awssdk.services.cloudtrail.model.LookupEventsRequest;
import software.amazon.awssdk.services.cloudtrail.model.LookupEventsResponse;

/// Reads what CloudTrail recorded of AssumeRoleWithWebIdentity in one region. AWS answers two calls
/// a second in a region, so that the pages are asked for one after the other and not faster.
///
/// Documented at
/// <https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_LookupEvents.html>.
final class TrailCollector {
  static final Set<ApiAction> ACTIONS = Set.of(ApiAction.LOOKUP_EVENTS);

  private static final LookupAttribute BY_NAME =
      LookupAttribute.builder()
          .attributeKey(LookupAttributeKey.EVENT_NAME)
          .attributeValue(TrailRecord.EVENT_NAME)
          .build();
  private static final int PAGE = 50;
  private static final int MOST_PAGES = 100;
  private static final Duration BETWEEN = Duration.ofMillis(500);

  private final Clients clients;
  private final Calls calls;

  @Inject
  TrailCollector(Clients clients, Calls calls) {
    this.clients = clients;
    this.calls = calls;
  }

  record Reading(List<AssumeCall> calls, Coverage coverage) {}

  /// @param since the oldest event to read
  Reading read(String region, Instant since) {
    CloudTrailClient trail = clients.trail(region);
    List<Optional<String>> asked = new ArrayList<>();
    Paged<AssumeCall> read =
        Paged.read(
            token -> {
              if (asked.size() == MOST_PAGES) {
                return new CallOutcome.Failed<>(
                    ReadProblem.other(
                        "only the latest " + PAGE * MOST_PAGES + " events were read"));
              }
              if (!asked.isEmpty()) {
                LockSupport.parkNanos(BETWEEN.toNanos());
              }
              asked.add(token);
              return calls.call(
                  ApiAction.LOOKUP_EVENTS,
                  region,
                  () -> page(trail.lookupEvents(request(since, token))));
            });
    return new Reading(read.items(), ReadProblem.coverage(!read.items().isEmpty(), read.problem()));
  }

  private static LookupEventsRequest request(Instant since, Optional<String> token) {
    LookupEventsRequest.Builder request =
        LookupEventsRequest.builder().lookupAttributes(BY_NAME).startTime(since).maxResults(PAGE);
    token.ifPresent(request::nextToken);
    return request.build();
  }

  private static Paged.Page<AssumeCall> page(LookupEventsResponse answer) {
    List<AssumeCall> found = new ArrayList<>();
    for (Event event : Fields.required(answer.hasEvents(), answer.events(), "Events")) {
      try {
        TrailRecord.read(Fields.required(event.cloudTrailEvent(), "CloudTrailEvent"))
            .ifPresent(found::add);
      } catch (ShapeException e) {
        throw new MalformedAnswerException("CloudTrailEvent: " + e.problem());
      }
    }
    return new Paged.Page<>(found, Fields.text(answer.nextToken()));
  }
}
