package io.github.eksidentity.endtoend;

import io.github.eksidentity.core.json.Json;
import java.util.List;
import java.util.Optional;

/// The part of Lambda's event filtering that template.yaml uses: equal values, `prefix`, `exists`.
///
/// Documented at <https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html>.
final class EventPattern {
  private EventPattern() {}

  /// Whether a pattern lets an event through.
  static boolean matches(Json pattern, Optional<Json> event) {
    return switch (pattern) {
      case Json.Obj(_, List<Json.Member> members) ->
          members.stream()
              .allMatch(
                  member ->
                      matches(
                          member.value(),
                          event.flatMap(
                              json ->
                                  json instanceof Json.Obj o
                                      ? o.get(member.name())
                                      : Optional.empty())));
      case Json.Arr(_, List<Json> choices) ->
          choices.stream().anyMatch(choice -> accepts(choice, event));
      case Json.Str _, Json.Num _, Json.Bool _, Json.Null _ ->
          throw new IllegalArgumentException("a pattern's leaf is a list, not " + pattern.kind());
    };
  }

  private static boolean accepts(Json choice, Optional<Json> value) {
    return switch (choice) {
      case Json.Str(_, String text) -> text(value).filter(text::equals).isPresent();
      case Json.Bool(_, boolean wanted) ->
          value.filter(it -> it instanceof Json.Bool(_, boolean is) && is == wanted).isPresent();
      case Json.Obj(_, List<Json.Member> members) ->
          members.stream().allMatch(member -> operator(member, value));
      case Json.Arr _, Json.Num _, Json.Null _ ->
          throw new IllegalArgumentException("not a choice known here: " + choice.kind());
    };
  }

  private static boolean operator(Json.Member operator, Optional<Json> value) {
    return switch (operator.value()) {
      case Json.Bool(_, boolean exists) when operator.name().equals("exists") ->
          value.isPresent() == exists;
      case Json.Str(_, String prefix) when operator.name().equals("prefix") ->
          text(value).filter(text -> text.startsWith(prefix)).isPresent();
      case Json.Obj _, Json.Arr _, Json.Str _, Json.Num _, Json.Bool _, Json.Null _ ->
          throw new IllegalArgumentException("not an operator known here: " + operator.name());
    };
  }

  private static Optional<String> text(Optional<Json> value) {
    return value.flatMap(
        json -> json instanceof Json.Str(_, String text) ? Optional.of(text) : Optional.empty());
  }
}
