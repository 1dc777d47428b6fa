package io.github.eksidentity.core.json;

import java.util.List;
import java.util.Optional;

/// A JSON value and where it stands in its source.
public sealed interface Json {
  /// Where the value begins.
  Position at();

  /// What a person calls this kind of value, for messages: "an object", "a list", …
  String kind();

  /// An object. Members keep their order, and a name that stands twice is kept twice: whether that
  /// is an error is the caller's to say.
  record Obj(Position at, List<Member> members) implements Json {
    public Obj {
      members = List.copyOf(members);
    }

    /// The value of the last member of this name; case-sensitive.
    public Optional<Json> get(String name) {
      Optional<Json> found = Optional.empty();
      for (Member member : members) {
        if (member.name().equals(name)) {
          found = Optional.of(member.value());
        }
      }
      return found;
    }

    @Override
    public String kind() {
      return "an object";
    }
  }

  /// One name and value of an object.
  ///
  /// @param at where the name begins
  record Member(Position at, String name, Json value) {}

  /// A list.
  record Arr(Position at, List<Json> items) implements Json {
    public Arr {
      items = List.copyOf(items);
    }

    @Override
    public String kind() {
      return "a list";
    }
  }

  /// A string, unescaped.
  record Str(Position at, String value) implements Json {
    @Override
    public String kind() {
      return "a string";
    }
  }

  /// A number, in the letters of its source.
  record Num(Position at, String text) implements Json {
    @Override
    public String kind() {
      return "a number";
    }
  }

  /// True or false.
  record Bool(Position at, boolean value) implements Json {
    @Override
    public String kind() {
      return "a boolean";
    }
  }

  /// The literal null.
  record Null(Position at) implements Json {
    @Override
    public String kind() {
      return "null";
    }
  }
}
