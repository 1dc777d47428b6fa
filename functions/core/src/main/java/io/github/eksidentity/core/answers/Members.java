package io.github.eksidentity.core.answers;

import io.github.eksidentity.core.json.Json;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The members of an object, each with the type that is expected of it. A member that is null
/// counts as absent.
record Members(Json.Obj object) {

  static Members of(Json value, String what) throws ShapeException {
    if (value instanceof Json.Obj object) {
      return new Members(object);
    }
    throw new ShapeException(value.at(), what + " should be an object, not " + value.kind());
  }

  Optional<Json> value(String name) {
    return object.get(name).filter(value -> !(value instanceof Json.Null));
  }

  String text(String name) throws ShapeException {
    Optional<String> text = optionalText(name);
    if (text.isEmpty()) {
      throw new ShapeException(object.at(), quoted(name) + " is missing");
    }
    return text.get();
  }

  Optional<String> optionalText(String name) throws ShapeException {
    Optional<Json> value = value(name);
    return value.isEmpty() ? Optional.empty() : Optional.of(text(value.get(), quoted(name)));
  }

  /// An object that must be there.
  Members required(String name) throws ShapeException {
    if (value(name).isEmpty()) {
      throw new ShapeException(object.at(), quoted(name) + " is missing");
    }
    return member(name);
  }

  /// An object, empty where it is absent.
  Members member(String name) throws ShapeException {
    Optional<Json> value = value(name);
    return value.isEmpty()
        ? new Members(new Json.Obj(object.at(), List.of()))
        : of(value.get(), quoted(name));
  }

  /// Objects; none where the member is absent.
  List<Members> members(String name) throws ShapeException {
    List<Members> members = new ArrayList<>();
    for (Json item : items(name)) {
      members.add(of(item, "every item of " + quoted(name)));
    }
    return members;
  }

  /// Strings; none where the member is absent.
  List<String> texts(String name) throws ShapeException {
    List<String> texts = new ArrayList<>();
    for (Json item : items(name)) {
      texts.add(text(item, "every item of " + quoted(name)));
    }
    return texts;
  }

  /// Texts by name; none where the member is absent.
  Map<String, String> textMap(String name) throws ShapeException {
    Map<String, String> map = new LinkedHashMap<>();
    for (Json.Member member : member(name).object().members()) {
      map.put(member.name(), text(member.value(), quoted(member.name())));
    }
    return map;
  }

  Optional<Instant> time(String name) throws ShapeException {
    Optional<String> text = optionalText(name);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(Instant.parse(text.get()));
    } catch (DateTimeException _) {
      throw new ShapeException(
          object.get(name).orElse(object).at(),
          quoted(name) + " should be a time as 2026-01-31T12:00:00Z");
    }
  }

  Optional<Long> number(String name) throws ShapeException {
    Optional<Json> value = value(name);
    if (value.isEmpty()) {
      return Optional.empty();
    }
    try {
      if (value.get() instanceof Json.Num(_, String text)) {
        return Optional.of(Long.parseLong(text));
      }
    } catch (NumberFormatException _) {
      // told below, as for any other value
    }
    throw new ShapeException(value.get().at(), quoted(name) + " should be a whole number");
  }

  private List<Json> items(String name) throws ShapeException {
    Optional<Json> value = value(name);
    if (value.isEmpty()) {
      return List.of();
    }
    if (value.get() instanceof Json.Arr(_, List<Json> items)) {
      return items;
    }
    throw new ShapeException(
        value.get().at(), quoted(name) + " should be a list, not " + value.get().kind());
  }

  private static String text(Json value, String what) throws ShapeException {
    if (value instanceof Json.Str(_, String text)) {
      return text;
    }
    throw new ShapeException(value.at(), what + " should be a string, not " + value.kind());
  }

  private static String quoted(String name) {
    return "\"" + name + "\"";
  }
}
