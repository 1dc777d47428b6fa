package io.github.eksidentity.endtoend;

import io.github.eksidentity.core.json.Json;
import io.github.eksidentity.core.json.JsonWriter;
import io.github.eksidentity.core.json.JsonWriter.Layout;
import io.github.eksidentity.lambda.Event;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.Shard;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/// Does what an event source mapping does: reads a table's stream and makes events of the records
/// that a filter lets through. An emulator's stream may lag behind its table, so that the pump
/// writes an item of its own and reads until it sees that.
final class StreamPump implements AutoCloseable {
  private static final Duration LAG = Duration.ofSeconds(60);

  private final DynamoDbStreamsClient streams;
  private final DynamoDbClient table;
  private final String name;
  private final String stream;
  private final List<Json> filters;
  private final Set<String> seen = new HashSet<>();
  private int marks;

  /// @param filters any of these patterns
  StreamPump(DynamoDbStreamsClient streams, DynamoDbClient table, String name, List<Json> filters) {
    this.streams = streams;
    this.table = table;
    this.name = name;
    this.stream = table.describeTable(it -> it.tableName(name)).table().latestStreamArn();
    this.filters = List.copyOf(filters);
  }

  /// An event for Lambda with the records since the last call that a filter lets through; empty
  /// where there is none.
  Optional<String> next() {
    Map<String, AttributeValue> mark = mark();
    long end = System.nanoTime() + LAG.toNanos();
    List<String> passed = new ArrayList<>();
    while (!take(mark, passed)) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException(
            "the stream does not show what was written " + LAG + " ago");
      }
    }
    return passed.isEmpty()
        ? Optional.empty()
        : Optional.of("{\"Records\": [" + String.join(", ", passed) + "]}");
  }

  private Map<String, AttributeValue> mark() {
    Map<String, AttributeValue> mark =
        Map.of(
            "PK", AttributeValue.fromS("MARK"), "SK", AttributeValue.fromS(String.valueOf(marks)));
    marks++;
    table.putItem(it -> it.tableName(name).item(mark));
    return mark;
  }

  /// Adds the new records that a filter lets through.
  ///
  /// @return whether the mark was among the new ones
  private boolean take(Map<String, AttributeValue> mark, List<String> passed) {
    boolean reached = false;
    for (Shard shard :
        streams.describeStream(it -> it.streamArn(stream)).streamDescription().shards()) {
      for (Record entry : records(shard)) {
        if (seen.add(entry.eventID())) {
          reached |= entry.dynamodb().keys().equals(mark);
          String json = json(entry);
          Optional<Json> event = Event.parse(json);
          if (filters.stream().anyMatch(filter -> EventPattern.matches(filter, event))) {
            passed.add(json);
          }
        }
      }
    }
    return reached;
  }

  @Override
  public void close() {
    streams.close();
  }

  private List<Record> records(Shard shard) {
    List<Record> records = new ArrayList<>();
    String iterator =
        streams
            .getShardIterator(
                request ->
                    request
                        .streamArn(stream)
                        .shardId(shard.shardId())
                        .shardIteratorType(ShardIteratorType.TRIM_HORIZON))
            .shardIterator();
    while (iterator != null) {
      String from = iterator;
      var page = streams.getRecords(request -> request.shardIterator(from));
      records.addAll(page.records());
      iterator = page.records().isEmpty() ? null : page.nextShardIterator();
    }
    return records;
  }

  private String json(Record entry) {
    return JsonWriter.object(
        Layout.LINE,
        json ->
            json.text("eventID", entry.eventID())
                .text("eventName", entry.eventNameAsString())
                .text("eventSource", "aws:dynamodb")
                .text("eventSourceARN", stream)
                .object(
                    "dynamodb",
                    change ->
                        change
                            .object("Keys", keys -> image(keys, entry.dynamodb().keys()))
                            .object("NewImage", item -> image(item, entry.dynamodb().newImage()))
                            .text("SequenceNumber", entry.dynamodb().sequenceNumber())));
  }

  private static void image(JsonWriter json, Map<String, AttributeValue> item) {
    item.forEach((name, value) -> json.object(name, typed -> value(typed, value)));
  }

  private static void value(JsonWriter json, AttributeValue value) {
    switch (value.type()) {
      case S -> json.text("S", value.s());
      case N -> json.text("N", value.n());
      case BOOL -> json.flag("BOOL", value.bool());
      case B -> json.text("B", Base64.getEncoder().encodeToString(value.b().asByteArray()));
      default -> throw new IllegalStateException("the table has no " + value.type());
    }
  }
}
