package io.github.eksidentity.core.permissions;

import io.github.eksidentity.core.json.Json;
import io.github.eksidentity.core.policy.tree.ConditionOperator;
import io.github.eksidentity.core.policy.tree.ConditionOperator.Comparison;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The keys without which a statement matches no request.
///
/// Documented at
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html>: a variable
/// whose key is absent makes the statement match nothing, unless it has a default value.
final class NeededKeys {
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{\\s*([^},']+?)\\s*}");

  private NeededKeys() {}

  /// @param condition the statement's conditions; what is no condition needs nothing
  /// @param resources patterns of which one must match; empty where they do not bind
  static Set<String> of(Optional<Json> condition, List<String> resources) {
    Set<String> keys = new TreeSet<>(inEach(resources));
    if (condition.orElse(null) instanceof Json.Obj operators) {
      for (Json.Member operator : operators.members()) {
        ConditionOperator.of(operator.name())
            .ifPresent(known -> addNeeded(known, operator.value(), keys));
      }
    }
    return keys;
  }

  private static void addNeeded(ConditionOperator operator, Json tests, Set<String> keys) {
    if (!(tests instanceof Json.Obj object)) {
      return;
    }
    for (Json.Member test : object.members()) {
      List<String> values = texts(test.value());
      if (operator.comparison() == Comparison.NULL) {
        if (!values.isEmpty() && values.stream().allMatch("false"::equalsIgnoreCase)) {
          keys.add(test.name().toLowerCase(Locale.ROOT));
        }
      } else if (!operator.trueWhenAbsent() && !operator.ifExists()) {
        keys.add(test.name().toLowerCase(Locale.ROOT));
        keys.addAll(inEach(values));
      }
    }
  }

  private static List<String> texts(Json value) {
    List<Json> items = value instanceof Json.Arr list ? list.items() : List.of(value);
    return items.stream()
        .map(
            item ->
                switch (item) {
                  case Json.Str(_, String text) -> text;
                  case Json.Bool(_, boolean yes) -> Boolean.toString(yes);
                  case Json.Obj _, Json.Arr _, Json.Num _, Json.Null _ -> "";
                })
        .toList();
  }

  /// The keys of the variables that stand in every one of the texts.
  private static Set<String> inEach(Collection<String> texts) {
    Set<String> common = new TreeSet<>();
    boolean first = true;
    for (String text : texts) {
      Set<String> own = new TreeSet<>();
      Matcher variables = VARIABLE.matcher(text);
      while (variables.find()) {
        own.add(variables.group(1).toLowerCase(Locale.ROOT));
      }
      if (first) {
        common.addAll(own);
      } else {
        common.retainAll(own);
      }
      first = false;
    }
    return common;
  }
}
