package io.github.eksidentity.endtoend;

import io.github.eksidentity.core.json.Json;
import io.github.eksidentity.dynamodb.LocalTable;
import io.github.eksidentity.lambda.Event;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/// What template.yaml says.
final class Template {
  private Template() {}

  /// The filters of a function's event source, any of which lets a record through.
  static List<Json> filters(String function, String source) {
    return Event.items(
            LocalTable.template(),
            "Resources",
            function,
            "Properties",
            "Events",
            source,
            "Properties",
            "FilterCriteria",
            "Filters")
        .stream()
        .map(filter -> Event.text(filter, "Pattern").orElseThrow())
        .map(pattern -> Event.parse(pattern).orElseThrow())
        .toList();
  }

  /// The actions of these services that a role is granted, also those below a condition.
  static Set<String> granted(String role, String... services) {
    Json policies =
        Event.at(LocalTable.template(), "Resources", role, "Properties", "Policies").orElseThrow();
    Set<String> actions = new TreeSet<>();
    actions(policies)
        .filter(action -> Stream.of(services).anyMatch(action::startsWith))
        .forEach(actions::add);
    return actions;
  }

  private static Stream<String> actions(Json json) {
    return switch (json) {
      case Json.Obj(_, List<Json.Member> members) ->
          members.stream()
              .flatMap(
                  member ->
                      member.name().equals("Action")
                          ? texts(member.value())
                          : actions(member.value()));
      case Json.Arr(_, List<Json> items) -> items.stream().flatMap(Template::actions);
      case Json.Str _, Json.Num _, Json.Bool _, Json.Null _ -> Stream.empty();
    };
  }

  private static Stream<String> texts(Json json) {
    return switch (json) {
      case Json.Str(_, String text) -> Stream.of(text);
      case Json.Arr(_, List<Json> items) -> items.stream().flatMap(Template::texts);
      case Json.Obj _, Json.Num _, Json.Bool _, Json.Null _ -> Stream.empty();
    };
  }
}
