package io.github.eksidentity.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuditRequestTest {
  private static AuditRequest read(String json) {
    return AuditRequest.of(Event.parse(json).orElseThrow(), "request-1");
  }

  private static AuditRequest example(String name) throws IOException {
    return read(Files.readString(Path.of("..", "..", "events", name + ".json")));
  }

  @Test
  void theScheduleAsksForEverythingAtItsTime() throws IOException {
    assertEquals(
        new AuditRequest(
            "schedule-2026-11-25T06:00:00Z",
            Optional.of(Instant.parse("2026-11-25T06:00:00Z")),
            true,
            List.of(),
            List.of(),
            List.of()),
        example("schedule"));
  }

  @Test
  void changesAreOneRunNamedByTheOldestAndSeenFromItsReceipt() throws IOException {
    assertEquals(
        new AuditRequest(
            "change-2e1424d4-f796-459a-8184-9c92662be6da",
            Optional.of(Instant.ofEpochMilli(1795676730000L)),
            false,
            List.of("111122223333", "222233334444"),
            List.of(),
            List.of()),
        example("change"));
  }

  @Test
  void aChangeThatNamesNoAccountAsksForAllOfThem() throws IOException {
    String text = Files.readString(Path.of("..", "..", "events", "change.json"));
    String member = ",\\\"account\\\":\\\"222233334444\\\"";
    assertTrue(text.contains(member));
    assertEquals(List.of(), read(text.replace(member, "")).accounts());
  }

  @Test
  void theOrganizationAsksForOneAccount() throws IOException {
    AuditRequest request = example("account");
    assertEquals(List.of("222233334444"), request.accounts());
    assertEquals(false, request.scheduled());
  }

  @Test
  void aPersonMayNarrowAndIsNamedByTheInvocation() throws IOException {
    assertEquals(
        new AuditRequest(
            "request-1",
            Optional.empty(),
            false,
            List.of("111122223333"),
            List.of("eu-west-1"),
            List.of("prod-eu")),
        example("manual"));
    assertEquals("request-1", read("{}").id());
  }

  @Test
  void oneNameMayStandWithoutAList() {
    AuditRequest request =
        read(
            """
            {"account": "111122223333", "region": "eu-west-1", "cluster": "prod-eu",
             "clusters": ["prod-us"]}
            """);
    assertEquals(List.of("111122223333"), request.accounts());
    assertEquals(List.of("eu-west-1"), request.regions());
    assertEquals(List.of("prod-eu", "prod-us"), request.clusters());
  }

  @Test
  void anIdFromOutsideIsMadeFitForARun() {
    assertEquals("a-b--1", read("{\"id\": \"a/b\\n\\u00e41\"}").id());
  }

  /// A narrowed audit that is misspelt must not become an audit of everything.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"accounts\": \"111122223333\"}",
        "{\"accounts\": [\"1\"]}",
        "{\"accounts\": [111122223333]}",
        "{\"account\": \"x\"}",
        "{\"account\": 999999999999}",
        "{\"account\": [\"999999999999\"]}",
        "{\"account\": {}}",
        "{\"account\": null}",
        "{\"account\": \"\"}",
        "{\"account\": \"999999999999\", \"account\": \"111122223333\"}",
        "{\"accounts\": []}",
        "{\"accounts\": null}",
        "{\"Account\": \"999999999999\"}",
        "{\"region\": 1}",
        "{\"region\": [\"eu-west-1\"]}",
        "{\"regions\": \"eu-west-1\"}",
        "{\"regions\": []}",
        "{\"cluster\": true}",
        "{\"cluster\": \"\"}",
        "{\"cluster\": \"a b\"}",
        "{\"clusters\": [null]}",
        "{\"time\": 1795676400}",
        "{\"trigger\": [\"schedule\"]}",
        "{\"id\": 7}",
        "[]",
        "[{\"account\": \"999999999999\"}]",
        "\"x\"",
        "null",
        "true",
        "7",
        "{\"Records\": []}",
        "{\"Records\": {}}",
        "{\"Records\": \"x\"}",
        "{\"Records\": null}",
        "{\"regions\": [\"Ireland\"]}",
        "{\"regions\": [\"\"]}",
        "{\"clusters\": {\"name\": \"prod\"}}",
        "{\"clusters\": [\"a\", \"a\"]}",
        "{\"time\": \"yesterday\"}",
        "{\"Records\": [{\"eventSource\": \"aws:sns\"}]}",
        "{\"Records\": [{\"eventSource\": \"aws:sqs\", \"messageId\": \"m\"}]}",
        "{\"Records\": [1]}"
      })
  void whatMakesNoSenseIsRefused(String json) {
    Json event = Event.parse(json).orElseThrow();
    assertThrows(FunctionException.class, () -> AuditRequest.of(event, "request-1"));
  }
}
