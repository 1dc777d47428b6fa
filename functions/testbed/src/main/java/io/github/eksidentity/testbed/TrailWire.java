package io.github.eksidentity.testbed;

import io.github.eksidentity.core.answers.TrailRecord;
import io.github.eksidentity.core.facts.AssumeCall;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// CloudTrail's JSON protocol: LookupEvents, for the events of one region.
///
/// Documented at
/// <https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_LookupEvents.html>.
final class TrailWire {
  private static final int SIZE = 50;

  private final List<AssumeCall> calls;
  private final int pageSize;

  TrailWire(List<AssumeCall> calls, int pageSize) {
    this.calls = calls.stream().sorted(Comparator.comparing(AssumeCall::time).reversed()).toList();
    this.pageSize = pageSize;
  }

  Reply lookupEvents(WireRequest request, boolean repeat) {
    Optional<Instant> start = request.time("StartTime");
    Optional<Instant> end = request.time("EndTime");
    List<AssumeCall> there =
        calls.stream()
            .filter(call -> call.region().equals(request.region()))
            .filter(call -> start.map(from -> !call.time().isBefore(from)).orElse(true))
            .filter(call -> end.map(to -> !call.time().isAfter(to)).orElse(true))
            .toList();
    int size = Math.min(pageSize, SIZE);
    ListPage<AssumeCall> page =
        repeat
            ? ListPage.repeated(there, size)
            : ListPage.of(there, request.token("NextToken"), size);
    return Reply.json(
        json ->
            json.objects(
                    "Events",
                    page.items(),
                    (event, call) ->
                        event
                            .text("EventId", call.id())
                            .text("EventName", TrailRecord.EVENT_NAME)
                            .text("CloudTrailEvent", TrailRecord.write(call)))
                .text("NextToken", page.next()));
  }
}
