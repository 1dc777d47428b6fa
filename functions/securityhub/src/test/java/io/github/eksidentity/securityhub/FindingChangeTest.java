package io.github.eksidentity.securityhub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.eksidentity.core.audit.Severity;
import io.github.eksidentity.core.json.Json;
import io.github.eksidentity.lambda.Event;
import io.github.eksidentity.lambda.FunctionException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FindingChangeTest {
  static final Path PAYLOAD = Path.of("..", "..", "events", "transitions.json");

  static final FindingChange OPENED =
      new FindingChange(
          "5f0c1d0f7a3c4f6b9d2e8a7165b4c3d2",
          "111122223333",
          "eu-west-1",
          Optional.of("prod-eu"),
          "arn:aws:iam::111122223333:role/payments/ledger",
          "trust-subject-wildcard",
          Severity.HIGH,
          "Every service account of a namespace gets into role ledger",
          "open",
          false,
          Instant.parse("2026-11-25T06:00:00Z"),
          Instant.ofEpochSecond(1795586524));

  static Json json(String text) {
    return Event.parse(text).orElseThrow();
  }

  private static String payload() throws IOException {
    return Files.readString(PAYLOAD);
  }

  @Test
  void aTransitionOfTheStreamIsRead() throws IOException {
    assertEquals(List.of(OPENED), FindingChange.of(json(payload())));
  }

  @Test
  void whatTheCircuitBreakerHoldsHasNotHappened() throws IOException {
    String held = payload().replaceAll("(\"held\": \\{\\s*\"BOOL\": )false", "$1true");
    assertEquals(List.of(), FindingChange.of(json(held)));
  }

  @Test
  void theLastChangeOfAFindingCounts() throws IOException {
    String one = payload().replaceAll("(?s)^.*?\\[|\\]\\s*\\}\\s*$", "");
    String later = one.replace("\"open\"", "\"resolved\"");
    List<FindingChange> changes =
        FindingChange.of(json("{\"Records\": [" + one + "," + later + "]}"));
    assertEquals(1, changes.size());
    assertEquals("resolved", changes.getFirst().status());
  }

  @Test
  void anItemThatIsNoTransitionIsRefused() throws IOException {
    for (String broken :
        List.of(
            "{\"Records\": [{}]}",
            "{\"Records\": [{\"dynamodb\": {\"NewImage\": {}}}]}",
            payload().replace("\"high\"", "\"awful\""),
            payload().replace("\"2026-11-25T06:00:00Z\"", "\"today\""))) {
      assertThrows(FunctionException.class, () -> FindingChange.of(json(broken)), broken);
    }
  }
}
