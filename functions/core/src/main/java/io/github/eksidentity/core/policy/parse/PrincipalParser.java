package io.github.eksidentity.core.policy.parse;

import io.github.eksidentity.core.json.Json;
import io.github.eksidentity.core.json.Position;
import io.github.eksidentity.core.policy.tree.Principal;
import io.github.eksidentity.core.policy.tree.PrincipalKind;
import io.github.eksidentity.core.policy.tree.Principals;
import io.github.eksidentity.core.policy.tree.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads the Principal or NotPrincipal element of a statement.
final class PrincipalParser {
  private static final String EVERYONE = "*";

  private final Problems problems;

  PrincipalParser(Problems problems) {
    this.problems = problems;
  }

  Optional<Principals> parse(Json.Obj statement) {
    Optional<Json> principal = statement.get("Principal");
    Optional<Json> notPrincipal = statement.get("NotPrincipal");
    notPrincipal.ifPresent(this::refuseNotPrincipal);
    if (principal.isPresent() && notPrincipal.isPresent()) {
      problems.syntax(notPrincipal.get().at(), "Principal and NotPrincipal exclude one another");
      return Optional.empty();
    }
    if (principal.isEmpty() && notPrincipal.isEmpty()) {
      problems.refuse(
          statement.at(),
          "The statement names no Principal",
          "MalformedPolicyDocument: Missing required field Principal");
      return Optional.empty();
    }
    boolean negated = notPrincipal.isPresent();
    return element(negated ? notPrincipal.get() : principal.orElseThrow(), negated);
  }

  /// Documented at
  /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html>,
  /// role trust policy syntax error notprincipal.
  private void refuseNotPrincipal(Json value) {
    problems.syntax(value.at(), "A role's trust policy does not support NotPrincipal");
  }

  private Optional<Principals> element(Json value, boolean negated) {
    return switch (value) {
      case Json.Str(Position at, String text) when text.equals(EVERYONE) -> {
        refuseEveryone(at);
        yield Optional.of(new Principals(negated, true, List.of(), at));
      }
      case Json.Obj kinds -> kinds(kinds, negated);
      case Json other -> {
        problems.syntax(
            other.at(),
            "Principal is an object of kinds, as in {\"Federated\": …}, not " + other.kind());
        yield Optional.empty();
      }
    };
  }

  /// IAM's answer is quoted in <a href="https://github.com/aws/aws-cdk/issues/5732">aws-cdk issue
  /// 5732</a>.
  private void refuseEveryone(Position at) {
    problems.refuse(
        at,
        "\"*\" is not supported as the Principal of a role's trust policy",
        "MalformedPolicyDocument: AssumeRolepolicy contained an invalid principal:"
            + " \"STAR\":\"*\".");
  }

  private Optional<Principals> kinds(Json.Obj kinds, boolean negated) {
    problems.refuseDuplicates(kinds, "the Principal");
    if (kinds.members().isEmpty()) {
      problems.syntax(kinds.at(), "Principal is empty");
      return Optional.empty();
    }
    List<Principal> entries = new ArrayList<>();
    boolean complete = true;
    for (Json.Member member : kinds.members()) {
      complete &= kind(member, entries);
    }
    return complete
        ? Optional.of(new Principals(negated, false, entries, kinds.at()))
        : Optional.empty();
  }

  private boolean kind(Json.Member member, List<Principal> entries) {
    Optional<PrincipalKind> kind = PrincipalKind.of(member.name());
    if (kind.isEmpty()) {
      problems.syntax(
          member.at(),
          "There is no kind of principal "
              + Problems.quote(member.name())
              + "; the kinds are AWS, Federated, Service and CanonicalUser, in these letters");
    }
    Optional<List<Text>> values =
        new TextList(problems)
            .strings(member.value(), "A principal of the kind " + Problems.quote(member.name()));
    if (kind.isEmpty() || values.isEmpty()) {
      return false;
    }
    for (Text value : values.get()) {
      Principal principal = new Principal(kind.get(), value.value(), value.at());
      PrincipalForm.fault(principal).ifPresent(fault -> refuse(principal, fault));
      entries.add(principal);
    }
    return true;
  }

  private void refuse(Principal principal, String fault) {
    problems.refuse(
        principal.at(),
        fault,
        "MalformedPolicyDocument: Invalid principal in policy: \""
            + principal.kind().element()
            + "\":"
            + Problems.quote(principal.value()));
  }
}
