package io.github.eksidentity.core.policy.parse;

import io.github.eksidentity.core.json.Json;
import io.github.eksidentity.core.policy.tree.Actions;
import io.github.eksidentity.core.policy.tree.Glob;
import io.github.eksidentity.core.policy.tree.Text;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Reads the Action or NotAction element of a statement.
final class ActionParser {
  /// The STS actions that a role's trust policy can allow, in lower case.
  private static final Set<String> STS_ACTIONS =
      Set.of(
          "sts:assumerole",
          "sts:assumerolewithsaml",
          "sts:assumerolewithwebidentity",
          "sts:setcontext",
          "sts:setsourceidentity",
          "sts:tagsession");

  private final Problems problems;

  ActionParser(Problems problems) {
    this.problems = problems;
  }

  Optional<Actions> parse(Json.Obj statement) {
    Optional<Json> action = statement.get("Action");
    Optional<Json> notAction = statement.get("NotAction");
    if (action.isPresent() && notAction.isPresent()) {
      problems.syntax(notAction.get().at(), "Action and NotAction exclude one another");
      return Optional.empty();
    }
    if (action.isEmpty() && notAction.isEmpty()) {
      problems.refuse(
          statement.at(),
          "The statement has no Action",
          "MalformedPolicyDocument: Missing required field Action");
      return Optional.empty();
    }
    boolean negated = notAction.isPresent();
    Json element = negated ? notAction.get() : action.orElseThrow();
    Optional<List<Text>> names =
        new TextList(problems).strings(element, negated ? "NotAction" : "Action");
    names.ifPresent(list -> list.forEach(name -> check(name, negated)));
    return names.map(list -> new Actions(negated, list, element.at()));
  }

  /// NotAction may name other services: it says which actions the statement leaves out.
  private void check(Text name, boolean negated) {
    String action = name.value().toLowerCase(Locale.ROOT);
    int colon = action.indexOf(':');
    if (action.equals("*")) {
      return;
    }
    if (colon < 1) {
      problems.refuse(
          name.at(),
          "The action "
              + Problems.quote(name.value())
              + " has no service prefix, as in \"sts:AssumeRole\"",
          "MalformedPolicyDocument: Actions/Conditions must be prefaced by a vendor, e.g., iam,"
              + " sdb, ec2, etc.");
    } else if (action.indexOf(':', colon + 1) > 0) {
      problems.refuse(
          name.at(),
          "The action " + Problems.quote(name.value()) + " has more than one colon",
          "MalformedPolicyDocument: Actions/Condition can contain only one colon.");
    } else if (Actions.hasWildcardService(action)) {
      problems.refuse(
          name.at(),
          "The action " + Problems.quote(name.value()) + " has a wildcard in its service prefix",
          "MalformedPolicyDocument: Vendor " + action.substring(0, colon) + " is not valid");
    } else if (!negated && !possible(action)) {
      problems.refuse(
          name.at(),
          "The action " + Problems.quote(name.value()) + " is none that assumes a role",
          "MalformedPolicyDocument: AssumeRole policy may only specify STS AssumeRole actions.");
    }
  }

  private static boolean possible(String action) {
    return Glob.hasWildcard(action) ? action.startsWith("sts:") : STS_ACTIONS.contains(action);
  }
}
