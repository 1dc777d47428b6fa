package io.github.eksidentity.testbed;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.eksidentity.core.facts.AssumeCall;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// LookupEvents as AWS documents it: events at or after the start and at or before the end, the
/// latest first.
class TrailWireTest {
  private static final TrailWire TRAIL =
      new TrailWire(Stream.of(0, 1, 2).map(TrailWireTest::call).toList(), 50);

  private static AssumeCall call(int second) {
    return new AssumeCall(
        "at-" + second,
        Instant.ofEpochSecond(1_763_600_000L + second),
        "eu-west-1",
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private static List<String> found(String body) {
    WireRequest request =
        WireRequest.of(
            "POST",
            URI.create("/"),
            Optional.of("Credential=AKIA/20251120/eu-west-1/cloudtrail/aws4_request"),
            body.getBytes(StandardCharsets.UTF_8));
    String answer = new String(TRAIL.lookupEvents(request, false).body(), StandardCharsets.UTF_8);
    return Pattern.compile("\"EventId\":\"([^\"]*)\"")
        .matcher(answer)
        .results()
        .map(id -> id.group(1))
        .toList();
  }

  @Test
  void withoutTimesAllEventsAreFound() {
    assertEquals(List.of("at-2", "at-1", "at-0"), found("{}"));
  }

  @Test
  void bothTimesBelongToTheWindow() {
    assertEquals(List.of("at-1"), found("{\"StartTime\": 1763600001, \"EndTime\": 1763600001}"));
    assertEquals(List.of("at-1", "at-0"), found("{\"EndTime\": 1763600001.0}"));
  }

  @Test
  void aFractionOfASecondCounts() {
    assertEquals(List.of("at-2"), found("{\"StartTime\": 1.763600001001E9}"));
  }
}
