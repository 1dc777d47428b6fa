package io.github.eksidentity.core.policy.parse;

import io.github.eksidentity.core.json.Json;
import io.github.eksidentity.core.policy.tree.Condition;
import io.github.eksidentity.core.policy.tree.ConditionOperator;
import io.github.eksidentity.core.policy.tree.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads the Condition element of a statement.
final class ConditionParser {
  private final Problems problems;

  ConditionParser(Problems problems) {
    this.problems = problems;
  }

  /// Every key of every operator, or empty where one of them has not the shape of a condition.
  Optional<List<Condition>> parse(Json element) {
    if (!(element instanceof Json.Obj operators)) {
      problems.syntax(element.at(), "Condition is an object of operators, not " + element.kind());
      return Optional.empty();
    }
    problems.refuseDuplicates(operators, "the Condition");
    List<Condition> conditions = new ArrayList<>();
    boolean complete = true;
    for (Json.Member member : operators.members()) {
      complete &= operator(member, conditions);
    }
    return complete ? Optional.of(conditions) : Optional.empty();
  }

  private boolean operator(Json.Member member, List<Condition> conditions) {
    Optional<ConditionOperator> operator = ConditionOperator.of(member.name());
    if (operator.isEmpty()) {
      problems.refuse(
          member.at(),
          "There is no condition operator " + Problems.quote(member.name()),
          "MalformedPolicyDocument: Invalid Condition type : " + Problems.quote(member.name()));
    }
    if (!(member.value() instanceof Json.Obj keys)) {
      problems.syntax(
          member.value().at(),
          "A condition operator has an object of keys, not " + member.value().kind());
      return false;
    }
    problems.refuseDuplicates(keys, "the operator " + Problems.quote(member.name()));
    boolean complete = operator.isPresent();
    for (Json.Member key : keys.members()) {
      checkKey(key);
      Optional<List<Text>> values = new TextList(problems).scalars(key.value());
      if (operator.isPresent() && values.isPresent()) {
        conditions.add(
            new Condition(operator.get(), member.at(), key.name(), key.at(), values.get()));
      }
      complete &= values.isPresent();
    }
    return complete;
  }

  private void checkKey(Json.Member key) {
    int colon = key.name().indexOf(':');
    if (colon < 1 || colon == key.name().length() - 1) {
      problems.refuse(
          key.at(),
          "The condition key " + Problems.quote(key.name()) + " is not of the form prefix:name",
          "MalformedPolicyDocument: Conditions must be prefaced by a vendor");
    }
  }
}
