package io.github.eksidentity.dynamodb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.eksidentity.core.drift.Day;
import io.github.eksidentity.core.drift.FindingState;
import io.github.eksidentity.core.drift.FindingStore;
import io.github.eksidentity.core.drift.RunState;
import io.github.eksidentity.core.drift.Transition;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexDescription;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;

/// The items have what template.yaml declares and what reads the table's stream expects.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class TemplateTest {
  private static final String TABLE = "findings";

  private final LocalTable local = LocalTable.embedded();
  private Map<String, AttributeValue> finding = Map.of();
  private Map<String, AttributeValue> event = Map.of();
  private Map<String, AttributeValue> run = Map.of();

  @BeforeAll
  void record() {
    local.create(TABLE);
    FindingStore store = new TableStore(local.client(), TABLE);
    Days.both(store);
    FindingState onCluster =
        Days.states(store).stream()
            .filter(state -> state.finding().resource().endsWith("cluster/mail"))
            .findFirst()
            .orElseThrow();
    Transition transition = store.transitions(Days.second().runId()).getFirst();
    finding = item(Key.of(onCluster.finding()));
    event = item(Key.event(Days.second().runId(), transition.after().id(), transition.kind()));
    run = item(Key.of(store.run(Day.ACCOUNT, Days.second().runId()).orElseThrow()));
  }

  private Map<String, AttributeValue> item(Key key) {
    return local.client().getItem(request -> request.tableName(TABLE).key(key.attributes())).item();
  }

  @AfterAll
  void stop() {
    local.close();
  }

  @Test
  void anIndexShowsOnlyWhatItsItemsHave() {
    for (GlobalSecondaryIndexDescription index :
        local
            .client()
            .describeTable(request -> request.tableName(TABLE))
            .table()
            .globalSecondaryIndexes()) {
      Map<String, AttributeValue> item = index.indexName().equals("byFinding") ? event : finding;
      Set<String> shown = new TreeSet<>(index.projection().nonKeyAttributes());
      if (!index.indexName().equals("byRole")) {
        index.keySchema().stream().map(KeySchemaElement::attributeName).forEach(shown::add);
      }
      shown.removeAll(item.keySet());
      assertEquals(Set.of(), shown, index.indexName());
    }
  }

  @Test
  void theStreamOfEventsHasWhatIsSentOn() {
    Set<String> sent =
        new HashSet<>(
            Set.of(
                "runId",
                "finding",
                "transition",
                "rule",
                "severity",
                "resource",
                "accountId",
                "region",
                "clusterName",
                "title"));
    event.forEach(
        (name, value) -> {
          if (value.s() != null) {
            sent.remove(name);
          }
        });

    assertEquals(Set.of(), sent);
    assertTrue(Items.text(event, Key.PK).startsWith("RUN#"));
    assertTrue(Items.text(event, Key.SK).startsWith("EVT#"));
  }

  @Test
  void aCompletedRunIsWhatTheAlertWaitsFor() {
    assertTrue(Items.text(run, Key.PK).startsWith("ACCT#"));
    assertTrue(Items.text(run, Key.SK).startsWith("RUN#"));
    assertEquals(RunState.COMPLETED.id(), Items.text(run, "state"));
    assertTrue(Items.optionalText(run, "alertedAt").isEmpty());

    FindingStore store = new TableStore(local.client(), TABLE);
    store.alerted(Day.ACCOUNT, Days.second().runId(), Days.second().now());

    Key key = Key.of(run);
    assertTrue(Items.optionalText(item(key), "alertedAt").isPresent(), "and no longer");
  }

  @Test
  void whatExpiresSaysWhen() {
    assertTrue(event.containsKey("ttl"));
    assertTrue(run.containsKey("ttl"));
    assertTrue(!finding.containsKey("ttl"), "an unresolved finding stays");
  }
}
