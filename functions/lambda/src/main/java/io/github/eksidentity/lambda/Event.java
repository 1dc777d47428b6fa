package io.github.eksidentity.lambda;

import io.github.eksidentity.core.json.Json;
import io.github.eksidentity.core.json.JsonLimits;
import io.github.eksidentity.core.json.JsonPath;
import io.github.eksidentity.core.json.JsonReader;
import io.github.eksidentity.core.json.JsonResult;
import io.github.eksidentity.core.json.Position;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;

/// Reads what a function is invoked with. Its members are looked up by [JsonPath]: a function
/// decides itself what it cannot do without.
public final class Event {
  /// More than Lambda delivers at once.
  private static final JsonLimits LIMITS =
      new JsonLimits(8 * 1024 * 1024, 64, 1_000_000, 2 * 1024 * 1024, 100);

  private Event() {}

  /// The event as the runtime delivers it.
  ///
  /// @throws FunctionException where it is not JSON
  public static Json read(InputStream in) {
    try {
      return result(JsonReader.read(in.readAllBytes(), LIMITS));
    } catch (IOException e) {
      throw new UncheckedIOException("the runtime delivered no event", e);
    }
  }

  /// A text that may be JSON.
  public static Optional<Json> parse(String text) {
    return JsonReader.read(text, LIMITS) instanceof JsonResult.Read(Json value)
        ? Optional.of(value)
        : Optional.empty();
  }

  private static Json result(JsonResult result) {
    return switch (result) {
      case JsonResult.Read(Json value) -> value;
      case JsonResult.Unreadable(Position at, String message) ->
          throw new FunctionException("The event is not JSON: " + at + ": " + message);
    };
  }
}
