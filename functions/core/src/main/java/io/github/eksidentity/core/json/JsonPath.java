package io.github.eksidentity.core.json;

import java.util.List;
import java.util.Optional;

/// Looks values up in JSON from elsewhere, of which little is certain: what is not there, or is of
/// another kind, is empty. Where that is a fault to be told, read [JsonMembers].
public final class JsonPath {
  private JsonPath() {}

  /// The value at a path of names.
  public static Optional<Json> at(Json json, String... path) {
    Optional<Json> value = Optional.of(json);
    for (String name : path) {
      value = value.flatMap(inner -> inner instanceof Json.Obj o ? o.get(name) : Optional.empty());
    }
    return value;
  }

  /// The object at a path of names.
  public static Optional<Json.Obj> object(Json json, String... path) {
    return at(json, path).flatMap(v -> v instanceof Json.Obj o ? Optional.of(o) : Optional.empty());
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
