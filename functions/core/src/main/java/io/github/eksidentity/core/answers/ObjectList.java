package io.github.eksidentity.core.answers;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.github.eksidentity.core.json.Json;
import io.github.eksidentity.core.json.JsonLimits;
import io.github.eksidentity.core.json.JsonMembers;
import io.github.eksidentity.core.json.JsonReader;
import io.github.eksidentity.core.json.JsonResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/// A list as Kubernetes' API answers it, and as `kubectl get … -o json` prints it. It is read item
/// by item, so that no more than one is held.
///
/// Documented at
/// <https://kubernetes.io/docs/reference/using-api/api-concepts/#retrieving-large-results-sets-in-chunks>.
///
/// @param continues token of the next page; empty on the last
public record ObjectList(Optional<String> continues) {
  /// For one object: larger than etcd stores.
  private static final JsonLimits OBJECT =
      new JsonLimits(16 * 1024 * 1024, 64, 1_000_000, 4 * 1024 * 1024, 100);

  /// Takes one item of a list.
  public interface Item {
    void read(Json.Obj object) throws ShapeException;
  }

  /// Reads a list to its end.
  ///
  /// @throws ShapeException if it is not a list, or an item is not what it should be
  /// @throws IOException if its source cannot be read
  public static ObjectList read(JsonParser parser, Item item) throws ShapeException, IOException {
    try {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw wrong(parser, "it should be one object with \"items\"");
      }
      Optional<String> continues = Optional.empty();
      boolean listed = false;
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        switch (parser.currentName()) {
          case "items" -> {
            if (listed) {
              throw wrong(parser, "\"items\" stands twice");
            }
            listed = true;
            items(parser, item);
          }
          case "metadata" -> {
            JsonMembers<ShapeException> metadata =
                ShapeException.members(tree(parser), "\"metadata\"");
            continues = metadata.optionalText("continue").filter(token -> !token.isEmpty());
          }
          default -> {
            parser.nextToken();
            parser.skipChildren();
          }
        }
      }
      if (!listed) {
        throw wrong(parser, "\"items\" is missing: it is not a list of Kubernetes objects");
      }
      if (parser.nextToken() != null) {
        throw wrong(parser, "more text stands behind the end of the list");
      }
      return new ObjectList(continues);
    } catch (UncheckedIOException unreadable) {
      throw unreadable.getCause();
    } catch (JsonProcessingException notJson) {
      JsonResult.Unreadable told = JsonReader.unreadable(notJson);
      throw new ShapeException(told.at(), told.message());
    }
  }

  private static void items(JsonParser parser, Item item) throws ShapeException, IOException {
    JsonToken first = parser.nextToken();
    if (first == JsonToken.VALUE_NULL) {
      return; // Go writes an empty list so
    }
    if (first != JsonToken.START_ARRAY) {
      throw wrong(parser, "\"items\" should be a list");
    }
    while (parser.nextToken() == JsonToken.START_OBJECT) {
      item.read(ShapeException.members(rest(parser), "every item").object());
    }
    if (parser.currentToken() != JsonToken.END_ARRAY) {
      throw wrong(parser, "every item of \"items\" should be an object");
    }
  }

  private static Json tree(JsonParser parser) throws ShapeException {
    return ShapeException.value(JsonReader.read(parser, OBJECT));
  }

  /// The object whose opening brace was just read.
  private static Json rest(JsonParser parser) throws ShapeException {
    return ShapeException.value(JsonReader.readCurrent(parser, OBJECT));
  }

  private static ShapeException wrong(JsonParser parser, String message) {
    return new ShapeException(JsonReader.position(parser), message);
  }
}
