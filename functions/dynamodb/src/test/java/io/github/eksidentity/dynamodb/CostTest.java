package io.github.eksidentity.dynamodb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.eksidentity.core.drift.Day;
import io.github.eksidentity.core.drift.FindingStore;
import io.github.eksidentity.core.drift.RunRecorder.Result;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;

/// How many calls a run makes and how many items it writes.
///
/// `-Dbenchmark.findings=10000` measures that many; docs/performance.md has the figures.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class CostTest {
  private static final int FINDINGS = Integer.getInteger("benchmark.findings", 300);

  /// What a run asks and writes besides its findings, each a page or a batch.
  private static final int OTHERS = 19;

  private final LocalTable local = LocalTable.embedded();
  private final List<DynamoDbRequest> calls = new ArrayList<>();

  @AfterAll
  void stop() {
    local.close();
  }

  private FindingStore store(String table) {
    local.create(table);
    return new TableStore(
        Tapped.client(
            local.client(),
            request -> {
              if (!(request instanceof QueryRequest)) {
                calls.add(request);
              }
            },
            request -> {
              if (request instanceof QueryRequest) {
                calls.add(request);
              }
            }),
        table);
  }

  private Map<String, Long> kinds() {
    return calls.stream()
        .collect(
            Collectors.groupingBy(
                call -> call.getClass().getSimpleName(), TreeMap::new, Collectors.counting()));
  }

  private static Set<Map<String, AttributeValue>> written(List<DynamoDbRequest> calls) {
    Set<Map<String, AttributeValue>> keys = new HashSet<>();
    calls.stream().flatMap(CostTest::items).map(CostTest::key).forEach(keys::add);
    return keys;
  }

  private static Stream<Map<String, AttributeValue>> items(DynamoDbRequest call) {
    return switch (call) {
      case PutItemRequest put -> Stream.of(put.item());
      case TransactWriteItemsRequest all ->
          all.transactItems().stream().map(CostTest::item).flatMap(Optional::stream);
      case BatchWriteItemRequest batch ->
          batch.requestItems().values().stream()
              .flatMap(List::stream)
              .map(write -> write.putRequest().item());
      default -> Stream.empty();
    };
  }

  private static Optional<Map<String, AttributeValue>> item(TransactWriteItem write) {
    return Optional.ofNullable(write.put()).map(put -> put.item());
  }

  private static Map<String, AttributeValue> key(Map<String, AttributeValue> item) {
    return Key.of(item).attributes();
  }

  @Test
  void aRunWithoutDriftWritesItsScopesTheRunAndTheLease() {
    FindingStore store = store("quiet");
    Days.record(store, Day.of(1).finds(Days.roles(12)));
    calls.clear();

    Days.record(store, Day.of(2).finds(Days.roles(12)));

    int scopes = Day.of(2).assessment().coverage().size();
    assertEquals(scopes + 2, written(calls).size());
    assertTrue(calls.size() <= OTHERS, () -> calls.size() + " calls: " + kinds());
  }

  @Test
  void theCallsGrowWithWhatChanges() {
    FindingStore store = store("many");
    Day day = Day.of(1).finds(Days.roles(FINDINGS));
    calls.clear();
    long before = System.nanoTime();

    Result.Recorded first = (Result.Recorded) Days.record(store, day);

    long opened = System.nanoTime();
    assertEquals(FINDINGS, first.transitions().size());
    int writes = calls.size();
    assertTrue(writes <= FINDINGS + OTHERS + 4 * pages(), () -> writes + " calls: " + kinds());
    calls.clear();
    Days.record(store, Day.of(2).finds(Days.roles(FINDINGS)));
    long quiet = System.nanoTime();
    assertTrue(calls.size() <= OTHERS + 4 * pages(), () -> calls.size() + " calls: " + kinds());
    if (FINDINGS > 300) {
      System.out.printf(
          "%d findings: opened in %d ms and %d calls, seen again in %d ms and %d calls%n",
          FINDINGS, millis(before, opened), writes, millis(opened, quiet), calls.size());
    }
  }

  private static long millis(long from, long to) {
    return (to - from) / 1_000_000;
  }

  /// At some 2 KB an item and 1 MB a page.
  private static int pages() {
    return 1 + FINDINGS / 250;
  }
}
