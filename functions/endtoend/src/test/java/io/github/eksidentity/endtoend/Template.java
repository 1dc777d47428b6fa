package io.github.eksidentity.endtoend;

import io.github.eksidentity.core.json.Json;
import io.github.eksidentity.core.json.JsonPath;
import io.github.eksidentity.dynamodb.LocalTable;
import io.github.eksidentity.lambda.Event;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What template.yaml says.
final class Template {
  private static final Set<String> OF_LAMBDA = Set.of("run", "join-network");
  private static final String KEYS = "kms:";

  private Template() {}

  /// The filters of a function's event source, any of which lets a record through.
  static List<Json> filters(String function, String source) {
    return JsonPath.items(
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
        .map(filter -> JsonPath.text(filter, "Pattern").orElseThrow())
        .map(pattern -> Event.parse(pattern).orElseThrow())
        .toList();
  }

  /// The actions that a function may take of its own accord, also those below a condition; not the
  /// use of keys, which other services make for it.
  static Set<String> granted(String role) {
    return actions(
        policies(role).filter(policy -> !OF_LAMBDA.contains(text(policy, "PolicyName"))));
  }

  /// The actions with which Lambda acts for a function.
  static Set<String> ofLambda(String role) {
    return actions(policies(role).filter(policy -> OF_LAMBDA.contains(text(policy, "PolicyName"))));
  }

  /// The statements that let a role use a key without naming the service that asks for it.
  static List<String> keysForAnything(String role) {
    return policies(role)
        .flatMap(policy -> holding(policy, "Effect"))
        .filter(statement -> actionsOf(statement).anyMatch(action -> action.startsWith(KEYS)))
        .filter(
            statement ->
                JsonPath.at(statement, "Condition", "StringEquals", "kms:ViaService").isEmpty())
        .map(statement -> text(statement, "Sid"))
        .toList();
  }

  private static Stream<Json> policies(String role) {
    return holding(
        JsonPath.at(LocalTable.template(), "Resources", role, "Properties", "Policies")
            .orElseThrow(),
        "PolicyName");
  }

  private static Set<String> actions(Stream<Json> policies) {
    return policies
        .flatMap(policy -> holding(policy, "Effect"))
        .flatMap(Template::actionsOf)
        .filter(action -> !action.startsWith(KEYS))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Stream<String> actionsOf(Json statement) {
    Json action = JsonPath.at(statement, "Action").orElseThrow();
    return action instanceof Json.Str(_, String one)
        ? Stream.of(one)
        : JsonPath.items(action).stream().map(item -> ((Json.Str) item).value());
  }

  private static String text(Json json, String member) {
    return JsonPath.text(json, member).orElseThrow();
  }

  /// The outermost objects that have a member of this name, in whatever condition they are.
  private static Stream<Json> holding(Json json, String member) {
    return switch (json) {
      case Json.Obj object when object.get(member).isPresent() -> Stream.of(object);
      case Json.Obj(_, List<Json.Member> members) ->
          members.stream().flatMap(it -> holding(it.value(), member));
      case Json.Arr(_, List<Json> items) -> items.stream().flatMap(it -> holding(it, member));
      case Json.Str _, Json.Num _, Json.Bool _, Json.Null _ -> Stream.empty();
    };
  }
}
