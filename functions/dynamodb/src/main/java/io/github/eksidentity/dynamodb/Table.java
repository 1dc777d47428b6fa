package io.github.eksidentity.dynamodb;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ConditionCheck;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.Delete;
import software.amazon.awssdk.services.dynamodb.model.IdempotentParameterMismatchException;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.TransactionInProgressException;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/// Calls on one table.
final class Table {
  /// The most items that one call writes, and that one reads.
  private static final int BATCH = 25;

  private static final int READS = 100;

  /// With the pauses between them, some twenty seconds.
  private static final int ATTEMPTS = 10;

  private static final BackoffStrategy BACKOFF =
      BackoffStrategy.exponentialDelay(Duration.ofMillis(50), Duration.ofSeconds(5));

  /// Reasons that pass by themselves.
  private static final Set<String> PASSING =
      Set.of("TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded");

  private final DynamoDbClient client;
  private final String name;
  private final Consumer<Duration> pause;

  Table(DynamoDbClient client, String name, Consumer<Duration> pause) {
    this.client = client;
    this.name = name;
    this.pause = pause;
  }

  String name() {
    return name;
  }

  /// A condition with what it refers to.
  record Condition(
      String expression, Map<String, String> names, Map<String, AttributeValue> values) {
    /// There is no such item.
    static final Condition ABSENT = new Condition("attribute_not_exists(PK)", Map.of(), Map.of());

    static Condition equal(String attribute, AttributeValue value) {
      return new Condition("#a = :v", Map.of("#a", attribute), Map.of(":v", value));
    }

    private @Nullable Map<String, String> someNames() {
      return names.isEmpty() ? null : names;
    }

    private @Nullable Map<String, AttributeValue> someValues() {
      return values.isEmpty() ? null : values;
    }
  }

  TransactWriteItem put(Map<String, AttributeValue> item) {
    return TransactWriteItem.builder()
        .put(Put.builder().tableName(name).item(item).build())
        .build();
  }

  TransactWriteItem put(Map<String, AttributeValue> item, Condition condition) {
    return TransactWriteItem.builder()
        .put(
            Put.builder()
                .tableName(name)
                .item(item)
                .conditionExpression(condition.expression())
                .expressionAttributeNames(condition.someNames())
                .expressionAttributeValues(condition.someValues())
                .build())
        .build();
  }

  TransactWriteItem delete(Key key, Condition condition) {
    return TransactWriteItem.builder()
        .delete(
            Delete.builder()
                .tableName(name)
                .key(key.attributes())
                .conditionExpression(condition.expression())
                .expressionAttributeNames(condition.someNames())
                .expressionAttributeValues(condition.someValues())
                .build())
        .build();
  }

  TransactWriteItem check(Key key, Condition condition) {
    return TransactWriteItem.builder()
        .conditionCheck(
            ConditionCheck.builder()
                .tableName(name)
                .key(key.attributes())
                .conditionExpression(condition.expression())
                .expressionAttributeNames(condition.someNames())
                .expressionAttributeValues(condition.someValues())
                .build())
        .build();
  }

  /// Makes all changes or none.
  ///
  /// @return whether the conditions held
  boolean transact(List<TransactWriteItem> changes) {
    return transact(changes, null);
  }

  /// Makes all changes or none, and once where the same token comes again within ten minutes.
  ///
  /// @param token at most 36 characters; null for one of the SDK's own, by which only its own
  /// repetitions of the request are recognised
  /// @return whether the conditions held
  boolean transact(List<TransactWriteItem> changes, @Nullable String token) {
    for (int attempt = 1; ; attempt++) {
      try {
        client.transactWriteItems(
            request -> request.transactItems(changes).clientRequestToken(token));
        return true;
      } catch (TransactionCanceledException e) {
        List<String> reasons =
            e.cancellationReasons().stream().map(CancellationReason::code).toList();
        if (reasons.contains("ConditionalCheckFailed")) {
          return false;
        }
        if (attempt == ATTEMPTS || reasons.stream().noneMatch(PASSING::contains)) {
          throw e;
        }
      } catch (TransactionInProgressException e) {
        if (attempt == ATTEMPTS) {
          throw e;
        }
      } catch (IdempotentParameterMismatchException _) {
        // Another version of this program wrote the same change otherwise; the conditions decide.
        return transact(changes);
      }
      pause(attempt);
    }
  }

  /// Puts and deletes items, in any order and perhaps not all of them.
  void write(List<WriteRequest> requests) {
    for (int from = 0; from < requests.size(); from += BATCH) {
      writeBatch(requests.subList(from, Math.min(requests.size(), from + BATCH)));
    }
  }

  private void writeBatch(List<WriteRequest> requests) {
    Map<String, List<WriteRequest>> left = Map.of(name, requests);
    for (int attempt = 1; !left.isEmpty(); attempt++) {
      Map<String, List<WriteRequest>> some = left;
      left = client.batchWriteItem(request -> request.requestItems(some)).unprocessedItems();
      if (!left.isEmpty()) {
        demandPatience(attempt, "writes");
      }
    }
  }

  static WriteRequest putting(Map<String, AttributeValue> item) {
    return WriteRequest.builder().putRequest(put -> put.item(item)).build();
  }

  static WriteRequest deleting(Key key) {
    return WriteRequest.builder().deleteRequest(delete -> delete.key(key.attributes())).build();
  }

