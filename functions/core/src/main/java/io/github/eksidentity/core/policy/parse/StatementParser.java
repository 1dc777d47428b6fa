package io.github.eksidentity.core.policy.parse;

import io.github.eksidentity.core.json.Json;
import io.github.eksidentity.core.json.Position;
import io.github.eksidentity.core.policy.tree.Actions;
import io.github.eksidentity.core.policy.tree.Condition;
import io.github.eksidentity.core.policy.tree.Effect;
import io.github.eksidentity.core.policy.tree.Principals;
import io.github.eksidentity.core.policy.tree.Statement;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Reads one statement.
final class StatementParser {
  private static final Set<String> ELEMENTS =
      Set.of("Sid", "Effect", "Principal", "NotPrincipal", "Action", "NotAction", "Condition");
  private static final Set<String> PROHIBITED = Set.of("Resource", "NotResource");
  private static final Pattern SID = Pattern.compile("[0-9A-Za-z]*");

  private final Problems problems;
  private final int index;

  StatementParser(Problems problems, int index) {
    this.problems = problems;
    this.index = index;
  }

  /// The statement, or empty where it lacks the shape of one; the problems say why.
  Optional<Statement> parse(Json value) {
    if (!(value instanceof Json.Obj statement)) {
      problems.syntax(value.at(), "A statement is an object, not " + value.kind());
      return Optional.empty();
    }
    problems.refuseDuplicates(statement, "the statement");
    statement.members().forEach(this::checkElement);
    statement.get("Sid").ifPresent(this::checkSid);
    Optional<Effect> effect = effect(statement);
    Optional<Principals> principals = new PrincipalParser(problems).parse(statement);
    Optional<Actions> actions = new ActionParser(problems).parse(statement);
    Optional<List<Condition>> conditions =
        statement
            .get("Condition")
            .map(new ConditionParser(problems)::parse)
            .orElse(Optional.of(List.of()));
    if (effect.isEmpty() || principals.isEmpty() || actions.isEmpty() || conditions.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Statement(
            index,
            sid(statement),
            effect.get(),
            principals.get(),
            actions.get(),
            conditions.get(),
            statement.at()));
  }

  private void checkElement(Json.Member member) {
    if (PROHIBITED.contains(member.name())) {
      problems.refuse(
          member.at(),
          "A trust policy has no " + member.name() + "; the role itself is the resource",
          "MalformedPolicyDocument: Has prohibited field " + member.name());
    } else if (!ELEMENTS.contains(member.name())) {
      problems.syntax(
          member.at(),
          "A statement has no element "
              + Problems.quote(member.name())
              + "; names are case-sensitive");
    }
  }

  private void checkSid(Json value) {
    switch (value) {
      case Json.Str(Position at, String sid) -> {
        if (!SID.matcher(sid).matches()) {
          problems.refuse(
              at,
              "The Sid " + Problems.quote(sid) + " has other characters than letters and digits",
              "MalformedPolicyDocument: Statement IDs (SID) must be alpha-numeric.");
        }
      }
      case Json other -> problems.syntax(other.at(), "Sid is a string, not " + other.kind());
    }
  }

  private static Optional<String> sid(Json.Obj statement) {
    return statement.get("Sid").orElse(null) instanceof Json.Str(_, String sid)
        ? Optional.of(sid)
        : Optional.empty();
  }

  private Optional<Effect> effect(Json.Obj statement) {
    Optional<Json> element = statement.get("Effect");
    if (element.isEmpty()) {
      problems.refuse(
          statement.at(),
          "The statement has no Effect",
          "MalformedPolicyDocument: Missing required field Effect cannot be empty!");
      return Optional.empty();
    }
    if (element.get() instanceof Json.Str(_, String name)) {
      switch (name) {
        case "Allow" -> {
          return Optional.of(Effect.ALLOW);
        }
        case "Deny" -> {
          return Optional.of(Effect.DENY);
        }
        default -> {}
      }
    }
    problems.refuse(
        element.get().at(),
        "Effect is \"Allow\" or \"Deny\", in these letters",
        "MalformedPolicyDocument: Invalid effect");
    return Optional.empty();
  }
}
