package io.github.eksidentity.core.rules.broken;

import static io.github.eksidentity.core.audit.RuleMetadata.rule;

import io.github.eksidentity.core.audit.AuditContext;
import io.github.eksidentity.core.audit.Category;
import io.github.eksidentity.core.audit.Evidence;
import io.github.eksidentity.core.audit.Impact;
import io.github.eksidentity.core.audit.Need;
import io.github.eksidentity.core.audit.Rule;
import io.github.eksidentity.core.audit.RuleMetadata;
import io.github.eksidentity.core.audit.Severity;
import io.github.eksidentity.core.audit.StsError;
import io.github.eksidentity.core.audit.Verdict;
import io.github.eksidentity.core.facts.Role;
import io.github.eksidentity.core.policy.tree.Effect;
import io.github.eksidentity.core.policy.tree.Principal;
import io.github.eksidentity.core.policy.tree.PrincipalKind;
import io.github.eksidentity.core.policy.tree.Statement;
import io.github.eksidentity.core.policy.tree.TrustPolicy;
import io.github.eksidentity.core.remedy.Change;
import io.github.eksidentity.core.remedy.Remediation;
import io.github.eksidentity.core.remedy.TrustEdit;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Flags a principal that was deleted since the trust policy was written.
public final class TrustStalePrincipal implements Rule.OnRole {
  private static final Pattern UNIQUE_ID = Pattern.compile("A(ROA|IDA)[A-Z0-9]{12,124}");

  private static final RuleMetadata METADATA =
      rule(
              "trust-stale-principal",
              Severity.MEDIUM,
              Impact.HYGIENE,
              Category.BROKEN_TRUST,
              "A principal of the trust policy was deleted")
          .why(
              "IAM keeps a role or user that a trust policy names by its unique id and shows the"
                  + " ARN as long as the principal exists. An id that begins with AROA or AIDA is"
                  + " shown once it was deleted; a principal that is made again under the same name"
                  + " has another id.")
          .risk(
              "The principal that was meant does not get in, as in a chain from a pod's role to"
                  + " this one. In a Deny statement it is no longer shut out.")
          .remediation(
              "Name the ARN of the principal that exists now, even if it is the same text as"
                  + " before, or remove the id.")
          .references(
              "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html",
              "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids")
          .needs(Need.IAM)
          .build();

  @Override
  public RuleMetadata metadata() {
    return METADATA;
  }

  @Override
  public Verdict evaluate(Role role, AuditContext context) {
    Optional<TrustPolicy> policy = context.index().trust(role).policy();
    List<Stale> stale =
        policy.stream()
            .flatMap(found -> found.statements().stream())
            .flatMap(
                statement ->
                    statement.principals().of(PrincipalKind.AWS).stream()
                        .filter(principal -> UNIQUE_ID.matcher(principal.value()).matches())
                        .map(principal -> new Stale(statement, principal)))
            .toList();
    return stale.isEmpty() ? Verdict.satisfied() : violated(role, policy.orElseThrow(), stale);
  }

  /// A deleted principal and the statement that names it.
  private record Stale(Statement statement, Principal principal) {
    Evidence evidence() {
      String kind = principal.value().startsWith("AROA") ? "a role" : "a user";
      return Evidence.in(
              statement,
              "this is the id of "
                  + kind
                  + " that was deleted"
                  + switch (statement.effect()) {
                    case ALLOW -> "; one of the same name that exists now does not get in";
                    case DENY -> "; one of the same name that exists now is not shut out";
                  })
          .withKey("Principal.AWS")
          .withValue(principal.value())
          .withAt(principal.at());
    }
  }

  private static Verdict violated(Role role, TrustPolicy policy, List<Stale> stale) {
    return Verdict.violated(
            METADATA.severity(),
            "Role " + role.name() + " names a principal that was deleted",
            stale.stream().map(Stale::evidence).toList(),
            removed(role, policy, stale).orElseGet(() -> decide(role)))
        .withStsError(StsError.ASSUME_ROLE_DENIED);
  }

  /// Without the ids, where something is left of each statement or of the policy: an id that nobody
  /// has lets nobody in.
  private static Optional<Remediation> removed(Role role, TrustPolicy policy, List<Stale> stale) {
    List<Statement> emptied =
        stale.stream()
            .map(Stale::statement)
            .distinct()
            .filter(statement -> statement.principals().entries().size() == count(stale, statement))
            .toList();
    boolean inDeny = stale.stream().anyMatch(one -> one.statement().effect() == Effect.DENY);
    if (inDeny || policy.statements(Effect.ALLOW).size() == emptied.size()) {
      return Optional.empty();
    }
    TrustEdit edit = TrustEdit.of(role.trustDocument());
    for (Stale one : stale) {
      edit = emptied.contains(one.statement()) ? edit : without(edit, one.statement(), stale);
    }
    for (Statement statement : emptied.reversed()) {
      edit = edit.removeStatement(statement.index());
    }
    return Optional.of(
        Remediation.fix(
            "Remove the id. If the principal was made again and is to get in, name its ARN"
                + " instead.",
            new Change.ReplaceTrustPolicy(role.arn(), role.trustDocument(), edit.document())));
  }

  private static long count(List<Stale> stale, Statement statement) {
    return stale.stream().filter(one -> one.statement().equals(statement)).count();
  }

  private static TrustEdit without(TrustEdit edit, Statement statement, List<Stale> stale) {
    List<String> gone =
        stale.stream()
            .filter(one -> one.statement().equals(statement))
            .map(one -> one.principal().value())
            .toList();
    return edit.setPrincipals(
        statement.index(),
        PrincipalKind.AWS.element(),
        statement.principals().of(PrincipalKind.AWS).stream()
            .map(Principal::value)
            .filter(value -> !gone.contains(value))
            .toList());
  }

  private static Remediation decide(Role role) {
    return Remediation.decide(
        "Decide who is to assume role " + role.name() + "; the id does not tell whose it was.",
        "If the principal was made again, save the policy with its ARN: aws iam"
            + " update-assume-role-policy --role-name "
            + role.name()
            + " --policy-document <document>",
        "If nobody is to assume the role any more, delete it.");
  }
}
