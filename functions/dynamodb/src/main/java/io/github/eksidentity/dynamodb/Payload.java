package io.github.eksidentity.dynamodb;

import io.github.eksidentity.core.drift.StoreEntry;
import io.github.eksidentity.core.json.JsonLimits;
import io.github.eksidentity.core.json.JsonReader;
import io.github.eksidentity.core.json.JsonResult;
import io.github.eksidentity.core.json.RecordJson;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// A whole record in the attribute `data` of an item: as JSON, and compressed where it is long,
/// since an item has at most 400 KB and is paid for by its length.
final class Payload {
  static final String DATA = "data";

  /// What a person can read in the console stays readable.
  private static final int LONG = 4096;

  private Payload() {}

  static <T> AttributeValue write(T value, Class<T> type) {
    String json = text(value, type);
    return json.length() <= LONG
        ? AttributeValue.fromS(json)
        : AttributeValue.fromB(SdkBytes.fromByteArrayUnsafe(compressed(json)));
  }

  /// The record as JSON, in ASCII.
  static <T> String text(T value, Class<T> type) {
    return StoreEntry.JSON.write(value, type);
  }

  /// How many bytes of an item [#write] would take.
  static <T> int length(T value, Class<T> type) {
    String json = text(value, type);
    return json.length() <= LONG ? json.length() : compressed(json).length;
  }

  /// @throws IllegalStateException where something else than this program has written the item
  static <T> T read(Map<String, AttributeValue> item, Class<T> type) {
    byte[] json = json(item);
    return switch (JsonReader.read(json, JsonLimits.FILE)) {
      case JsonResult.Read(var value) -> {
        try {
          yield StoreEntry.JSON.read(value, type);
        } catch (RecordJson.Malformed e) {
          throw unreadable(item, e.at() + ": " + e.reason());
        }
      }
      case JsonResult.Unreadable(var at, String message) ->
          throw unreadable(item, at + ": " + message);
    };
  }

  private static byte[] json(Map<String, AttributeValue> item) {
    AttributeValue data = item.get(DATA);
    if (data == null) {
      throw unreadable(item, "no attribute " + DATA);
    }
    return data.s() != null
        ? data.s().getBytes(StandardCharsets.UTF_8)
        : expanded(data.b().asByteArrayUnsafe());
  }

  private static byte[] compressed(String json) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
      zip.write(json.getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail", e);
    }
    return out.toByteArray();
  }

  private static byte[] expanded(byte[] bytes) {
    try (GZIPInputStream zip = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
      return zip.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("an item of the table is not what was written to it", e);
    }
  }

  private static IllegalStateException unreadable(Map<String, AttributeValue> item, String why) {
    return new IllegalStateException(
        "The item %s / %s of the table cannot be read: %s"
            .formatted(Items.text(item, Key.PK), Items.text(item, Key.SK), why));
  }
}
