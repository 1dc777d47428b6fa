package io.github.eksidentity.endtoend;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.github.eksidentity.core.facts.Inventory;
import io.github.eksidentity.core.facts.Partition;
import io.github.eksidentity.dynamodb.LocalTable;
import io.github.eksidentity.testbed.Accounts;
import io.github.eksidentity.testbed.Behaviour;
import io.github.eksidentity.testbed.LargeAccount;
import io.github.eksidentity.testbed.TestBed;
import io.github.eksidentity.testbed.runtime.FunctionSettings;
import io.github.eksidentity.testbed.runtime.LambdaFunction;
import io.github.eksidentity.testbed.runtime.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// audit.zip, given 512 MB, at 20 ms a call: the first day, on which every finding is new, and a
/// day without a change. Prints what docs/cost.md counts.
///
/// Runs only when it is named: `-Dtest=AccountBenchmark`.
class AccountBenchmark {
  static final long SEED = 2026;
  static final Accounts.Size SMALL =
      new Accounts.Size(Partition.AWS, List.of("us-east-1", "eu-west-1"), 60, 0, 3, 3, 30, 15, 2);

  @Test
  void smallAccount() {
    twoDays("60 roles, 3 clusters", Accounts.generate(SMALL, SEED));
  }

  @Test
  void largeAccount() {
    twoDays("5,000 roles, 100 clusters", LargeAccount.inventory());
  }

  @Test
  void largeAccountWithFaultsEverywhere() {
    twoDays(
        "5,000 roles, 100 clusters, faults everywhere",
        Accounts.generate(Accounts.Size.LARGE, SEED));
  }

  private static void twoDays(String name, Inventory account) {
    try (LocalTable.Server table = LocalTable.Server.start();
        LocalTable local = LocalTable.at(table.endpoint());
        TestBed bed = TestBed.serve(account, Behaviour.PROMPT.withLatency(Duration.ofMillis(20)))) {
      local.create("findings");
      for (int day = 1; day <= 2; day++) {
        long before = bed.calls().size();
        try (RecordingProxy proxy = new RecordingProxy("dynamodb", table.endpoint());
            LambdaFunction audit = function(bed, proxy)) {
          Outcome outcome =
              audit.invoke(
                  "{\"trigger\": \"schedule\", \"time\": \"2026-11-2%dT06:00:00Z\"}"
                      .formatted(day));
          assertInstanceOf(
              Outcome.Returned.class,
              outcome,
              () -> outcome + "\n" + String.join("\n", audit.log()));
          System.out.printf(
              "%s, day %d: init %d ms, event %d ms, peak %d MiB, %d calls to AWS, %.1f read and"
                  + " %.1f write units, table %s%n",
              name,
              day,
              audit.init().toMillis(),
              outcome.duration().toMillis(),
              audit.peakKiB().orElse(0) / 1024,
              bed.calls().size() - before,
              proxy.readUnits(),
              proxy.writeUnits(),
              proxy.actions());
        }
      }
    }
  }

  private static LambdaFunction function(TestBed bed, RecordingProxy table) {
    return LambdaFunction.start(
        Zips.of("audit"),
        new FunctionSettings(
            "io.github.eksidentity.audit.AuditHandler::handleRequest",
            Map.of(
                "TABLE_NAME", "findings",
                "AWS_ENDPOINT_URL", bed.endpoint().toString(),
                "AWS_ENDPOINT_URL_DYNAMODB", table.endpoint()),
            512,
            Duration.ofMinutes(15)));
  }
}
