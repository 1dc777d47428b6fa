package io.github.eksidentity.snapshot;

import io.github.eksidentity.core.json.Json;
import io.github.eksidentity.core.json.Position;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// The members of a JSON object in a file, each with the type that is expected of it. Whatever is
/// of another type is a [SnapshotException] that names file, line and member. A member that is null
/// counts as absent where it may be absent.
final class Fields {
  private final String file;
  private final Position at;
  private final Map<String, Json> members;

  private Fields(String file, Position at, Map<String, Json> members) {
    this.file = file;
    this.at = at;
    this.members = members;
  }

  /// The members of a value that should be an object.
  ///
  /// @param what what the value is, for the message
  static Fields of(String file, Json value, String what) {
    if (!(value instanceof Json.Obj(Position at, List<Json.Member> list))) {
      throw SnapshotException.at(
          file, value.at(), what + " should be an object, not " + shown(value));
    }
    Map<String, Json> members = HashMap.newHashMap(list.size());
    for (Json.Member member : list) {
      if (members.put(member.name(), member.value()) != null) {
        throw SnapshotException.at(
            file, member.at(), Shown.quoted(member.name()) + " stands twice in one object");
      }
    }
    return new Fields(file, at, members);
  }

  boolean has(String name) {
    return value(name).isPresent();
  }

  String text(String name) {
    return text(Shown.quoted(name), required(name));
  }

  Optional<String> optionalText(String name) {
    return value(name).map(value -> text(Shown.quoted(name), value));
  }

  /// A string that must be what the file is about.
  void is(String name, String expected) {
    String found = text(name);
    if (!found.equals(expected)) {
      throw wrong(
          required(name),
          Shown.quoted(name)
              + " should be "
              + Shown.quoted(expected)
              + " here, not "
              + Shown.quoted(found));
    }
  }

  Fields object(String name) {
    return of(file, required(name), Shown.quoted(name));
  }

  Optional<Fields> optionalObject(String name) {
    return value(name).map(value -> of(file, value, Shown.quoted(name)));
  }

  /// Strings; none where the member is absent.
  List<String> texts(String name) {
    String what = "every item of " + Shown.quoted(name);
    return items(name).stream().map(item -> text(what, item)).toList();
  }

  /// Objects; none where the member is absent.
  List<Fields> objects(String name) {
    String what = "every item of " + Shown.quoted(name);
    return items(name).stream().map(item -> of(file, item, what)).toList();
  }

  /// A list that must be there, as `required` in AWS's own answers.
  void requireList(String name) {
    list(name, required(name));
  }

  boolean flag(String name) {
    return value(name)
        .map(
            value ->
                switch (value) {
                  case Json.Bool(_, boolean flag) -> flag;
                  default -> throw wrong(name, value, "true or false");
                })
        .orElse(false);
  }

  /// A number without fraction that fits an int.
  OptionalInt number(String name) {
    Optional<Json> value = value(name);
    return value.isEmpty() ? OptionalInt.empty() : OptionalInt.of(integer(name, value.get()));
  }

  /// A time: ISO 8601 with offset, or seconds since 1970 as EKS sends them.
  Optional<Instant> time(String name) {
    return value(name).map(value -> time(name, value));
  }

  /// A policy document, URL-decoded; invalid ones too.
  String document(String name) {
    Json value = required(name);
    if (value instanceof Json.Str(_, String text)) {
      return Documents.decoded(text);
    }
    throw wrong(name, value, "a policy document (an object or a string)");
  }

  /// Tags as IAM lists them.
  Map<String, String> tagList(String name) {
    Map<String, String> tags = new LinkedHashMap<>();
    for (Fields tag : objects(name)) {
      tags.put(tag.text("Key"), tag.optionalText("Value").orElse(""));
    }
    return tags;
  }

  /// Tags as EKS maps them.
  Map<String, String> tagMap(String name) {
    Map<String, String> tags = new LinkedHashMap<>();
    optionalObject(name)
        .ifPresent(
            found ->
                found.members.forEach(
                    (key, value) -> tags.put(key, found.text(Shown.quoted(key), value))));
    return tags;
  }

  /// An error that names the line of a member, or of the object where it has no such member.
  SnapshotException problem(String name, String sentence) {
    return SnapshotException.at(file, value(name).map(Json::at).orElse(at), sentence);
  }

  private Instant time(String name, Json value) {
    try {
      return switch (value) {
        case Json.Str(_, String text) -> Instant.parse(text);
        case Json.Num(_, String text) -> Times.ofEpochSeconds(text);
        default -> throw wrong(name, value, "a time as 2026-01-31T12:00:00Z");
      };
    } catch (DateTimeException | ArithmeticException | NumberFormatException _) {
      throw wrong(name, value, "a time as 2026-01-31T12:00:00Z");
    }
  }

  private int integer(String name, Json value) {
    if (value instanceof Json.Num(_, String text)) {
      double number = Double.parseDouble(text);
      if (number == Math.rint(number) && Math.abs(number) <= Integer.MAX_VALUE) {
        return (int) number;
      }
    }
    throw wrong(name, value, "a whole number of at most 2147483647");
  }

  private String text(String what, Json value) {
    if (value instanceof Json.Str(_, String text)) {
      return text;
    }
    throw wrong(value, what + " should be a string, not " + shown(value));
  }

  private List<Json> items(String name) {
    return value(name).map(value -> list(name, value)).orElse(List.of());
  }

  private List<Json> list(String name, Json value) {
    if (value instanceof Json.Arr(_, List<Json> items)) {
      return items;
    }
    throw wrong(name, value, "a list");
  }

  private Json required(String name) {
    Json value = members.get(name);
    if (value == null) {
      throw SnapshotException.at(file, at, Shown.quoted(name) + " is missing");
    }
    return value;
  }

  private Optional<Json> value(String name) {
    return Optional.ofNullable(members.get(name)).filter(value -> !(value instanceof Json.Null));
  }

  private SnapshotException wrong(String name, Json value, String expected) {
    return wrong(value, Shown.quoted(name) + " should be " + expected + ", not " + shown(value));
  }

  private SnapshotException wrong(Json value, String sentence) {
    return SnapshotException.at(file, value.at(), sentence);
  }

  /// Names the type, and where the type alone says nothing, the value.
  private static String shown(Json value) {
    return switch (value) {
      case Json.Num(_, String text) -> "the number " + text;
      case Json.Str(_, String text) -> Shown.quoted(text);
      case Json other -> other.kind();
    };
  }
}
