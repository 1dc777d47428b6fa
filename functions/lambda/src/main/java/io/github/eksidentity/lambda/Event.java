package io.github.eksidentity.lambda;

import io.github.eksidentity.core.json.Json;
import io.github.eksidentity.core.json.JsonLimits;
import io.github.eksidentity.core.json.JsonReader;
import io.github.eksidentity.core.json.JsonResult;
import io.github.eksidentity.core.json.Position;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/// Reads what a function is invoked with, member by member. What is not there, or is of another
/// kind, is empty: a function decides itself what it cannot do without.
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

  /// The value at a path of names.
  public static Optional<Json> at(Json json, String... path) {
    Optional<Json> value = Optional.of(json);
    for (String name : path) {
      value = value.flatMap(inner -> inner instanceof Json.Obj o ? o.get(name) : Optional.empty());
    }
    return value;
  }

  /// The string at a path of names.
  public static Optional<String> text(Json json, String... path) {
    return at(json, path)
        .flatMap(v -> v instanceof Json.Str s ? Optional.of(s.value()) : Optional.empty());
  }

  /// The list at a path of names; empty where there is none.
  public static List<Json> items(Json json, String... path) {
    return at(json, path)
        .map(v -> v instanceof Json.Arr a ? a.items() : List.<Json>of())
        .orElse(List.of());
  }

  /// Whether the value at a path of names is `true`.
  public static boolean isTrue(Json json, String... path) {
    return at(json, path).filter(v -> v instanceof Json.Bool b && b.value()).isPresent();
  }

  /// The whole number at a path of names.
  public static Optional<Long> number(Json json, String... path) {
    return at(json, path)
        .flatMap(v -> v instanceof Json.Num n ? Optional.of(n.text()) : Optional.empty())
        .filter(text -> text.matches("-?\\d{1,18}"))
        .map(Long::valueOf);
  }
}
