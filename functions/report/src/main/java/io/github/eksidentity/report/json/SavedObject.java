package io.github.eksidentity.report.json;

import io.github.eksidentity.core.facts.Scope;
import io.github.eksidentity.core.json.Json;
import io.github.eksidentity.core.remedy.JsonText;
import io.github.eksidentity.report.json.SavedReport.NotAReport;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// An object of a saved report, whose members must be what the form says.
record SavedObject(Json.Obj object) {
  boolean has(String name) {
    return object.get(name).isPresent();
  }

  boolean isNumber(String name, int value) {
    return object.get(name).orElse(null) instanceof Json.Num(_, String text)
        && text.equals(Integer.toString(value));
  }

  String text(String name) throws NotAReport {
    return optionalText(name).orElseThrow(() -> wrong(name, "must be a string"));
  }

  Optional<String> optionalText(String name) {
    return object.get(name).orElse(null) instanceof Json.Str(_, String text)
        ? Optional.of(text)
        : Optional.empty();
  }

  Optional<Boolean> optionalFlag(String name) {
    return object.get(name).orElse(null) instanceof Json.Bool(_, boolean value)
        ? Optional.of(value)
        : Optional.empty();
  }

  /// The value whose id stands there.
  <T> T oneOf(String name, T[] values, Function<T, String> id) throws NotAReport {
    String text = text(name);
    return Arrays.stream(values)
        .filter(value -> id.apply(value).equals(text))
        .findFirst()
        .orElseThrow(() -> wrong(name, "has no such value as " + text));
  }

  Scope scope(String name) throws NotAReport {
    return scope(name, text(name));
  }

  private Scope scope(String name, String text) throws NotAReport {
    return Scope.parse(text).orElseThrow(() -> wrong(name, "names no scope: " + text));
  }

  Set<Scope> scopes(String name) throws NotAReport {
    Set<Scope> scopes = new HashSet<>();
    for (String text : texts(name)) {
      scopes.add(scope(name, text));
    }
    return scopes;
  }

  List<String> texts(String name) throws NotAReport {
    List<String> texts = new ArrayList<>();
    for (Json item : list(name)) {
      if (!(item instanceof Json.Str(_, String text))) {
        throw wrong(name, "must hold strings");
      }
      texts.add(text);
    }
    return texts;
  }

  List<SavedObject> objects(String name) throws NotAReport {
    List<SavedObject> objects = new ArrayList<>();
    for (Json item : list(name)) {
      if (!(item instanceof Json.Obj entry)) {
        throw wrong(name, "must hold objects");
      }
      objects.add(new SavedObject(entry));
    }
    return objects;
  }

  /// A member of any kind, as text.
  String pretty(String name) throws NotAReport {
    return JsonText.pretty(object.get(name).orElseThrow(() -> wrong(name, "is missing")));
  }

  private List<Json> list(String name) throws NotAReport {
    if (object.get(name).orElse(null) instanceof Json.Arr(_, List<Json> items)) {
      return items;
    }
    throw wrong(name, "must be a list");
  }

  private NotAReport wrong(String name, String why) {
    return new NotAReport(object.at() + ": the member " + name + " " + why);
  }
}
