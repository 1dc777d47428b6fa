package io.github.eksidentity.endtoend;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.eksidentity.dynamodb.LocalTable;
import io.github.eksidentity.testbed.Accounts;
import io.github.eksidentity.testbed.Behaviour;
import io.github.eksidentity.testbed.TestBed;
import io.github.eksidentity.testbed.runtime.FunctionSettings;
import io.github.eksidentity.testbed.runtime.LambdaFunction;
import io.github.eksidentity.testbed.runtime.Outcome;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// From the start of audit.zip's process to the end of its first event, on mornings on which
/// nothing changed: 60 roles and 3 clusters at 20 ms a call, with the template's defaults. For
/// `.ci/figures.py`.
///
/// Runs only when it is named: `-Dtest=StartBenchmark`.
class StartBenchmark {
  private static final int MORNINGS = 7;

  @Test
  void quietMornings() {
    try (LocalTable.Server server = LocalTable.Server.start();
        LocalTable table = LocalTable.at(server.endpoint());
        TestBed bed =
            TestBed.serve(
                Accounts.generate(AccountBenchmark.SMALL, AccountBenchmark.SEED),
                Behaviour.PROMPT.withLatency(Duration.ofMillis(20)))) {
      table.create("findings");
      FunctionSettings settings =
          new FunctionSettings(
              "io.github.eksidentity.audit.AuditHandler::handleRequest",
              Map.of(
                  "TABLE_NAME",
                  "findings",
                  "READ_TRAIL",
                  "true",
                  "AWS_ENDPOINT_URL",
                  bed.endpoint().toString(),
                  "AWS_ENDPOINT_URL_DYNAMODB",
                  server.endpoint().toString()),
              512,
              Duration.ofMinutes(5));
      morning(0, settings);
      for (int day = 1; day <= MORNINGS; day++) {
        String answer = morning(day, settings);
        assertTrue(answer.contains("\"transitions\":{}"), answer);
      }
    }
  }

  private static String morning(int day, FunctionSettings settings) {
    try (LambdaFunction audit = LambdaFunction.start(Zips.of("audit"), settings)) {
      Outcome outcome =
          audit.invoke(
              "{\"trigger\": \"schedule\", \"time\": \"2026-11-1%dT06:00:00Z\"}".formatted(day));
      if (day > 0) {
        Figures.record("audit", audit, outcome);
      }
      return assertInstanceOf(Outcome.Returned.class, outcome, () -> String.join("\n", audit.log()))
          .payload();
    }
  }
}
