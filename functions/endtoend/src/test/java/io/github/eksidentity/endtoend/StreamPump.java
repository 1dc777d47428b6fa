package io.github.eksidentity.endtoend;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.github.eksidentity.core.json.Json;
import io.github.eksidentity.lambda.Event;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
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
  private static final JsonFactory FACTORY = new JsonFactory();
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
    StringWriter text = new StringWriter();
    try (JsonGenerator json = FACTORY.createGenerator(text)) {
      json.writeStartObject();
      json.writeStringField("eventID", entry.eventID());
      json.writeStringField("eventName", entry.eventNameAsString());
      json.writeStringField("eventSource", "aws:dynamodb");
      json.writeStringField("eventSourceARN", stream);
      json.writeObjectFieldStart("dynamodb");
      image(json, "Keys", entry.dynamodb().keys());
      image(json, "NewImage", entry.dynamodb().newImage());
      json.writeStringField("SequenceNumber", entry.dynamodb().sequenceNumber());
      json.writeEndObject();
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private static void image(JsonGenerator json, String name, Map<String, AttributeValue> item)
      throws IOException {
    json.writeObjectFieldStart(name);
    for (Map.Entry<String, AttributeValue> entry : item.entrySet()) {
      json.writeObjectFieldStart(entry.getKey());
      AttributeValue value = entry.getValue();
      switch (value.type()) {
        case S -> json.writeStringField("S", value.s());
        case N -> json.writeStringField("N", value.n());
        case BOOL -> json.writeBooleanField("BOOL", value.bool());
        case B ->
            json.writeStringField("B", Base64.getEncoder().encodeToString(value.b().asByteArray()));
        default -> throw new IllegalStateException("the table has no " + value.type());
      }
      json.writeEndObject();
    }
    json.writeEndObject();
  }
}