  private void demandPatience(int attempt, String what) {
    if (attempt == ATTEMPTS) {
      throw new IllegalStateException(
          "The table " + name + " is throttled: it left " + what + " undone again and again.");
    }
    pause(attempt);
  }

  private void pause(int attempt) {
    pause.accept(BACKOFF.computeDelay(attempt));
  }

  /// An item as it is now.
  Optional<Map<String, AttributeValue>> get(Key key) {
    Map<String, AttributeValue> item =
        client
            .getItem(request -> request.tableName(name).key(key.attributes()).consistentRead(true))
            .item();
    return Optional.of(item).filter(found -> !found.isEmpty());
  }

  /// The items of a partition as they are now, in the order of their keys.
  Stream<Map<String, AttributeValue>> query(String pk, String prefix) {
    return pages(pk, prefix, true, null);
  }

  /// The same from the last item on, read as far as the stream is.
  ///
  /// @param pageSize how many to read at once, where the first few may do
  Stream<Map<String, AttributeValue>> backwards(String pk, String prefix, int pageSize) {
    return pages(pk, prefix, false, pageSize);
  }

  private Stream<Map<String, AttributeValue>> pages(
      String pk, String prefix, boolean forward, @Nullable Integer pageSize) {
    QueryRequest request =
        QueryRequest.builder()
            .tableName(name)
            .consistentRead(true)
            .scanIndexForward(forward)
            .limit(pageSize)
            .keyConditionExpression(
                prefix.isEmpty() ? "PK = :pk" : "PK = :pk AND begins_with(SK, :sk)")
            .expressionAttributeValues(
                prefix.isEmpty()
                    ? Map.of(":pk", AttributeValue.fromS(pk))
                    : Map.of(":pk", AttributeValue.fromS(pk), ":sk", AttributeValue.fromS(prefix)))
            .build();
    return client.queryPaginator(request).stream().flatMap(response -> response.items().stream());
  }

  /// The items that an index has for a value. The index may lag; the items are as they are now.
  List<Map<String, AttributeValue>> index(Index index, String value) {
    List<Key> keys =
        client
            .queryPaginator(
                request ->
                    request
                        .tableName(name)
                        .indexName(index.indexName())
                        .keyConditionExpression("#k = :v")
                        .expressionAttributeNames(Map.of("#k", index.partition()))
                        .expressionAttributeValues(Map.of(":v", AttributeValue.fromS(value))))
            .stream()
            .flatMap(response -> response.items().stream())
            .map(Key::of)
            .toList();
    List<Map<String, AttributeValue>> items = new ArrayList<>();
    for (int from = 0; from < keys.size(); from += READS) {
      items.addAll(getBatch(keys.subList(from, Math.min(keys.size(), from + READS))));
    }
    return items;
  }

  /// The indexes that are read here; template.yaml declares them.
  enum Index {
    BY_ROLE("byRole", "GSI2PK"),
    BY_STATUS("byStatus", "GSI3PK"),
    BY_RULE("byRule", "GSI4PK"),
    BY_FINDING("byFinding", "GSI5PK");

    private final String id;
    private final String key;

    Index(String id, String key) {
      this.id = id;
      this.key = key;
    }

    private String indexName() {
      return id;
    }

    private String partition() {
      return key;
    }
  }

  private List<Map<String, AttributeValue>> getBatch(List<Key> keys) {
    List<Map<String, AttributeValue>> items = new ArrayList<>();
    Map<String, KeysAndAttributes> left =
        Map.of(
            name,
            KeysAndAttributes.builder()
                .consistentRead(true)
                .keys(keys.stream().map(Key::attributes).toList())
                .build());
    for (int attempt = 1; !left.isEmpty(); attempt++) {
      Map<String, KeysAndAttributes> some = left;
      BatchGetItemResponse response = client.batchGetItem(request -> request.requestItems(some));
      response.responses().values().forEach(items::addAll);
      left = response.unprocessedKeys();
      if (!left.isEmpty()) {
        demandPatience(attempt, "reads");
      }
    }
    return items;
  }

  void putAlone(Map<String, AttributeValue> item) {
    client.putItem(request -> request.tableName(name).item(item));
  }

  /// Takes an item away, and tells whether there was one.
  boolean deleteAlone(Key key) {
    return !client
        .deleteItem(
            request -> request.tableName(name).key(key.attributes()).returnValues("ALL_OLD"))
        .attributes()
        .isEmpty();
  }

  /// Sets attributes of an item that is there and meets a condition.
  ///
  /// @return whether it did
  boolean set(Key key, Map<String, AttributeValue> attributes, Condition condition) {
    Map<String, String> names = new HashMap<>(condition.names());
    Map<String, AttributeValue> values = new HashMap<>(condition.values());
    List<String> assignments = new ArrayList<>();
    attributes.forEach(
        (attribute, value) -> {
          int i = assignments.size();
          names.put("#set" + i, attribute);
          values.put(":set" + i, value);
          assignments.add("#set" + i + " = :set" + i);
        });
    try {
      client.updateItem(
          request ->
              request
                  .tableName(name)
                  .key(key.attributes())
                  .updateExpression("SET " + String.join(", ", assignments))
                  .conditionExpression(condition.expression())
                  .expressionAttributeNames(names)
                  .expressionAttributeValues(values));
      return true;
    } catch (ConditionalCheckFailedException _) {
      return false;
    }
  }
}
