package io.github.eksidentity.core.permissions;

import io.github.eksidentity.core.facts.PolicyDocument;
import io.github.eksidentity.core.json.Json;
import io.github.eksidentity.core.json.JsonLimits;
import io.github.eksidentity.core.json.JsonReader;
import io.github.eksidentity.core.json.JsonResult;
import io.github.eksidentity.core.policy.tree.Effect;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// A permissions policy of a role, or its permissions boundary.
///
/// @param name the inline policy's name or the managed policy's ARN
/// @param statements in order
public record PermissionsPolicy(String name, List<PermissionStatement> statements) {
  public PermissionsPolicy {
    statements = List.copyOf(statements);
  }

  /// The policy that a document holds; empty where any part of it cannot be understood.
  public static Optional<PermissionsPolicy> parse(PolicyDocument document) {
    return switch (JsonReader.read(document.document(), JsonLimits.DOCUMENT)) {
      case JsonResult.Read(Json.Obj policy) -> parse(document.name(), policy);
      case JsonResult.Read _, JsonResult.Unreadable _ -> Optional.empty();
    };
  }

  private static Optional<PermissionsPolicy> parse(String name, Json.Obj policy) {
    List<PermissionStatement> statements = new ArrayList<>();
    boolean variables = policy.get("Version").filter(PermissionsPolicy::knowsVariables).isPresent();
    for (Json item : policy.get("Statement").map(PermissionsPolicy::items).orElse(List.of())) {
      Optional<PermissionStatement> statement =
          item instanceof Json.Obj object
              ? statement(statements.size(), object, variables)
              : Optional.empty();
      if (statement.isEmpty()) {
        return Optional.empty();
      }
      statements.add(statement.get());
    }
    return Optional.of(new PermissionsPolicy(name, statements));
  }

  /// The older version of the language takes variables for plain text.
  private static boolean knowsVariables(Json version) {
    return version instanceof Json.Str(_, String text) && text.equals("2012-10-17");
  }

  private static Optional<PermissionStatement> statement(
      int index, Json.Obj object, boolean variables) {
    Optional<Effect> effect = object.get("Effect").flatMap(PermissionsPolicy::effect);
    boolean notAction = object.get("NotAction").isPresent();
    boolean notResource = object.get("NotResource").isPresent();
    Optional<List<String>> actions = strings(object.get(notAction ? "NotAction" : "Action"));
    Optional<List<String>> resources =
        strings(object.get(notResource ? "NotResource" : "Resource"));
    Optional<Set<String>> keys = conditionKeys(object.get("Condition"));
    if (effect.isEmpty() || actions.isEmpty() || resources.isEmpty() || keys.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new PermissionStatement(
            index,
            strings(object.get("Sid")).map(List::getFirst),
            effect.get(),
            notAction,
            actions.get(),
            notResource,
            resources.get(),
            keys.get(),
            variables
                ? NeededKeys.of(object.get("Condition"), notResource ? List.of() : resources.get())
                : Set.of()));
  }

  private static Optional<Effect> effect(Json json) {
    return json instanceof Json.Str(_, String text)
        ? switch (text) {
          case "Allow" -> Optional.of(Effect.ALLOW);
          case "Deny" -> Optional.of(Effect.DENY);
          default -> Optional.empty();
        }
        : Optional.empty();
  }

  private static Optional<List<String>> strings(Optional<Json> element) {
    List<Json> items = element.map(PermissionsPolicy::items).orElse(List.of());
    List<String> texts = new ArrayList<>();
    for (Json item : items) {
      if (item instanceof Json.Str(_, String text)) {
        texts.add(text);
      }
    }
    return texts.size() == items.size() && !texts.isEmpty() ? Optional.of(texts) : Optional.empty();
  }

  private static Optional<Set<String>> conditionKeys(Optional<Json> condition) {
    Set<String> keys = new TreeSet<>();
    if (condition.isPresent()) {
      if (!(condition.get() instanceof Json.Obj operators)) {
        return Optional.empty();
      }
      for (Json.Member operator : operators.members()) {
        if (!(operator.value() instanceof Json.Obj tests)) {
          return Optional.empty();
        }
        tests.members().forEach(test -> keys.add(test.name().toLowerCase(Locale.ROOT)));
      }
    }
    return Optional.of(keys);
  }

  private static List<Json> items(Json element) {
    return element instanceof Json.Arr list ? list.items() : List.of(element);
  }
}
