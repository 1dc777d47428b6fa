package io.github.eksidentity.lambda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.eksidentity.core.json.Json;
import io.github.eksidentity.core.json.JsonPath;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JsonLogTest {
  private static final Instant NOW = Instant.parse("2026-11-25T06:00:00Z");

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final JsonLog log = JsonLog.to(out, () -> NOW);

  private Json onlyLine() {
    String text = out.toString(StandardCharsets.UTF_8);
    assertEquals(1, text.lines().count(), text);
    assertTrue(text.endsWith("\n"), text);
    return Event.parse(text).orElseThrow();
  }

  @Test
  void aLineHoldsItsContextAndStaysOneLineWhateverIsLogged() {
    log.with("runId", "r-1").with("account", "111122223333").warn("role \"a\n\u2028\u001b[31m\" ü");
    Json line = onlyLine();
    assertEquals(Optional.of("WARN"), JsonPath.text(line, "level"));
    assertEquals(Optional.of("2026-11-25T06:00:00Z"), JsonPath.text(line, "timestamp"));
    assertEquals(Optional.of("role \"a\n\u2028\u001b[31m\" ü"), JsonPath.text(line, "message"));
    assertEquals(Optional.of("r-1"), JsonPath.text(line, "runId"));
    assertTrue(
        out.toString(StandardCharsets.UTF_8)
            .chars()
            .allMatch(c -> c == '\n' || (c >= ' ' && c < 0x7F)));
  }

  @Test
  void metricsAreInTheEmbeddedFormat() {
    log.with("runId", "r-1")
        .metrics(
            "EksIdentityAuditor",
            Map.of("Severity", "high"),
            List.of(new JsonLog.Metric("FindingsOpen", "Count", 3)));
    Json line = onlyLine();
    Json directive = JsonPath.items(line, "_aws", "CloudWatchMetrics").getFirst();
    assertEquals(Optional.of(NOW.toEpochMilli()), JsonPath.number(line, "_aws", "Timestamp"));
    assertEquals(Optional.of("EksIdentityAuditor"), JsonPath.text(directive, "Namespace"));
    Json metric = JsonPath.items(directive, "Metrics").getFirst();
    assertEquals(Optional.of("FindingsOpen"), JsonPath.text(metric, "Name"));
    assertEquals(Optional.of("high"), JsonPath.text(line, "Severity"));
    assertTrue(out.toString(StandardCharsets.UTF_8).contains("\"FindingsOpen\":3.0"));
    assertEquals(Optional.of("r-1"), JsonPath.text(line, "runId"));
  }
}
