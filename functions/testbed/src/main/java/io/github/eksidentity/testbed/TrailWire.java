package io.github.eksidentity.testbed;

import io.github.eksidentity.core.answers.TrailRecord;
import io.github.eksidentity.core.facts.AssumeCall;
import java.util.List;
import java.util.Optional;

/// CloudTrail's JSON protocol: LookupEvents, for the events of one region.
final class TrailWire {
  private static final int SIZE = 50;

  private final List<AssumeCall> calls;
  private final int pageSize;

  TrailWire(List<AssumeCall> calls, int pageSize) {
    this.calls = calls;
    this.pageSize = pageSize;
  }

  /// @param token of the page, from the posted body
  Reply lookupEvents(String region, Optional<String> token, boolean repeat) {
    List<AssumeCall> there = calls.stream().filter(call -> call.region().equals(region)).toList();
    int size = Math.min(pageSize, SIZE);
    Page<AssumeCall> page = repeat ? Page.repeated(there, size) : Page.of(there, token, size);
    return Reply.json(
        Json.object(
            json -> {
              json.writeArrayFieldStart("Events");
              for (AssumeCall call : page.items()) {
                json.writeStartObject();
                json.writeStringField("EventId", call.id());
                json.writeStringField("EventName", TrailRecord.EVENT_NAME);
                json.writeStringField("CloudTrailEvent", TrailRecord.write(call));
                json.writeEndObject();
              }
              json.writeEndArray();
              Json.text(json, "NextToken", page.next());
            }));
  }
}
