package io.github.eksidentity.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.eksidentity.core.json.Json;
import io.github.eksidentity.core.json.JsonPath;
import io.github.eksidentity.dynamodb.LocalTable;
import io.github.eksidentity.lambda.Event;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// template.yaml's pipe from the table's stream to an event bus, on a record of the stream. No
/// emulator that is free runs pipes.
class TransitionPipeTest {
  private static final Path PAYLOAD = Path.of("..", "..", "events", "transitions.json");
  private static final Pattern MEMBER = Pattern.compile("\"(\\w+)\": <\\$\\.([\\w.]+)>");
  private static final Set<String> TOLD =
      Set.of(
          "run",
          "finding",
          "transition",
          "rule",
          "severity",
          "resource",
          "account",
          "region",
          "cluster",
          "title");

  private static Json change(String payload) {
    return JsonPath.items(Event.parse(payload).orElseThrow(), "Records").getFirst();
  }

  private static boolean passes(Json change) {
    List<Json> filters =
        JsonPath.items(
            LocalTable.template(),
            "Resources",
            "TransitionPipe",
            "Properties",
            "SourceParameters",
            "FilterCriteria",
            "Filters");
    return filters.stream()
        .map(filter -> JsonPath.text(filter, "Pattern").flatMap(Event::parse).orElseThrow())
        .anyMatch(pattern -> EventPattern.matches(pattern, Optional.of(change)));
  }

  @Test
  void aChangeBecomesAnEventOfWhichNoMemberIsEmpty() throws IOException {
    Json change = change(Files.readString(PAYLOAD));
    assertTrue(passes(change));
    Matcher members =
        MEMBER.matcher(
            JsonPath.text(
                    LocalTable.template(),
                    "Resources",
                    "TransitionPipe",
                    "Properties",
                    "TargetParameters",
                    "InputTemplate")
                .orElseThrow());
    Set<String> told = new TreeSet<>();
    while (members.find()) {
      told.add(members.group(1));
      assertTrue(
          JsonPath.text(change, members.group(2).split("\\.", -1)).isPresent(), members.group());
    }
    assertEquals(TOLD, told);
  }

  @Test
  void whatTheCircuitBreakerHoldsHasNotHappened() throws IOException {
    String held =
        Files.readString(PAYLOAD).replaceAll("(\"held\": \\{\\s*\"BOOL\": )false", "$1true");
    assertFalse(passes(change(held)));
  }
}
