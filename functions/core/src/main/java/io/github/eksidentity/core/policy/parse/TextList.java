package io.github.eksidentity.core.policy.parse;

import io.github.eksidentity.core.json.Json;
import io.github.eksidentity.core.json.Position;
import io.github.eksidentity.core.policy.tree.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads the places where a policy has one value or a list of values.
final class TextList {
  private final Problems problems;

  TextList(Problems problems) {
    this.problems = problems;
  }

  /// One string or at least one, none of them empty.
  Optional<List<Text>> strings(Json element, String what) {
    List<Json> items = items(element);
    if (items.isEmpty()) {
      problems.syntax(element.at(), what + " is an empty list");
      return Optional.empty();
    }
    List<Text> texts = new ArrayList<>();
    for (Json item : items) {
      switch (item) {
        case Json.Str(Position at, String value) when value.isEmpty() ->
            problems.syntax(at, what + " is an empty string");
        case Json.Str(Position at, String value) -> texts.add(new Text(value, at));
        case Json other -> problems.syntax(other.at(), what + " is a string, not " + other.kind());
      }
    }
    return texts.size() == items.size() ? Optional.of(texts) : Optional.empty();
  }

  /// The values of a condition key: strings, numbers and booleans. Whether an empty list is refused
  /// is not documented, so it is not called refused.
  Optional<List<Text>> scalars(Json element) {
    List<Json> items = items(element);
    List<Text> texts = new ArrayList<>();
    for (Json item : items) {
      switch (item) {
        case Json.Str(Position at, String value) -> texts.add(new Text(value, at));
        case Json.Num(Position at, String text) -> texts.add(new Text(text, at));
        case Json.Bool(Position at, boolean value) ->
            texts.add(new Text(Boolean.toString(value), at));
        case Json.Null other -> refuse(other);
        case Json.Arr other -> refuse(other);
        case Json.Obj other -> refuse(other);
      }
    }
    return texts.size() == items.size() ? Optional.of(texts) : Optional.empty();
  }

  private void refuse(Json value) {
    problems.syntax(
        value.at(), "A condition value is a string, a number or a boolean, not " + value.kind());
  }

  private static List<Json> items(Json element) {
    return element instanceof Json.Arr list ? list.items() : List.of(element);
  }
}
