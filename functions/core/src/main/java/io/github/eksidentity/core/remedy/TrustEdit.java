package io.github.eksidentity.core.remedy;

import io.github.eksidentity.core.json.Json;
import io.github.eksidentity.core.json.JsonReader;
import io.github.eksidentity.core.json.JsonWriter;
import io.github.eksidentity.core.json.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/// An edit of a trust document that leaves everything else as it is. Elements are named by the
/// position at which the parsed policy keeps them. Immutable: every method gives a new edit.
public final class TrustEdit {
  private final Json.Obj root;

  private TrustEdit(Json.Obj root) {
    this.root = root;
  }

  /// An edit that has changed nothing yet.
  ///
  /// @param document a trust document that the parser accepts
  /// @throws IllegalArgumentException if it is not a JSON object
  public static TrustEdit of(String document) {
    return new TrustEdit(JsonReader.object(document));
  }

  /// The edited document, pretty-printed.
  public String document() {
    return JsonWriter.pretty(root);
  }

  /// Puts another string in place of the value that stands here.
  public TrustEdit replaceValue(Position at, String value) {
    return new TrustEdit(
        (Json.Obj) rewrite(root, json -> json.at().equals(at) ? new Json.Str(at, value) : json));
  }

  /// Gives the member whose name stands here another name.
  public TrustEdit rename(Position nameAt, String name) {
    return new TrustEdit(
        (Json.Obj)
            rewrite(
                root,
                json ->
                    json instanceof Json.Obj(Position at, List<Json.Member> members)
                        ? new Json.Obj(
                            at,
                            members.stream()
                                .map(
                                    member ->
                                        member.at().equals(nameAt)
                                            ? new Json.Member(nameAt, name, member.value())
                                            : member)
                                .toList())
                        : json));
  }

  /// Takes the value that stands here out of its list.
  public TrustEdit removeValue(Position at) {
    return new TrustEdit(
        (Json.Obj)
            rewrite(
                root,
                json ->
                    json instanceof Json.Arr(Position list, List<Json> items)
                        ? new Json.Arr(
                            list, items.stream().filter(item -> !item.at().equals(at)).toList())
                        : json));
  }

  /// Removes a statement.
  public TrustEdit removeStatement(int index) {
    List<Json> statements = new ArrayList<>(statements());
    statements.remove(index);
    return with(statements);
  }

  /// Adds a statement at the end.
  public TrustEdit addStatement(String statement) {
    List<Json> statements = new ArrayList<>(statements());
    statements.add(JsonReader.object(statement));
    return with(statements);
  }

  /// Adds a copy of a statement at the end, without its Sid, which must be unique. The positions by
  /// which its conditions are named are those of the original.
  public TrustEdit copyStatement(int index) {
    List<Json> statements = new ArrayList<>(statements());
    statements.add(remove(objectOrEmpty(Optional.of(statements.get(index))), "Sid"));
    return with(statements);
  }

  /// Sets the values of a key under an operator of a statement, in place of the values that it has
  /// there.
  public TrustEdit setCondition(int statement, String operator, String key, List<String> values) {
    return onStatement(
        statement,
        old -> {
          Json.Obj conditions = objectOrEmpty(old.get("Condition"));
          Json.Obj keys = objectOrEmpty(conditions.get(operator));
          return set(old, "Condition", set(conditions, operator, set(keys, key, strings(values))));
        });
  }

  /// Removes the condition whose key stands here, and its operator and the whole Condition where
  /// nothing is left in them.
  public TrustEdit removeCondition(int statement, Position keyAt) {
    return onStatement(
        statement,
        old -> {
          List<Json.Member> operators = new ArrayList<>();
          for (Json.Member operator : objectOrEmpty(old.get("Condition")).members()) {
            Json.Obj keys = without(objectOrEmpty(Optional.of(operator.value())), keyAt);
            if (!keys.members().isEmpty()) {
              operators.add(new Json.Member(operator.at(), operator.name(), keys));
            }
          }
          return operators.isEmpty()
              ? remove(old, "Condition")
              : set(old, "Condition", new Json.Obj(Position.START, operators));
        });
  }

  /// Sets the actions of a statement.
  public TrustEdit setActions(int statement, List<String> actions) {
    return onStatement(statement, old -> set(remove(old, "NotAction"), "Action", strings(actions)));
  }

  /// Sets the principals of one kind of a statement; an empty list removes the kind.
  ///
  /// @param kind `AWS`, `Federated` or `Service`
  public TrustEdit setPrincipals(int statement, String kind, List<String> values) {
    return onStatement(
        statement,
        old -> {
          Json.Obj principals = objectOrEmpty(old.get("Principal"));
          return set(
              old,
              "Principal",
              values.isEmpty() ? remove(principals, kind) : set(principals, kind, strings(values)));
        });
  }

  private TrustEdit onStatement(int index, Function<Json.Obj, Json.Obj> change) {
    List<Json> statements = new ArrayList<>(statements());
    if (!(statements.get(index) instanceof Json.Obj statement)) {
      throw new IllegalArgumentException("statement " + index + " is not an object");
    }
    statements.set(index, change.apply(statement));
    return with(statements);
  }

  private List<Json> statements() {
    return switch (root.get("Statement").orElse(new Json.Arr(Position.START, List.of()))) {
      case Json.Arr(_, List<Json> items) -> items;
      case Json single -> List.of(single);
    };
  }

  private TrustEdit with(List<Json> statements) {
    return new TrustEdit(set(root, "Statement", new Json.Arr(Position.START, statements)));
  }

  private static Json rewrite(Json json, Function<Json, Json> change) {
    Json inner =
        switch (json) {
          case Json.Obj(Position at, List<Json.Member> members) ->
              new Json.Obj(
                  at,
                  members.stream()
                      .map(
                          member ->
                              new Json.Member(
                                  member.at(), member.name(), rewrite(member.value(), change)))
                      .toList());
          case Json.Arr(Position at, List<Json> items) ->
              new Json.Arr(at, items.stream().map(item -> rewrite(item, change)).toList());
          case Json.Str _, Json.Num _, Json.Bool _, Json.Null _ -> json;
        };
    return change.apply(inner);
  }

  private static Json.Obj objectOrEmpty(Optional<Json> json) {
    return json.orElse(null) instanceof Json.Obj object
        ? object
        : new Json.Obj(Position.START, List.of());
  }

  private static Json strings(List<String> values) {
    List<Json> items =
        values.stream().<Json>map(value -> new Json.Str(Position.START, value)).toList();
    return items.size() == 1 ? items.getFirst() : new Json.Arr(Position.START, items);
  }

  private static Json.Obj set(Json.Obj object, String name, Json value) {
    boolean there = object.get(name).isPresent();
    List<Json.Member> members =
        there
            ? object.members().stream()
                .map(
                    member ->
                        member.name().equals(name)
                            ? new Json.Member(member.at(), name, value)
                            : member)
                .toList()
            : Stream.concat(
                    object.members().stream(),
                    Stream.of(new Json.Member(Position.START, name, value)))
                .toList();
    return new Json.Obj(object.at(), members);
  }

  private static Json.Obj remove(Json.Obj object, String name) {
    return new Json.Obj(
        object.at(),
        object.members().stream().filter(member -> !member.name().equals(name)).toList());
  }

  private static Json.Obj without(Json.Obj object, Position nameAt) {
    return new Json.Obj(
        object.at(),
        object.members().stream().filter(member -> !member.at().equals(nameAt)).toList());
  }
}
